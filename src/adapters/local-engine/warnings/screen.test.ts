import { describe, expect, it } from 'vitest';
import type { Quad } from '../picture/geometry';
import type { Raster } from '../picture/raster';
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
    expect(isFromScreen(photograph(grid), QUAD, 1)).toBe(true);
    expect(
      isFromScreen(
        photograph(() => 0),
        QUAD,
        1,
      ),
    ).toBe(false);
  });

  it('does not show by a pattern of the card alone, or of the table alone', () => {
    expect(
      isFromScreen(
        photograph((x, y) => (isOnCard(x, y) ? grid(x, y) : 0)),
        QUAD,
        1,
      ),
    ).toBe(false);
    expect(
      isFromScreen(
        photograph((x, y) => (isOnCard(x, y) ? 0 : grid(x, y))),
        QUAD,
        1,
      ),
    ).toBe(false);
  });

  it('does not show by two different patterns', () => {
    const two = photograph((x, y) =>
      isOnCard(x, y) ? grid(x, y) : 5 * Math.cos(2 * Math.PI * 0.23 * (x + y)),
    );
    expect(isFromScreen(two, QUAD, 1)).toBe(false);
  });

  it('does not show by the blocks of JPEG', () => {
    const blocks = photograph((x, y) => (x % 8 === 0 || y % 8 === 0 ? 10 : 0));
    expect(isFromScreen(blocks, QUAD, 1)).toBe(false);
  });

  it('does not show by the blocks of a JPEG that was shrunk', () => {
    const shrunk = photograph(
      (x, y) => 5 * (Math.cos((2 * Math.PI * x) / 3.2) + Math.cos((2 * Math.PI * y) / 3.2)),
    );
    expect(isFromScreen(shrunk, QUAD, 2.5)).toBe(false);
    expect(isFromScreen(shrunk, QUAD, 1)).toBe(true);
  });

  it('shows though it stands askew, so that its wave is longer on one side', () => {
    const askew = photograph((x, y) => {
      const nearer = 1 + 0.12 * (x / 1000 - 0.5);
      return 1.2 * Math.cos((2 * Math.PI * (0.4 * (x - 500) + 0.02 * (y - 360))) / nearer);
    });
    expect(isFromScreen(askew, QUAD, 1)).toBe(true);
  });

  it('shows where only a narrow rim is around the card', () => {
    const nearlyAll: Quad = [
      { x: 72, y: 72 },
      { x: 928, y: 72 },
      { x: 928, y: 648 },
      { x: 72, y: 648 },
    ];
    const all = photograph(() => 0);
    for (let y = 0; y < 720; y++) {
      for (let x = 0; x < 1000; x++) {
        const level = 120 + grid(x, y);
        all.data.fill(level, (y * 1000 + x) * 3, (y * 1000 + x) * 3 + 3);
      }
    }
    expect(isFromScreen(all, nearlyAll, 1)).toBe(true);
  });

  it('shows though the screen’s black rim is around what it shows', () => {
    const isShown = (x: number, y: number): boolean => x >= 128 && x < 872 && y >= 96 && y < 624;
    const rimmed = photograph((x, y) => (isShown(x, y) ? grid(x, y) : -140));
    expect(isFromScreen(rimmed, QUAD, 1)).toBe(true);
  });

  it('does not show by lines in one direction, as of brushed metal on brushed steel', () => {
    let state = 5;
    const streaks = Array.from({ length: 720 }, () => {
      state = (Math.imul(state, 1103515245) + 12345) | 0;
      return ((state >>> 16) / 65536 - 0.5) * 40;
    });
    const brushed = photograph((_x, y) => streaks[y] as number);
    expect(isFromScreen(brushed, QUAD, 1)).toBe(false);
  });

  it('makes no claim when nothing of the surroundings is seen', () => {
    const all: Quad = [
      { x: 0, y: 0 },
      { x: 1000, y: 0 },
      { x: 1000, y: 720 },
      { x: 0, y: 720 },
    ];
    expect(isFromScreen(photograph(grid), all, 1)).toBe(false);
  });
});

describe('the spectrum', () => {
  it('of each of two windows has its peak where the window’s wave is', () => {
    const waves = [
      [20, 7],
      [5, 31],
    ] as const;
    const plane = {
      width: 2 * WINDOW,
      height: WINDOW,
      data: Float32Array.from({ length: 2 * WINDOW * WINDOW }, (_none, at) => {
        const [x, y] = [at % (2 * WINDOW), Math.floor(at / (2 * WINDOW))];
        const [across, down] = waves[x < WINDOW ? 0 : 1];
        return 10 * Math.sin((2 * Math.PI * (across * x + down * y)) / WINDOW);
      }),
    };
    const highest = logSpectra(plane, { x: 0, y: 0 }, { x: WINDOW, y: 0 }).map((spectrum) => {
      const peak = spectrum.indexOf(Math.max(...spectrum.subarray(0, WINDOW * (WINDOW / 2))));
      return [peak % WINDOW, Math.floor(peak / WINDOW)];
    });
    expect(highest).toEqual(waves);
  });
});
