/** Cards whose number, date and CVV are all on the back, and those that have their code on the front. */
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { insideQuad, type Quad } from '../../src/adapters/local-engine/picture/geometry';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import type { PictureLook } from '../../src/core/intake/ports';
import { openLocalEngine } from '../helpers/local-engine';
import { binTable } from '../../tools/specimens/bin-table-path';
import { loadNumberMaker } from '../../tools/specimens/numbers';
import { svg } from '../../tools/specimens/fonts';
import { makeSpecimen } from '../../tools/specimens/specimen';

const engine = openLocalEngine();
afterAll(() => engine.close());

async function lookAt(image: Uint8Array): Promise<PictureLook> {
  const look = await engine.look(image, new AbortController().signal);
  if (!look?.ok) throw new Error('Expected a look');
  return look.value;
}

/** Whether every corner, in pixels, lies under one of the areas. */
async function covers(
  { secrets }: PictureLook,
  image: Uint8Array,
  corners: readonly (readonly [number, number])[],
): Promise<boolean> {
  const { width, height } = await sharp(image).metadata();
  const areas = secrets.map(
    (area) => area.map(({ x, y }) => ({ x: x * width, y: y * height })) as unknown as Quad,
  );
  return corners.every(([x, y]) => areas.some((area) => insideQuad(area, { x, y }, height / 100)));
}

/** Odd seeds: none of them was looked at while the rules were made. */
const SEEDS = [1, 3, 5, 7, 9, 11].map((seed) => `modernBack-${seed}`);

describe('a back with number, date and CVV, a light stripe or none, and one phrase or none', () => {
  it('shows its CVV to the look at intake', async () => {
    const makeNumber = await loadNumberMaker(binTable);
    const missed: string[] = [];
    for (const seed of SEEDS) {
      const { jpeg, truth } = await makeSpecimen(seed, makeNumber);
      const look = await lookAt(jpeg);
      const seen = look.side === 'back' && (await covers(look, jpeg, truth.cvv ?? []));
      if (!seen) missed.push(seed);
    }
    expect(missed.length).toBeLessThanOrEqual(1);
  }, 240_000);

  it('shows none any more when what was seen is painted over', async () => {
    const { jpeg } = await makeSpecimen('modernBack-8', await loadNumberMaker(binTable));
    const painted = await pictureTool.paintOver(jpeg, (await lookAt(jpeg)).secrets);
    if (!painted.ok) throw new Error('Expected a painted picture');
    expect((await lookAt(painted.value.prepared)).secrets).toEqual([]);
  });
});

/** `code` is four made-up digits, at x and y of the card. */
async function front(
  number: string,
  code: readonly [digits: string, x: number, y: number],
): Promise<Uint8Array> {
  const [digits, x, y] = code;
  const drawing = `<rect width="1200" height="900" fill="#b9a583"/>
    <g transform="translate(170 180)"><rect width="860" height="542" rx="32" fill="#1f5c4a"/>
      <g fill="#ffffff" font-family="DejaVu Sans, Arimo">
        <text x="60" y="90" font-size="46">SAMPLE BANK</text>
        <text x="60" y="330" font-size="60">${number}</text>
        <text x="${x}" y="${y}" font-size="34">${digits}</text>
        <text x="250" y="420" font-size="20">VALID THRU</text><text x="390" y="426" font-size="36">09/31</text>
        <text x="60" y="500" font-size="34">SPECIMEN HOLDER</text>
      </g></g>`;
  return sharp(svg(1200, 900, drawing))
    .jpeg({ quality: 92 })
    .toBuffer();
}

describe('four digits on a front', () => {
  it('are the code of American Express where they stand on the right above its number', async () => {
    const image = await front('3745 123456 78901', ['5271', 560, 240]);
    const look = await lookAt(image);
    expect(look.side).toBe('front');
    const corners = [
      [732, 396],
      [812, 396],
      [812, 418],
      [732, 418],
    ] as const;
    expect(await covers(look, image, corners)).toBe(true);
  });

  it.each([
    ['below that number', '3745 123456 78901', ['3745', 60, 372]],
    ['above another one', '6225 7688 8888 8888', ['5271', 560, 240]],
    ['that begin another one, below it', '6225 7688 8888 8888', ['6225', 60, 372]],
  ] as const)('are none %s', async (_where, number, code) => {
    expect(await lookAt(await front(number, code))).toMatchObject({ side: 'front', secrets: [] });
  });
});
