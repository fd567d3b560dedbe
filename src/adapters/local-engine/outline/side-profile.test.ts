import { describe, expect, it } from 'vitest';
import { meanAlong, profileLine } from './side-profile';

const WIDTH = 60;
const HEIGHT = 40;
/** y = 20, seen from above. */
const LEVEL = { normal: Math.PI / 2, offset: 20, votes: 1, border: false };
const shades = (grey: (x: number, y: number) => number) => ({
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return grey(pixel % WIDTH, Math.floor(pixel / WIDTH));
  }),
});
const mask = (lit: (x: number, y: number) => boolean) =>
  Float32Array.from({ length: WIDTH * HEIGHT }, (_, at) => (lit(at % WIDTH, Math.floor(at / WIDTH)) ? 1 : 0));
const NOTHING = mask(() => false);
const at = (x: number) => ({ x, y: 20 });

describe('what lies along a side', () => {
  it('is counted between two of its points, either way round', () => {
    const line = profileLine(
      LEVEL,
      shades(() => 0),
      mask((x, y) => y === 20 && x < 30),
    );
    expect(meanAlong(line, line.edge, at(10), at(29), 0, 1)).toBe(1);
    expect(meanAlong(line, line.edge, at(10), at(49), 0, 1)).toBe(0.5);
    expect(meanAlong(line, line.edge, at(49), at(10), 0, 1)).toBe(0.5);
    expect(meanAlong(line, line.edge, at(40), at(20), 0, 0.4)).toBe(0);
  });

  it('is counted beyond its ends too, where outside the picture there is nothing', () => {
    const line = profileLine(
      LEVEL,
      shades(() => 0),
      mask((_x, y) => y === 20),
    );
    expect(meanAlong(line, line.edge, at(10), at(30), 1.1, 1.4)).toBe(1);
    expect(meanAlong(line, line.edge, at(10), at(50), 1.3, 1.5)).toBe(0);
  });

  it('is a contrast where the colours differ, not at a thin stroke', () => {
    const contrast = (grey: (y: number) => number): number => {
      const line = profileLine(
        LEVEL,
        shades((_x, y) => grey(y)),
        NOTHING,
      );
      return meanAlong(line, line.contrast, at(10), at(50), 0, 1);
    };
    expect(contrast((y) => (y < 20 ? 200 : 100))).toBeGreaterThan(0.85);
    expect(contrast((y) => (y < 20 ? 112 : 100))).toBeCloseTo(0.5);
    expect(contrast((y) => (Math.abs(y - 20) < 2 ? 0 : 200))).toBe(0);
  });

  it("shows no contrast at the picture's border, where there is no outside", () => {
    const line = profileLine(
      { ...LEVEL, border: true },
      shades((_x, y) => (y < 20 ? 200 : 0)),
      NOTHING,
    );
    expect(meanAlong(line, line.contrast, at(10), at(50), 0, 1)).toBe(0);
  });
});
