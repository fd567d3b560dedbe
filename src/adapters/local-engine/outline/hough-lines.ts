/** Straight lines of about one direction among the edges of a picture. */
import type { Point } from '../../../shared/recognition';
import { lineAngleDifference } from '../picture/geometry';
import type { EdgeMap } from '../picture/edges';

/** Points p with cos(normal) * p.x + sin(normal) * p.y = offset. */
export interface Line {
  readonly normal: number;
  readonly offset: number;
  readonly votes: number;
  /** True for the picture's own border, where a card that is cut off ends. */
  readonly border: boolean;
}

const ANGLE_STEP = Math.PI / 180;
/** An edge pixel votes for lines whose normal is this near to its gradient. */
const GRADIENT_TOLERANCE = 10 * ANGLE_STEP;
const OFFSET_STEP = 2;

/** The strongest lines whose normal is within `spread` of `normal`, strongest first. */
export function findLines(edges: EdgeMap, normal: number, spread: number, most: number): Line[] {
  const angles = Math.floor((2 * spread) / ANGLE_STEP) + 1;
  const reach = Math.ceil(Math.hypot(edges.width, edges.height));
  const offsets = Math.ceil((2 * reach) / OFFSET_STEP) + 1;
  const votes = castVotes(edges, normal - spread, angles, reach, offsets);
  const lines: Line[] = [];
  while (lines.length < most) {
    const peak = strongest(votes);
    const found = votes[peak] as number;
    if (found <= 0) break;
    const angleIndex = Math.floor(peak / offsets);
    const offsetIndex = peak % offsets;
    lines.push({
      normal: normal - spread + angleIndex * ANGLE_STEP,
      offset: offsetIndex * OFFSET_STEP - reach,
      votes: found,
      border: false,
    });
    suppress(votes, angles, offsets, angleIndex, offsetIndex);
  }
  return lines.map((line) => refine(edges, line));
}

function castVotes(
  edges: EdgeMap,
  firstAngle: number,
  angles: number,
  reach: number,
  offsets: number,
): Float32Array {
  const votes = new Float32Array(angles * offsets);
  const cos = Float32Array.from({ length: angles }, (_, i) => Math.cos(firstAngle + i * ANGLE_STEP));
  const sin = Float32Array.from({ length: angles }, (_, i) => Math.sin(firstAngle + i * ANGLE_STEP));
  const window = Math.round(GRADIENT_TOLERANCE / ANGLE_STEP);
  for (let y = 0, at = 0; y < edges.height; y++) {
    for (let x = 0; x < edges.width; x++, at++) {
      const strength = edges.strength[at] as number;
      if (strength === 0) continue;
      const weight = Math.min(1, strength / edges.full);
      const centre = Math.round(lineAngleDifference(edges.direction[at] as number, firstAngle) / ANGLE_STEP);
      // The family may lie across the fold of the undirected angle: both representatives are tried.
      for (const index of [centre, centre + 180]) {
        for (let i = Math.max(0, index - window); i <= Math.min(angles - 1, index + window); i++) {
          const offset = (x * (cos[i] as number) + y * (sin[i] as number) + reach) / OFFSET_STEP;
          const low = Math.floor(offset);
          const share = offset - low;
          const cell = i * offsets + low;
          votes[cell] = (votes[cell] as number) + weight * (1 - share);
          votes[cell + 1] = (votes[cell + 1] as number) + weight * share;
        }
      }
    }
  }
  return votes;
}

function strongest(votes: Float32Array): number {
  let best = 0;
  for (let i = 1; i < votes.length; i++) if ((votes[i] as number) > (votes[best] as number)) best = i;
  return best;
}

function suppress(votes: Float32Array, angles: number, offsets: number, angle: number, offset: number): void {
  for (let i = Math.max(0, angle - 4); i <= Math.min(angles - 1, angle + 4); i++) {
    for (let j = Math.max(0, offset - 3); j <= Math.min(offsets - 1, offset + 3); j++)
      votes[i * offsets + j] = 0;
  }
}

/** Least squares over the edge pixels within two pixels of the line: a fraction of a degree matters over a card's width. */
function refine(edges: EdgeMap, line: Line): Line {
  let { normal, offset } = line;
  for (const reach of [3, 1.6]) {
    const near = pixelsNear(edges, normal, offset, reach);
    if (near.length < 12) break;
    const fitted = fitLine(near, normal);
    if (Math.abs(lineAngleDifference(fitted.normal, normal)) > 3 * ANGLE_STEP) break;
    ({ normal, offset } = fitted);
  }
  return { ...line, normal, offset };
}

function pixelsNear(edges: EdgeMap, normal: number, offset: number, reach: number): Point[] {
  const cos = Math.cos(normal);
  const sin = Math.sin(normal);
  const found: Point[] = [];
  const alongX = Math.abs(sin) > Math.abs(cos);
  const steps = alongX ? edges.width : edges.height;
  const spread = Math.ceil(reach * 1.5);
  for (let step = 0; step < steps; step++) {
    const centre = alongX ? (offset - cos * step) / sin : (offset - sin * step) / cos;
    for (let k = Math.round(centre) - spread; k <= Math.round(centre) + spread; k++) {
      const x = alongX ? step : k;
      const y = alongX ? k : step;
      if (x < 0 || y < 0 || x >= edges.width || y >= edges.height) continue;
      const at = y * edges.width + x;
      if (edges.strength[at] === 0 || Math.abs(x * cos + y * sin - offset) > reach) continue;
      if (Math.abs(lineAngleDifference(edges.direction[at] as number, normal)) > GRADIENT_TOLERANCE) continue;
      found.push({ x, y });
    }
  }
  return found;
}

/** Total least squares; the normal answered points the same way as the one given. */
export function fitLine(points: readonly Point[], towards: number): { normal: number; offset: number } {
  const meanX = points.reduce((sum, p) => sum + p.x, 0) / points.length;
  const meanY = points.reduce((sum, p) => sum + p.y, 0) / points.length;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (const { x, y } of points) {
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  let normal = 0.5 * Math.atan2(2 * xy, xx - yy) + Math.PI / 2;
  if (Math.cos(normal - towards) < 0) normal += Math.PI;
  return { normal, offset: meanX * Math.cos(normal) + meanY * Math.sin(normal) };
}

/** Undefined for lines that are parallel to within 0.06 degrees. */
export function intersection(a: Line, b: Line): Point | undefined {
  const determinant = Math.sin(b.normal - a.normal);
  if (Math.abs(determinant) < 1e-3) return undefined;
  return {
    x: (a.offset * Math.sin(b.normal) - b.offset * Math.sin(a.normal)) / determinant,
    y: (b.offset * Math.cos(a.normal) - a.offset * Math.cos(b.normal)) / determinant,
  };
}

/** What a pixel beside a faint edge is worth against one beside a strong edge. */
const FAINT_WORTH = 0.65;

/** For each pixel on or beside an edge whose normal is within `spread` of `normal`, how sure that edge is (0-1). */
export function familyMask(edges: EdgeMap, normal: number, spread: number): Float32Array {
  const { width, height } = edges;
  const mask = new Float32Array(width * height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const strength = edges.strength[at] as number;
      if (strength === 0) continue;
      if (Math.abs(lineAngleDifference(edges.direction[at] as number, normal)) > spread) continue;
      const worth = FAINT_WORTH + (1 - FAINT_WORTH) * Math.min(1, strength / edges.full);
      for (const step of [0, 1, -1, width, -width])
        mask[at + step] = Math.max(mask[at + step] as number, worth);
    }
  }
  return mask;
}
