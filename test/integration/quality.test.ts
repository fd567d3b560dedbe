import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { rectangleQuad } from '../../src/adapters/local-engine/picture/geometry';
import { measureQuality, qualityOfWidth } from '../../src/adapters/local-engine/picture/quality';
import type { Raster } from '../../src/adapters/local-engine/picture/raster';
import { svg } from '../../tools/specimens/fonts';

/** Letters on a plain card, blurred by a Gaussian of `sigma` pixels, with `noise` grey levels of noise. */
async function card(width: number, sigma: number, noise = 0): Promise<Raster> {
  const height = Math.round(width / 1.586);
  const letters = `<rect width="856" height="540" fill="#24407c"/>
    <g fill="#ffffff" font-family="DejaVu Sans">
      <text x="60" y="110" font-size="60">SPECIMEN BANK</text>
      <text x="60" y="330" font-size="62" textLength="740">6225 7688 8888 8888</text>
      <text x="60" y="480" font-size="40">SAMPLE HOLDER XYZ</text>
    </g>`;
  const document = svg(width, height, letters, 'viewBox="0 0 856 540"');
  const drawn = sharp(await sharp(document).removeAlpha().png().toBuffer());
  const data = await (sigma > 0 ? drawn.blur(sigma) : drawn).raw().toBuffer();
  let state = 7;
  const noisy = data.map((value) => {
    state = (Math.imul(state, 1103515245) + 12345) | 0;
    return Math.max(0, Math.min(255, value + ((state >>> 16) / 65536 - 0.5) * 2 * noise));
  });
  return { width, height, data: noisy };
}

const qualityOf = ({ width, height, data }: Raster): Promise<number> =>
  measureQuality({ width, height, data }, rectangleQuad(width, height));

describe('the quality', () => {
  it('falls with every step of blur', async () => {
    const values: number[] = [];
    for (const sigma of [0.6, 1, 1.5, 2, 3, 4]) values.push(await qualityOf(await card(1100, sigma)));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(new Set(values).size).toBe(values.length);
    expect(values[0]).toBeGreaterThanOrEqual(60);
    expect(values.at(-1)).toBeLessThan(30);
  });

  it('does not call a small card blurred', async () => {
    expect(await qualityOf(await card(420, 0.6))).toBeGreaterThan(60);
  });

  it('calls a blurred card blurred in spite of noise', async () => {
    expect(await qualityOf(await card(1100, 8, 10))).toBeLessThan(30);
  });

  it('is nothing where there are no edges', async () => {
    expect(await qualityOf({ width: 400, height: 250, data: new Uint8Array(400 * 250 * 3).fill(90) })).toBe(
      0,
    );
  });

  it('stays between 0 and 100', () => {
    expect(qualityOfWidth(0)).toBe(100);
    expect(qualityOfWidth(50)).toBe(0);
    expect(qualityOfWidth(Infinity)).toBe(0);
  });
});
