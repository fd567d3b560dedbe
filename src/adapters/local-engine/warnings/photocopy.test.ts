import { describe, expect, it } from 'vitest';
import type { Raster } from '../picture/raster';
import { isPhotocopy } from './photocopy';

type Paint = (x: number, y: number) => readonly [number, number, number];

function picture(paint: Paint): Raster {
  const [width, height] = [480, 300];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(paint(x, y), (y * width + x) * 3);
  }
  return { width, height, data };
}

const ramp = (x: number): number => 60 + x / 4;
const colourful = picture((x, y) => (x > 300 && y > 200 ? [200, 40, 60] : [40, 70 + x / 8, 130]));
const grey = picture((x) => [ramp(x), ramp(x), ramp(x)]);
/** Grey under a warm lamp. */
const tinted = picture((x) => [ramp(x) + 14, ramp(x) + 4, ramp(x) - 8]);
/** The same with a dot screen of 4 pixels. */
const screened = picture((x, y) => {
  const level = ramp(x) + 24 * (Math.cos((x * Math.PI) / 2) + Math.cos((y * Math.PI) / 2));
  return [level + 14, level + 4, level - 8];
});

describe('the photocopy', () => {
  it('is known by a picture without any colour', async () => {
    expect(await isPhotocopy(grey, grey)).toBe(true);
    expect(await isPhotocopy(colourful, colourful)).toBe(false);
  });

  it('is known by toner on a card without colour, in a picture that has some', async () => {
    expect(await isPhotocopy(screened, colourful)).toBe(true);
  });

  it('is not a grey card in a colour photograph', async () => {
    expect(await isPhotocopy(tinted, colourful)).toBe(false);
  });

  it('is not a card in colour whose print has a screen', async () => {
    const print = picture((x, y) => {
      const level = ramp(x) + 24 * (Math.cos((x * Math.PI) / 2) + Math.cos((y * Math.PI) / 2));
      return x > 300 ? [level, 60, 60] : [60, 60, level];
    });
    expect(await isPhotocopy(print, colourful)).toBe(false);
  });
});
