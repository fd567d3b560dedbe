import { describe, expect, it } from 'vitest';
import type { Quad } from '../geometry';
import type { Raster } from '../raster';
import { isFromScreen } from './screen';
import { logSpectra, WINDOW } from './spectrum';

const QUAD: Quad = [
  { x: 200, y: 170 },
  { x: 800, y: 170 },
  { x: 800, y: 550 },
  { x: 200, y: 550 },
];
const isOnCard = (x: number, y: number): boolean => x >= 200 && x < 800 && y >= 170 && y < 550;

/** A card on a table, both noisy, with `wave` added. */
function photograph(wave: (x: number, y: number) => number): Raster {
  const [width, height] = [1000, 720];
  const data = new Uint8Array(width * height * 3);
  let state = 11;
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    state = (Math.imul(state, 1103515245) + 12345) | 0;
    const noise = ((state >>> 16) / 65536 - 0.5) * 12;
    const level = (isOnCard(x, y) ? 90 : 150) + noise + wave(x, y);
    data.fill(level, at * 3, at * 3 + 3);
  }
  return { width, height, data };
}

const grid = (x: number, y: number): number => 5 * Math.cos(2 * Math.PI * (0.37 * x + 0.06 * y));

describe('the screen', () => {
  it('shows by one wave over card and surroundings', () => {
    expect(isFromScreen(photograph(grid), QUAD)).toBe(true);
    expect(
      isFromScreen(
        photograph(() => 0),
        QUAD,
      ),
    ).toBe(false);
  });

  it('does not show by a pattern of the card alone, or of the table alone', () => {
    expect(
      isFromScreen(
        photograph((x, y) => (isOnCard(x, y) ? grid(x, y) : 0)),
        QUAD,
      ),
    ).toBe(false);
    expect(
      isFromScreen(
        photograph((x, y) => (isOnCard(x, y) ? 0 : grid(x, y))),
        QUAD,
      ),
    ).toBe(false);
  });

  it('does not show by two different patterns', () => {
    const two = photograph((x, y) =>
      isOnCard(x, y) ? grid(x, y) : 5 * Math.cos(2 * Math.PI * 0.23 * (x + y)),
    );
    expect(isFromScreen(two, QUAD)).toBe(false);
  });

  it('does not show by the blocks of JPEG', () => {
    const blocks = photograph((x, y) => (x % 8 === 0 || y % 8 === 0 ? 10 : 0));
    expect(isFromScreen(blocks, QUAD)).toBe(false);
  });

  it('makes no claim when nothing of the surroundings is seen', () => {
    const all: Quad = [
      { x: 0, y: 0 },
      { x: 1000, y: 0 },
      { x: 1000, y: 720 },
      { x: 0, y: 720 },
    ];
    expect(isFromScreen(photograph(grid), all)).toBe(false);
  });
});

describe('the spectrum', () => {
  it('of each of two planes has its peak where the plane’s wave is', () => {
    const wave = (across: number, down: number) => ({
      width: WINDOW,
      height: WINDOW,
      data: Float32Array.from({ length: WINDOW * WINDOW }, (_none, at) => {
        const [x, y] = [at % WINDOW, Math.floor(at / WINDOW)];
        return 10 * Math.sin((2 * Math.PI * (across * x + down * y)) / WINDOW);
      }),
    });
    const highest = logSpectra(wave(20, 7), wave(5, 31), 0, 0).map((spectrum) => {
      const peak = spectrum.indexOf(Math.max(...spectrum.subarray(0, WINDOW * (WINDOW / 2))));
      return [peak % WINDOW, Math.floor(peak / WINDOW)];
    });
    expect(highest).toEqual([
      [20, 7],
      [5, 31],
    ]);
  });
});
