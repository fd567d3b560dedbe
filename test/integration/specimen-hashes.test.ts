/**
 * Specimens are the same wherever they are made. What guarantees how much of that:
 *
 * - The plan (number, bank, scene) and the drawing (SVG) are plain JavaScript over a generator of integers, and the
 *   letters' outlines come from npm packages of exact versions (tools/specimens/fonts.ts): pinned on every system. Of
 *   numbers eight digits are compared, since a processor may round the last ones of a logarithm otherwise.
 * - The picture is drawn, blurred and compressed by the libvips that sharp's exact version brings, for each system
 *   another build of the same sources. It has code for processors with vector instructions and without, and their
 *   pixels differ a little: with VIPS_NOVECTOR=1 the bytes of all of these are others. So its brightness, field by
 *   field, is pinned on every system, and the bytes where they were measured: Linux on x64 with AVX-512.
 *
 * Run on Debian 12 alone so far: that Windows and macOS agree in the first two is expected, not seen.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawPlan } from '../../tools/specimens/kinds';
import { layOut } from '../../tools/specimens/layout';
import { loadNumberMaker, type NumberMaker } from '../../tools/specimens/numbers';
import { randomFrom } from '../../tools/specimens/random';
import { makeSpecimen } from '../../tools/specimens/specimen';

const FIELDS = { width: 8, height: 6 };
/** Of 255. Without vector instructions not one field of these differs; another build may round otherwise. */
const LARGEST_DIFFERENCE = 2;

const PINNED = [
  {
    seed: 'flat-1',
    drawing: '40a19b84815e88c185829a52f1c0ad5fc4c9137b251fd948bc462186f995390e',
    bytes: 'db10004d768afb713404f42724bec28ebd7a53144cafa260106e7e8435020ed2',
    fields:
      'c7d2dbe1e4e4e2e3a6656654524e4fba9d865e4e4b4846b0984d505257514ca68f4046433b3a56979e86969ea5abafbe',
  },
  {
    seed: 'embossed-1',
    drawing: '424fc9b9e88e61b8818fdc6e2c81d64f1b03bd4c96f4ad7d8f6372dddfa3b38b',
    bytes: '1570f16247fbbd24096d640b2860029b28c9a0fdc3833e783f12d7d3b9f1ce40',
    fields:
      '1d1b1f24212b2f203776572f35606725388b463c5a776f283062474a6a6e5d28294b2f2e4f4439282526252a2d302e29',
  },
  {
    seed: 'vertical-1',
    drawing: 'd59ca39c6e56537979b8b2b97bca32b651231ab72b27c922224d845f6c3fe2a2',
    bytes: '7c32f43434d7b4c62e2df1f58e1187b1088dc4b30e3be4297208e1119b085be2',
    fields:
      '4c5566684e464d4f4c4f656c633e4d4f40445c48393c4e53494c564c495042444e4d4c434f563f3f4a4a403c434b4444',
  },
  {
    seed: 'perspective-1',
    drawing: '7170101575f2b4d12f00dcb293adce9598a2d51539e3e633c8f9f622c04a3bab',
    bytes: 'b238cac165dd38bb1540e76ec8997e0eca30d45c07b6908fb91341931aa362fc',
    fields:
      'b39ca4a29a9795b5c4cecdeae6d3b3becfe0e8efede6dbc8cfd9e1e1e0e6e1cacdc1a6a6b0bea9c6c6ced7d6d0bfa7b5',
  },
];

const bytesWereMeasuredHere =
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  [' avx2 ', ' avx512f '].every((flag) => readFileSync('/proc/cpuinfo', 'latin1').includes(flag));

let makeNumber: NumberMaker;
beforeAll(async () => {
  makeNumber = await loadNumberMaker(path.resolve(import.meta.dirname, '../../resources/bin-table.json'));
});

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Of every number in a text as many digits as any processor agrees on. */
const rounded = (text: string): string =>
  text.replace(/-?\d+\.\d+(?:e-?\d+)?/g, (number) => Number(number).toPrecision(8));

function drawingOf(seed: string): string {
  const plan = drawPlan(seed, makeNumber);
  if (!plan.card) throw new Error(`Expected a card in ${seed}`);
  const inks = { top: '#fff', number: '#fff', bottom: '#fff' };
  const drawn = layOut(plan.card, randomFrom(`${seed}/drawing`), inks);
  return rounded(JSON.stringify([plan, drawn.print, drawn.relief]));
}

async function fieldsOf(jpeg: Uint8Array): Promise<Buffer> {
  const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
  const sums = Array.from({ length: FIELDS.width * FIELDS.height }, () => ({ sum: 0, count: 0 }));
  for (let at = 0; at < data.length; at++) {
    const column = Math.floor(((at % info.width) * FIELDS.width) / info.width);
    const row = Math.floor((Math.floor(at / info.width) * FIELDS.height) / info.height);
    const field = sums[row * FIELDS.width + column];
    if (!field) throw new Error('Expected each pixel in a field');
    field.sum += data[at] as number;
    field.count++;
  }
  return Buffer.from(sums.map(({ sum, count }) => Math.round(sum / count)));
}

describe.each(PINNED)('$seed', ({ seed, drawing, bytes, fields }) => {
  let jpeg: Uint8Array;
  beforeAll(async () => {
    ({ jpeg } = await makeSpecimen(seed, makeNumber));
  });

  it('has the plan and the drawing that it has everywhere', () => {
    expect(sha256(drawingOf(seed))).toBe(drawing);
  });

  it('looks as it does everywhere', async () => {
    const seen = await fieldsOf(jpeg);
    const pinned = Buffer.from(fields, 'hex');
    expect(seen.length).toBe(pinned.length);
    const largest = Math.max(...seen.map((value, at) => Math.abs(value - (pinned[at] ?? 0))));
    expect(largest).toBeLessThanOrEqual(LARGEST_DIFFERENCE);
  });

  it.runIf(bytesWereMeasuredHere)('has the bytes that it has on Linux and x64', () => {
    expect(sha256(jpeg)).toBe(bytes);
  });
});
