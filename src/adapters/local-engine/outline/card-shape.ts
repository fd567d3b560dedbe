/** Whether four corners on a photograph can be a card seen by a camera: its true proportions and right angles. */
import { distance, type Quad } from '../picture/geometry';

/** ISO/IEC 7810 ID-1: 85.60 mm x 53.98 mm. */
export const CARD_PROPORTION = 1.586;

export interface CardShape {
  /** How far from a card: logarithm of the proportions' ratio plus the cosine between the sides; 0 is a card. */
  readonly misfit: number;
  /** Taller than wide, seen along the text. */
  readonly portrait: boolean;
}

/**
 * Focal lengths that are tried, in units of the picture's longer side: a telephone's wide lens uncropped, then
 * narrower ones (or crops), then almost none. The best one counts: which lens it was is not known.
 */
const FOCAL_LENGTHS = [0.75, 1, 1.4, 2.5, 20] as const;
/** Opposite sides of a card that is still legible differ by less. */
const MOST_TAPER = 0.55;

/** Undefined when no camera shows a rectangle of about these proportions so. */
export function judgeShape(
  quad: Quad,
  pictureWidth: number,
  pictureHeight: number,
  most: number,
): CardShape | undefined {
  const [a, b, c, d] = quad;
  if (tapers(distance(a, b), distance(d, c)) || tapers(distance(a, d), distance(b, c))) return undefined;
  const sides = sideVectors(quad, pictureWidth / 2, pictureHeight / 2);
  if (!sides) return undefined;
  let best: CardShape | undefined;
  for (const focal of FOCAL_LENGTHS) {
    const shape = shapeAt(sides, focal * Math.max(pictureWidth, pictureHeight));
    if (shape.misfit < (best?.misfit ?? most)) best = shape;
  }
  return best;
}

function tapers(one: number, other: number): boolean {
  return Math.min(one, other) < MOST_TAPER * Math.max(one, other);
}

type Vector = readonly [number, number, number];

/** The first two columns of the projection from the unit square, about the picture's middle. */
function sideVectors(
  quad: Quad,
  middleX: number,
  middleY: number,
): { along: Vector; down: Vector } | undefined {
  const [a, b, c, d] = quad.map(({ x, y }) => ({ x: x - middleX, y: y - middleY })) as unknown as Quad;
  const dx1 = b.x - c.x;
  const dy1 = b.y - c.y;
  const dx2 = d.x - c.x;
  const dy2 = d.y - c.y;
  const sumX = a.x - b.x + c.x - d.x;
  const sumY = a.y - b.y + c.y - d.y;
  const determinant = dx1 * dy2 - dx2 * dy1;
  if (Math.abs(determinant) < 1e-6) return undefined;
  const g = (sumX * dy2 - dx2 * sumY) / determinant;
  const h = (dx1 * sumY - sumX * dy1) / determinant;
  return {
    along: [b.x - a.x + g * b.x, b.y - a.y + g * b.y, g],
    down: [d.x - a.x + h * d.x, d.y - a.y + h * d.y, h],
  };
}

function shapeAt({ along, down }: { along: Vector; down: Vector }, focal: number): CardShape {
  const u: Vector = [along[0] / focal, along[1] / focal, along[2]];
  const v: Vector = [down[0] / focal, down[1] / focal, down[2]];
  const lengthU = Math.hypot(...u);
  const lengthV = Math.hypot(...v);
  const cosine = Math.abs(u[0] * v[0] + u[1] * v[1] + u[2] * v[2]) / (lengthU * lengthV);
  const proportion = lengthU / lengthV;
  const portrait = proportion < 1;
  const misfit = Math.abs(Math.log((portrait ? 1 / proportion : proportion) / CARD_PROPORTION)) + cosine;
  return { misfit, portrait };
}
