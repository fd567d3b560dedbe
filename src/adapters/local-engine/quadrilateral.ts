/**
 * Where the card's four sides are on a photograph. The direction of the text is known by then, so only two narrow
 * families of lines come into question; every pair of pairs with the proportions of a card that holds the text is
 * scored by how much of its sides lies on edges.
 */
import type { Point } from '../../shared/recognition';
import { judgeShape } from './card-shape';
import { findEdges, type EdgeMap } from './edges';
import { insideQuad, quadArea, scaleQuad, type Quad, type RotatedRectangle } from './geometry';
import { familyMask, findLines, intersection, type Line } from './hough-lines';
import { straightenSides } from './straighten';
import { resizeRaster, type Raster } from './raster';

export interface CardOutline {
  /** Top left, top right, bottom right, bottom left, seen along the text. */
  readonly quad: Quad;
  /** Share (0-1) of each side that lies on an edge: top, right, bottom, left. */
  readonly support: readonly [number, number, number, number];
  /** Sides where the card goes on outside the picture: a neighbour runs straight into the border. Same order. */
  readonly cutOff: readonly [boolean, boolean, boolean, boolean];
  readonly score: number;
  readonly portrait: boolean;
}

const WORKING_SIDE = 512;
/** Perspective turns the sides away from the text's direction; the uprights more than the level ones. */
const LEVEL_SPREAD = (20 * Math.PI) / 180;
const UPRIGHT_SPREAD = (32 * Math.PI) / 180;
const LINES_EACH_WAY = 18;
/** Beyond this misfit of proportions and angles it is no card. */
const MOST_MISFIT = 0.3;
/** What a side on the picture's border is worth: less than a faint edge. */
const BORDER_SUPPORT = 0.3;
/** What a side must show of its last bit to be said to run into the border. */
const LEAST_END_SUPPORT = 0.6;
/** Quadrilaterals below this score are not worth laying flat. */
const LEAST_SCORE = 0.9;

/** The likeliest outline, or undefined when no four lines look like a card. `direction` is where the text runs. */
export async function findCardOutline(
  raster: Raster,
  direction: number,
  texts: readonly RotatedRectangle[],
): Promise<CardOutline | undefined> {
  const factor = WORKING_SIDE / Math.max(raster.width, raster.height);
  const small = await resizeRaster(
    raster,
    Math.round(raster.width * factor),
    Math.round(raster.height * factor),
  );
  const edges = findEdges(small);
  const smallTexts = texts.map((text) => ({
    centre: { x: text.centre.x * factor, y: text.centre.y * factor },
    weight: text.width,
  }));
  const best = bestOutline(edges, direction, smallTexts);
  if (!best) return undefined;
  // Pixel (x, y) of the edge map has its middle at x + 0.5, y + 0.5.
  const quad = straightenSides(edges, best).map(({ x, y }) => ({
    x: x + 0.5,
    y: y + 0.5,
  })) as unknown as Quad;
  return { ...best, quad: scaleQuad(quad, 1 / factor) };
}

interface TextPoint {
  readonly centre: Point;
  readonly weight: number;
}

interface Family {
  readonly lines: readonly Line[];
  readonly mask: Float32Array;
}

function bestOutline(
  edges: EdgeMap,
  direction: number,
  texts: readonly TextPoint[],
): CardOutline | undefined {
  const centre = middleOf(texts, edges);
  const across = family(edges, direction + Math.PI / 2, LEVEL_SPREAD, centre);
  const along = family(edges, direction, UPRIGHT_SPREAD, centre);
  const tops = across.lines.filter((line) => side(line, centre) > 0);
  const bottoms = across.lines.filter((line) => side(line, centre) < 0);
  const lefts = along.lines.filter((line) => side(line, centre) > 0);
  const rights = along.lines.filter((line) => side(line, centre) < 0);
  let best: CardOutline | undefined;
  for (const top of tops) {
    for (const bottom of bottoms) {
      for (const left of lefts) {
        for (const right of rights) {
          const outline = judge(edges, { top, right, bottom, left }, across.mask, along.mask, texts);
          if (outline && outline.score > (best?.score ?? LEAST_SCORE)) best = outline;
        }
      }
    }
  }
  return best;
}

function middleOf(texts: readonly TextPoint[], edges: EdgeMap): Point {
  const total = texts.reduce((sum, text) => sum + text.weight, 0);
  if (total === 0) return { x: edges.width / 2, y: edges.height / 2 };
  return {
    x: texts.reduce((sum, text) => sum + text.centre.x * text.weight, 0) / total,
    y: texts.reduce((sum, text) => sum + text.centre.y * text.weight, 0) / total,
  };
}

/** Positive when the point is beyond the line in the direction of its normal. */
function side(line: Line, point: Point): number {
  return point.x * Math.cos(line.normal) + point.y * Math.sin(line.normal) - line.offset;
}

function family(edges: EdgeMap, normal: number, spread: number, centre: Point): Family {
  const lines = findLines(edges, normal, spread, LINES_EACH_WAY);
  const borders: Line[] = [
    { normal: 0, offset: 1 },
    { normal: 0, offset: edges.width - 1 },
    { normal: Math.PI / 2, offset: 1 },
    { normal: Math.PI / 2, offset: edges.height - 1 },
  ].flatMap(({ normal: own, offset }) => {
    const turned = Math.cos(own - normal);
    if (Math.abs(turned) < Math.cos(spread)) return [];
    const line = {
      normal: turned > 0 ? own : own + Math.PI,
      offset: turned > 0 ? offset : -offset,
      votes: 0,
    };
    return Math.abs(side({ ...line, border: true }, centre)) < 8 ? [] : [{ ...line, border: true }];
  });
  return { lines: [...lines, ...borders], mask: familyMask(edges, normal, spread) };
}

interface Sides {
  readonly top: Line;
  readonly right: Line;
  readonly bottom: Line;
  readonly left: Line;
}

function judge(
  edges: EdgeMap,
  sides: Sides,
  acrossMask: Float32Array,
  alongMask: Float32Array,
  texts: readonly TextPoint[],
): CardOutline | undefined {
  const quad = cornersOf(sides);
  if (!quad) return undefined;
  const slack = 0.04 * Math.max(edges.width, edges.height);
  const [a, b, c, d] = quad;
  for (const { x, y } of quad) {
    if (x < -slack || y < -slack || x > edges.width + slack || y > edges.height + slack) return undefined;
  }
  const share = quadArea(quad) / (edges.width * edges.height);
  if (share < 0.05) return undefined;
  const inside = textInside(quad, texts);
  if (inside < 0.6) return undefined;
  const shape = judgeShape(quad, edges.width, edges.height, MOST_MISFIT);
  if (!shape) return undefined;
  const support: [number, number, number, number] = [
    sideSupport(edges, acrossMask, sides.top, a, b),
    sideSupport(edges, alongMask, sides.right, b, c),
    sideSupport(edges, acrossMask, sides.bottom, d, c),
    sideSupport(edges, alongMask, sides.left, a, d),
  ];
  const mean = (support[0] + support[1] + support[2] + support[3]) / 4;
  const least = Math.min(...support);
  return {
    quad,
    support,
    cutOff: cutSides(edges, sides, quad, acrossMask, alongMask),
    score: mean + 0.4 * least + 0.3 * Math.sqrt(share) + 0.6 * inside - 1.5 * shape.misfit,
    portrait: shape.portrait,
  };
}

function cornersOf({ top, right, bottom, left }: Sides): Quad | undefined {
  const corners = [
    intersection(top, left),
    intersection(top, right),
    intersection(bottom, right),
    intersection(bottom, left),
  ];
  const [a, b, c, d] = corners;
  return a && b && c && d ? [a, b, c, d] : undefined;
}

function textInside(quad: Quad, texts: readonly TextPoint[]): number {
  let inside = 0;
  let total = 0;
  for (const { centre, weight } of texts) {
    total += weight;
    if (insideQuad(quad, centre)) inside += weight;
  }
  return total === 0 ? 1 : inside / total;
}

/** Rounded corners are left out of the count: 6 % at either end. */
function sideSupport(edges: EdgeMap, mask: Float32Array, line: Line, from: Point, to: Point): number {
  if (line.border) return BORDER_SUPPORT;
  const samples = 48;
  let hits = 0;
  for (let i = 0; i < samples; i++) {
    const t = 0.06 + (0.88 * (i + 0.5)) / samples;
    const x = Math.round(from.x + (to.x - from.x) * t);
    const y = Math.round(from.y + (to.y - from.y) * t);
    if (x < 0 || y < 0 || x >= edges.width || y >= edges.height) continue;
    hits += mask[y * edges.width + x] as number;
  }
  return hits / samples;
}

/** On a whole card the round corners bend away before the border; where the card is cut, its sides reach it. */
function cutSides(
  edges: EdgeMap,
  { top, right, bottom, left }: Sides,
  [a, b, c, d]: Quad,
  acrossMask: Float32Array,
  alongMask: Float32Array,
): [boolean, boolean, boolean, boolean] {
  const reaches = (mask: Float32Array, line: Line, end: Point, other: Point): boolean =>
    !line.border && endSupport(edges, mask, end, other) >= LEAST_END_SUPPORT;
  return [
    top.border && (reaches(alongMask, left, a, d) || reaches(alongMask, right, b, c)),
    right.border && (reaches(acrossMask, top, b, a) || reaches(acrossMask, bottom, c, d)),
    bottom.border && (reaches(alongMask, left, d, a) || reaches(alongMask, right, c, b)),
    left.border && (reaches(acrossMask, top, a, b) || reaches(acrossMask, bottom, d, c)),
  ];
}

/** Share (0-1) of the side's last bit, where a whole card's corner is round, that lies on an edge. */
function endSupport(edges: EdgeMap, mask: Float32Array, end: Point, other: Point): number {
  const samples = 12;
  let hits = 0;
  for (let i = 0; i < samples; i++) {
    const t = 0.008 + (0.03 * i) / samples;
    const x = Math.round(end.x + (other.x - end.x) * t);
    const y = Math.round(end.y + (other.y - end.y) * t);
    if (x >= 0 && y >= 0 && x < edges.width && y < edges.height) hits += mask[y * edges.width + x] as number;
  }
  return hits / samples;
}
