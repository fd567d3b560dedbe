/** The specimen generator keeps its word, and the specimens that are delivered are what their truth says. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBinTable } from '../../src/adapters/bin-table/bin-table';
import { insideQuad, rectangleQuad, type Quad } from '../../src/adapters/local-engine/picture/geometry';
import { passesLuhn } from '../../src/shared/number';
import { measureFolder, type Measured } from '../bench/recognition';
import { loadNumberMaker, type NumberMaker } from '../../tools/specimens/numbers';
import { WIDE_KINDS, type WideKind } from '../../tools/specimens/plan';
import { BUNDLED_SEEDS, seedsOf } from '../../tools/specimens/sets';
import { makeSpecimen, type Specimen, type SpecimenTruth } from '../../tools/specimens/specimen';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'resources/specimens');
/** Share of the readable bundled specimens that the local engine must read exactly. */
const EXACT_SHARE = 0.85;
const LARGEST_SET_BYTES = 6_000_000;

let makeNumber: NumberMaker;
let truths: SpecimenTruth[];
beforeAll(async () => {
  makeNumber = await loadNumberMaker(join(root, 'resources/bin-table.json'));
  truths = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as SpecimenTruth[];
});

function asQuad(corners: SpecimenTruth['quad']): Quad {
  if (corners?.length !== 4) throw new Error(`Expected four corners but received ${JSON.stringify(corners)}`);
  return corners.map(([x, y]) => ({ x, y })) as unknown as Quad;
}

describe('the specimen generator', () => {
  it('makes the same bytes from the same seed and others from another', async () => {
    const first = await makeSpecimen('finger-5', makeNumber);
    const again = await makeSpecimen('finger-5', makeNumber);
    const other = await makeSpecimen('finger-6', makeNumber);
    expect(Buffer.compare(again.jpeg, first.jpeg)).toBe(0);
    expect(again.truth).toEqual(first.truth);
    expect(other.truth.sha256).not.toBe(first.truth.sha256);
    expect(other.truth.cardNumber).not.toBe(first.truth.cardNumber);
  });

  it.each(['scanner-2', 'scanner-3'])('says where the card lies in %s', async (seed) => {
    const { jpeg, truth } = await makeSpecimen(seed, makeNumber);
    const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
    const quad = asQuad(truth.quad);
    let [onCard, darkOnCard, darkBeside] = [0, 0, 0];
    for (let at = 0; at < data.length; at++) {
      const point = { x: at % info.width, y: Math.floor(at / info.width) };
      const dark = (data[at] as number) < 170;
      if (insideQuad(quad, point)) {
        onCard++;
        if (dark) darkOnCard++;
      } else if (dark && !insideQuad(quad, point, 6)) darkBeside++;
    }
    expect(darkOnCard / onCard).toBeGreaterThan(0.9);
    expect(darkBeside / onCard).toBeLessThan(0.001);
  });

  it('gives numbers that pass or fail Luhn as the truth says', async () => {
    const passing = await makeSpecimen('scanner-2', makeNumber);
    const failing = await makeSpecimen('luhnFails-2', makeNumber);
    expect([passing.truth.luhn, passesLuhn(passing.truth.cardNumber ?? '')]).toEqual([true, true]);
    expect([failing.truth.luhn, passesLuhn(failing.truth.cardNumber ?? '')]).toEqual([false, false]);
  });
});

describe('the wide kinds', () => {
  const NEGATIVE: readonly WideKind[] = [
    'transport',
    'businessCard',
    'printedForm',
    'textScreen',
    'identity',
    'desk',
  ];
  let made: Specimen[];
  beforeAll(async () => {
    made = [];
    for (const kind of WIDE_KINDS) made.push(await makeSpecimen(`${kind}-1`, makeNumber));
  }, 300_000);

  function madeOf(kind: WideKind): Specimen {
    const found = made.find(({ truth }) => truth.kind === kind);
    if (!found) throw new Error(`Expected a specimen of ${kind} but received none`);
    return found;
  }

  it('take turns with the old ones in the set wide, and stay out of mixed', () => {
    const seeds = seedsOf('wide', 520, 1001);
    expect(new Set(seeds).size).toBe(520);
    const kinds = seeds.map((seed) => seed.replace(/-\d+$/, ''));
    expect(new Set(kinds).size).toBe(52);
    expect(WIDE_KINDS.map((kind) => kinds.filter((own) => own === kind).length)).toEqual(
      WIDE_KINDS.map(() => 10),
    );
    const mixed = seedsOf('mixed', 260, 1).map((seed) => seed.replace(/-\d+$/, ''));
    expect(WIDE_KINDS.filter((kind) => mixed.includes(kind))).toEqual([]);
  });

  it('are the same bytes for the same seed', async () => {
    for (const kind of ['cartoon', 'sleeve', 'moire', 'printedForm'] as const) {
      const again = await makeSpecimen(`${kind}-1`, makeNumber);
      expect([kind, Buffer.compare(again.jpeg, madeOf(kind).jpeg)]).toEqual([kind, 0]);
      expect(again.truth).toEqual(madeOf(kind).truth);
    }
  });

  it('show the whole card, with a number that passes Luhn, where a card is to be read', async () => {
    const cards = made.filter(({ truth }) => !NEGATIVE.includes(truth.kind as WideKind));
    expect(cards).toHaveLength(20);
    for (const { jpeg, truth } of cards) {
      const { width, height } = await sharp(jpeg).metadata();
      const inFrame = asQuad(truth.quad).filter((corner) => insideQuad(rectangleQuad(width, height), corner));
      expect([truth.seed, truth.readable, truth.luhn, passesLuhn(truth.cardNumber ?? '')]).toEqual([
        truth.seed,
        true,
        true,
        true,
      ]);
      expect([truth.seed, inFrame.length]).toEqual([truth.seed, 4]);
      expect(truth.bankInfo).not.toBeNull();
    }
  });

  it('name no bank and no bank card number where none is', async () => {
    const bins = await loadBinTable(join(root, 'resources/bin-table.json'), []);
    const others = [2, 3, 4, 5].map((at) => makeSpecimen(`transport-${at}`, makeNumber));
    const negatives = [...NEGATIVE.map(madeOf), ...(await Promise.all(others))];
    for (const { truth } of negatives) {
      expect([truth.seed, truth.readable, truth.bankInfo, truth.luhn]).toEqual([
        truth.seed,
        false,
        null,
        false,
      ]);
      if (truth.kind !== 'transport') expect(truth.cardNumber).toBeNull();
    }
    const printed = negatives.flatMap(({ truth }) => truth.cardNumber ?? []);
    expect(printed.length).toBeGreaterThan(0);
    expect(printed.filter((number) => passesLuhn(number))).toEqual([]);
    expect(printed.map((number) => bins.match(number).kind)).not.toContain('matches');
  });

  it('say in the truth which warnings a person would give', () => {
    const expected: readonly (readonly [WideKind, number])[] = [
      ['fingers', -9111],
      ['toner', -9113],
      ['moire', -9114],
    ];
    for (const [kind, code] of expected) expect(madeOf(kind).truth.expectedWarnings).toContain(code);
    expect(madeOf('worn').truth.expectedWarnings).toEqual([]);
    for (const { truth } of made) expect(truth.expectedWarnings.includes(-9112)).toBe(truth.glare);
  });

  it('leave the scanner black around the card where its lid is open', async () => {
    const { jpeg, truth } = madeOf('darkLid');
    const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
    const beside = data.filter(
      (_level, at) =>
        !insideQuad(asQuad(truth.quad), { x: at % info.width, y: Math.floor(at / info.width) }, 8),
    );
    expect(beside.filter((level) => level < 70).length / beside.length).toBeGreaterThan(0.97);
  });
});

describe('the bundled specimens', () => {
  it('are the files of the truth, byte for byte, and nothing else', async () => {
    const files = (await readdir(folder)).filter((name) => name !== 'truth.json');
    expect(files.sort()).toEqual(truths.map(({ file }) => file).sort());
    expect(truths.map(({ seed }) => seed)).toEqual(BUNDLED_SEEDS);
    let bytes = 0;
    for (const { file, sha256 } of truths) {
      const content = await readFile(join(folder, file));
      bytes += content.length;
      expect([file, createHash('sha256').update(content).digest('hex')]).toEqual([file, sha256]);
    }
    expect(bytes).toBeLessThan(LARGEST_SET_BYTES);
  });

  it('show the card in the frame, corners clockwise', async () => {
    for (const { file, quad, borderIncomplete } of truths) {
      const { width, height } = await sharp(join(folder, file)).metadata();
      const frame = rectangleQuad(width, height);
      const inFrame = asQuad(quad).every((corner) => insideQuad(frame, corner));
      expect([file, inFrame || borderIncomplete]).toEqual([file, true]);
      const [a, b, c] = asQuad(quad);
      expect((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)).toBeGreaterThan(0);
    }
  });

  it('are read by the local engine, and never wrongly with a number that passes Luhn', async () => {
    const results = await measureFolder(folder);
    const truthOf = new Map(truths.map((truth) => [truth.file, truth]));
    const readable = results.filter(({ truth }) => truthOf.get(truth.file)?.readable);
    const exact = readable.filter(({ verdict }) => verdict === 'exact');
    expect(exact.length / readable.length).toBeGreaterThanOrEqual(EXACT_SHARE);
    expect(results.filter(isConfidentlyWrong).map(({ truth }) => truth.file)).toEqual([]);
    const strayed = exact.filter(({ answer, truth }) =>
      strays(answer, truthOf.get(truth.file)?.quad ?? null),
    );
    expect(strayed.length / exact.length).toBeLessThanOrEqual(0.2);
  }, 300_000);
});

function isConfidentlyWrong({ verdict, answer }: Measured): boolean {
  return verdict === 'wrong' && answer.kind === 'answer' && answer.recognition.evidence?.luhnPassed === true;
}

/** Whether a corner that the engine found is further from the truth's than a twentieth of the card. */
function strays(answer: Measured['answer'], corners: SpecimenTruth['quad']): boolean {
  const found = answer.kind === 'answer' ? answer.recognition.evidence?.quad : undefined;
  const quad = asQuad(corners);
  const length = Math.hypot(quad[1].x - quad[0].x, quad[1].y - quad[0].y);
  const within = quad.every(
    ({ x, y }, at) => Math.hypot(x - (found?.[at]?.x ?? NaN), y - (found?.[at]?.y ?? NaN)) <= length / 20,
  );
  return !within;
}
