import { describe, expect, it } from 'vitest';
import {
  applyHomography,
  homographyBetween,
  insideQuad,
  lineAngleDifference,
  minimumAreaRectangle,
  quadArea,
  rectangleCorners,
  rectangleQuad,
  type Quad,
} from './geometry';

describe('the homography', () => {
  const from = rectangleQuad(1024, 646);
  const to: Quad = [
    { x: 120, y: 80 },
    { x: 700, y: 130 },
    { x: 660, y: 520 },
    { x: 90, y: 430 },
  ];

  it('takes each corner to its own', () => {
    const matrix = homographyBetween(from, to);
    expect(matrix).toBeDefined();
    from.forEach((corner, index) => {
      const moved = applyHomography(matrix ?? [], corner);
      expect(moved.x).toBeCloseTo(to[index]?.x ?? NaN, 6);
      expect(moved.y).toBeCloseTo(to[index]?.y ?? NaN, 6);
    });
  });

  it('keeps straight lines straight', () => {
    const matrix = homographyBetween(from, to) ?? [];
    const [a, b, c] = [0.1, 0.5, 0.9].map((t) => applyHomography(matrix, { x: 1024 * t, y: 300 }));
    if (!a || !b || !c) throw new Error('Expected three points');
    expect(Math.abs((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x))).toBeLessThan(1e-6);
  });

  it('is undefined for corners on one line', () => {
    const flat: Quad = [
      { x: 0, y: 0 },
      { x: 1, y: 1 },
      { x: 2, y: 2 },
      { x: 3, y: 3 },
    ];
    expect(homographyBetween(flat, from)).toBeUndefined();
  });
});

describe('the minimum-area rectangle', () => {
  it.each([0, 0.3, -1.2, 1.5])('finds a rectangle turned by %f again', (angle) => {
    const rectangle = { centre: { x: 50, y: 70 }, width: 40, height: 10, angle };
    const found = minimumAreaRectangle(rectangleCorners(rectangle));
    expect(found.width).toBeCloseTo(40, 6);
    expect(found.height).toBeCloseTo(10, 6);
    expect(found.centre.x).toBeCloseTo(50, 6);
    expect(lineAngleDifference(found.angle, angle)).toBeCloseTo(0, 6);
  });
});

describe('the longer side of a minimum-area rectangle', () => {
  it.each([0, 0.3, -1.2])('is its width, also when the rectangle stands (%f)', (angle) => {
    const found = minimumAreaRectangle(
      rectangleCorners({ centre: { x: 0, y: 0 }, width: 10, height: 40, angle }),
    );
    expect([found.width, found.height].map(Math.round)).toEqual([40, 10]);
    expect(Math.abs(lineAngleDifference(found.angle, angle))).toBeCloseTo(Math.PI / 2, 6);
  });
});

describe('quadrilaterals', () => {
  const square = rectangleQuad(10, 10);

  it('have a positive area when they turn clockwise as seen', () => {
    expect(quadArea(square)).toBe(100);
    expect(quadArea([...square].reverse())).toBe(-100);
  });

  it('know what is inside', () => {
    expect(insideQuad(square, { x: 5, y: 5 })).toBe(true);
    expect(insideQuad(square, { x: 11, y: 5 })).toBe(false);
    expect(insideQuad(square, { x: 11, y: 5 }, 2)).toBe(true);
  });
});
