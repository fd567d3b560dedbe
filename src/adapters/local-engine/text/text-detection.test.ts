import { describe, expect, it } from 'vitest';
import { boxesOfMap } from './text-detection';

function map(width: number, height: number, lit: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: width * height }, (_, at) => lit(at % width, Math.floor(at / width)));
}

describe('boxes of a probability map', () => {
  it('are grown regions over the threshold', () => {
    const [box, ...others] = boxesOfMap(
      map(100, 60, (x, y) => (x >= 20 && x < 80 && y >= 25 && y < 35 ? 0.9 : 0.1)),
      100,
      60,
    );
    expect(others).toEqual([]);
    expect(box?.centre.x).toBeCloseTo(50);
    expect(box?.centre.y).toBeCloseTo(30);
    expect(box?.width).toBeGreaterThan(65);
    expect(box?.height).toBeGreaterThan(15);
    expect(box?.score).toBeCloseTo(0.9);
  });

  it('leave out faint regions and specks', () => {
    expect(
      boxesOfMap(
        map(40, 40, (x, y) => (x > 5 && x < 30 && y > 5 && y < 12 ? 0.4 : 0)),
        40,
        40,
      ),
    ).toEqual([]);
    expect(
      boxesOfMap(
        map(40, 40, (x, y) => (x === 5 && y === 5 ? 1 : 0)),
        40,
        40,
      ),
    ).toEqual([]);
  });
});
