/** The last step of finding the card: each side is laid through the strongest edge pixels beside it. */
import type { Point } from '../../../shared/recognition';
import type { EdgeMap } from '../picture/edges';
import { lineAngleDifference, quadArea, type Quad } from '../picture/geometry';
import { fitLine, intersection, type Line } from './hough-lines';

interface Sided {
  readonly quad: Quad;
  readonly cutOff: readonly [boolean, boolean, boolean, boolean];
}

/** How far from the side its edge is looked for, in pixels of the edge map. */
const REACH = 4;
const SAMPLES = 80;
const TOLERANCE = (15 * Math.PI) / 180;
/** Fewer edge pixels than this share of the samples leave the side where it was. */
const ENOUGH = 0.4;

/**
 * In pixels of the edge map. Sides that are cut off stay, and so does the whole quadrilateral where the straight one would
 * have a tenth more or less of its area.
 */
export function straightenSides(edges: EdgeMap, { quad, cutOff }: Sided): Quad {
  const [a, b, c, d] = quad;
  const sides: [Point, Point][] = [
    [a, b],
    [b, c],
    [d, c],
    [a, d],
  ];
  const lines = sides.map(([from, to], index) => {
    const line = lineThrough(from, to);
    return cutOff[index] ? line : sideLine(edges, line, from, to);
  });
  const [top, right, bottom, left] = lines as [Line, Line, Line, Line];
  const corners = [
    intersection(top, left),
    intersection(top, right),
    intersection(bottom, right),
    intersection(bottom, left),
  ];
  if (!corners.every((corner) => corner !== undefined)) return quad;
  const straight = corners as unknown as Quad;
  const change = quadArea(straight) / quadArea(quad);
  return change > 0.9 && change < 1.1 ? straight : quad;
}

function lineThrough(from: Point, to: Point): Line {
  const normal = Math.atan2(to.y - from.y, to.x - from.x) + Math.PI / 2;
  return { normal, offset: from.x * Math.cos(normal) + from.y * Math.sin(normal), votes: 0, border: false };
}

function sideLine(edges: EdgeMap, line: Line, from: Point, to: Point): Line {
  const points: Point[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const t = 0.08 + (0.84 * i) / (SAMPLES - 1);
    const found = strongestAcross(
      edges,
      from.x + (to.x - from.x) * t,
      from.y + (to.y - from.y) * t,
      line.normal,
    );
    if (found) points.push(found);
  }
  let kept = points;
  let fitted = { normal: line.normal, offset: line.offset };
  // Twice: pixels of another edge are dropped once the first fit shows them.
  for (const tolerance of [Infinity, 2, 1.2]) {
    kept = kept.filter(
      ({ x, y }) =>
        Math.abs(x * Math.cos(fitted.normal) + y * Math.sin(fitted.normal) - fitted.offset) < tolerance,
    );
    if (kept.length < ENOUGH * SAMPLES) return line;
    fitted = fitLine(kept, line.normal);
  }
  return { ...line, ...fitted };
}

function strongestAcross(edges: EdgeMap, x: number, y: number, normal: number): Point | undefined {
  let best: Point | undefined;
  let bestStrength = 0;
  for (let step = -REACH; step <= REACH; step++) {
    const px = Math.round(x + Math.cos(normal) * step);
    const py = Math.round(y + Math.sin(normal) * step);
    if (px < 0 || py < 0 || px >= edges.width || py >= edges.height) continue;
    const at = py * edges.width + px;
    const strength = edges.strength[at] as number;
    if (strength <= bestStrength) continue;
    if (Math.abs(lineAngleDifference(edges.direction[at] as number, normal)) > TOLERANCE) continue;
    best = { x: px, y: py };
    bestStrength = strength;
  }
  return best;
}
