import type { Point } from '../../../shared/recognition';

/** Plane geometry over pixels: x to the right, y down, angles in radians, turning clockwise as seen. */

/** Four corners, clockwise as seen. */
export type Quad = readonly [Point, Point, Point, Point];

/** A rectangle at any angle: `angle` is the direction of its `width` side. */
export interface RotatedRectangle {
  readonly centre: Point;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

/** Row-major 3 x 3 matrix of a plane projection. */
export type Homography = readonly number[];

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The difference of two directions of undirected lines, in (-pi/2, pi/2]. */
export function lineAngleDifference(a: number, b: number): number {
  let difference = (a - b) % Math.PI;
  if (difference > Math.PI / 2) difference -= Math.PI;
  if (difference <= -Math.PI / 2) difference += Math.PI;
  return difference;
}

/** Corners in the order top left, top right, bottom right, bottom left along the rectangle's own direction. */
export function rectangleCorners(rectangle: RotatedRectangle): Quad {
  const { centre, width, height, angle } = rectangle;
  const ux = (Math.cos(angle) * width) / 2;
  const uy = (Math.sin(angle) * width) / 2;
  const vx = (-Math.sin(angle) * height) / 2;
  const vy = (Math.cos(angle) * height) / 2;
  return [
    { x: centre.x - ux - vx, y: centre.y - uy - vy },
    { x: centre.x + ux - vx, y: centre.y + uy - vy },
    { x: centre.x + ux + vx, y: centre.y + uy + vy },
    { x: centre.x - ux + vx, y: centre.y - uy + vy },
  ];
}

/** Monotone chain; the hull turns one way and repeats no point. */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length >= 2 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

function turn(a: Point | undefined, b: Point | undefined, c: Point): number {
  if (!a || !b) return 1;
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** The rectangle of least area around the points; its `width` is the longer side. */
export function minimumAreaRectangle(points: readonly Point[]): RotatedRectangle {
  const hull = convexHull(points);
  let best: RotatedRectangle | undefined;
  for (let i = 0; i < hull.length; i++) {
    const a = hull[i] as Point;
    const b = hull[(i + 1) % hull.length] as Point;
    const candidate = boundingRectangleAlong(hull, Math.atan2(b.y - a.y, b.x - a.x));
    if (!best || candidate.width * candidate.height < best.width * best.height) best = candidate;
  }
  best ??= boundingRectangleAlong(points, 0);
  if (best.width >= best.height) return { ...best, angle: normaliseLineAngle(best.angle) };
  const angle = normaliseLineAngle(best.angle + Math.PI / 2);
  return { centre: best.centre, width: best.height, height: best.width, angle };
}

/** The smallest rectangle with the given direction around the points. */
export function boundingRectangleAlong(points: readonly Point[], angle: number): RotatedRectangle {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let minU = Infinity;
  let maxU = -Infinity;
  let minV = Infinity;
  let maxV = -Infinity;
  for (const { x, y } of points) {
    const u = x * cos + y * sin;
    const v = -x * sin + y * cos;
    minU = Math.min(minU, u);
    maxU = Math.max(maxU, u);
    minV = Math.min(minV, v);
    maxV = Math.max(maxV, v);
  }
  const u = (minU + maxU) / 2;
  const v = (minV + maxV) / 2;
  return {
    centre: { x: u * cos - v * sin, y: u * sin + v * cos },
    width: maxU - minU,
    height: maxV - minV,
    angle,
  };
}

/** Into (-pi/2, pi/2]: text reads left to right unless proved otherwise. */
export function normaliseLineAngle(angle: number): number {
  return lineAngleDifference(angle, 0);
}

/** The projection that takes each corner of `from` to the same corner of `to`; undefined when `from` is degenerate. */
export function homographyBetween(from: Quad, to: Quad): Homography | undefined {
  const rows: number[][] = [];
  for (let i = 0; i < 4; i++) {
    const { x, y } = from[i] as Point;
    const { x: u, y: v } = to[i] as Point;
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]);
  }
  const solution = solveLinear(rows);
  return solution && [...solution, 1];
}

/** Gauss-Jordan with partial pivots on an augmented matrix; undefined when it is singular. */
function solveLinear(rows: number[][]): number[] | undefined {
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(cell(rows, row, column)) > Math.abs(cell(rows, pivot, column))) pivot = row;
    }
    const pivotRow = rows[pivot] as number[];
    if (Math.abs(cell(rows, pivot, column)) < 1e-9) return undefined;
    rows[pivot] = rows[column] as number[];
    rows[column] = pivotRow;
    const scale = pivotRow[column] as number;
    for (let k = column; k <= size; k++) pivotRow[k] = (pivotRow[k] as number) / scale;
    for (let row = 0; row < size; row++) {
      const factor = cell(rows, row, column);
      if (row === column || factor === 0) continue;
      const target = rows[row] as number[];
      for (let k = column; k <= size; k++)
        target[k] = (target[k] as number) - factor * (pivotRow[k] as number);
    }
  }
  return rows.map((row) => row[size] as number);
}

function cell(rows: readonly number[][], row: number, column: number): number {
  return rows[row]?.[column] ?? 0;
}

/** Where the projection takes the point; infinite on its horizon. */
export function applyHomography(matrix: Homography, { x, y }: Point): Point {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 1] = matrix;
  const w = g * x + h * y + i;
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w };
}

/** Signed area: positive when the corners turn clockwise as seen. */
export function quadArea(quad: readonly Point[]): number {
  let sum = 0;
  for (let i = 0; i < quad.length; i++) {
    const a = quad[i] as Point;
    const b = quad[(i + 1) % quad.length] as Point;
    sum += a.x * b.y - b.x * a.y;
  }
  return sum / 2;
}

/** Whether the point is inside a convex quadrilateral whose corners turn clockwise as seen, or within `margin` of it. */
export function insideQuad(quad: Quad, point: Point, margin = 0): boolean {
  for (let i = 0; i < 4; i++) {
    const a = quad[i] as Point;
    const b = quad[(i + 1) % 4] as Point;
    const length = distance(a, b) || 1;
    const side = ((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)) / length;
    if (side < -margin) return false;
  }
  return true;
}

/** The corners of a rectangle whose left upper corner is the origin. */
export function rectangleQuad(width: number, height: number): Quad {
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ];
}

export function scaleQuad(quad: Quad, factor: number): Quad {
  const scaled = quad.map(({ x, y }) => ({ x: x * factor, y: y * factor }));
  return scaled as unknown as Quad;
}
