import { describe, expect, it } from 'vitest';
import type { Raster } from '../picture/raster';
import { isReflecting } from './reflection';

/** A flat card of one grey level with light added to it, `added(d)` at d pixels from its middle. */
function card(level: number, added: (distance: number) => number): Raster {
  const [width, height] = [1024, 646];
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const distance = Math.hypot((at % width) - 512, Math.floor(at / width) - 323);
    data.fill(Math.min(255, level + added(distance)), at * 3, at * 3 + 3);
  }
  return { width, height, data };
}

const lamp = (size: number) => (distance: number) => 400 * Math.exp(-((distance / size) ** 2) / 2);

describe('the reflection', () => {
  it('is a clipped spot that fades', async () => {
    expect(await isReflecting(card(70, lamp(80)))).toBe(true);
  });

  it('is no white print, which ends at a line', async () => {
    expect(await isReflecting(card(70, (distance) => (distance < 80 ? 255 : 0)))).toBe(false);
  });

  it('is no print that is bright without being burnt out', async () => {
    const bright = (distance: number): number => 180 * Math.exp(-((Math.max(0, distance - 80) / 30) ** 2));
    expect(await isReflecting(card(70, bright))).toBe(false);
    expect(await isReflecting(card(70, (distance) => 1.1 * bright(distance)))).toBe(true);
  });

  it('is no speck of light', async () => {
    expect(await isReflecting(card(70, lamp(12)))).toBe(false);
  });

  it('is no sheen that hides nothing', async () => {
    expect(await isReflecting(card(70, (distance) => lamp(80)(distance) / 3))).toBe(false);
  });

  it('is no white card, which is bright all over', async () => {
    expect(await isReflecting(card(236, (distance) => Math.max(0, 19 - distance / 20)))).toBe(false);
  });
});
