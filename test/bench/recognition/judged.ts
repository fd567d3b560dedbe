/** What one answer is worth against the truth of its specimen. */
import { quadArea, type Quad } from '../../../src/adapters/local-engine/picture/geometry';
import type { EngineAnswer } from '../../../src/core/recognition/ports';
import type { Point } from '../../../src/shared/recognition';
import type { SpecimenTruth } from '../../../tools/specimens/specimen';

export type Verdict = 'exact' | 'wrong' | 'refused';

export interface Judged {
  readonly truth: SpecimenTruth;
  readonly answer: EngineAnswer;
  readonly durationMs: number;
  readonly verdict: Verdict;
}

export function recognitionOf({ answer }: Pick<Judged, 'answer'>) {
  return answer.kind === 'answer' ? answer.recognition : undefined;
}

/** How much of two outlines' common area is in both, 0-1. Both are convex and turn clockwise as seen. */
export function overlap(one: Quad, other: Quad): number {
  const common = polygonArea(clipped([...one], other));
  return common / (quadArea(one) + quadArea(other) - common);
}

/** Sutherland-Hodgman: what of the polygon lies inside the convex clip. */
function clipped(polygon: readonly Point[], clip: Quad): readonly Point[] {
  let rest = polygon;
  clip.forEach((from, index) => {
    const to = clip[(index + 1) % 4] as Point;
    const inside = (p: Point): number => (to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x);
    rest = rest.flatMap((here, at) => {
      const before = rest.at(at - 1) ?? here;
      const [a, b] = [inside(before), inside(here)];
      const share = a / (a - b);
      const crossing = {
        x: before.x + share * (here.x - before.x),
        y: before.y + share * (here.y - before.y),
      };
      return [...(a >= 0 !== b >= 0 ? [crossing] : []), ...(b >= 0 ? [here] : [])];
    });
  });
  return rest;
}

function polygonArea(polygon: readonly Point[]): number {
  const doubled = polygon.reduce((sum, { x, y }, at) => {
    const next = polygon[(at + 1) % polygon.length] as Point;
    return sum + x * next.y - next.x * y;
  }, 0);
  return Math.abs(doubled) / 2;
}

export const FOUND_OVERLAP = 0.9;

export interface Outline {
  readonly found: boolean;
  readonly upright: boolean;
}

/** Undefined where there is nothing to compare: refused, or no card on the picture. */
export function outlineOf(judged: Judged): Outline | undefined {
  const recognition = recognitionOf(judged);
  const corners = judged.truth.quad;
  if (!recognition || corners?.length !== 4) return undefined;
  const quad = recognition.evidence?.quad;
  if (!quad) return { found: false, upright: false };
  const truth = corners.map(([x, y]) => ({ x, y })) as unknown as Quad;
  const distanceTo = (corner: Point): number => Math.hypot(corner.x - truth[0].x, corner.y - truth[0].y);
  const nearest = Math.min(...quad.map(distanceTo));
  return { found: overlap(quad, truth) > FOUND_OVERLAP, upright: distanceTo(quad[0]) === nearest };
}
