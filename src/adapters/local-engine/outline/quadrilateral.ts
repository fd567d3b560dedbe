/**
 * Where the card's four sides are on a photograph. The direction of the text is known by then, so only two narrow
 * families of lines come into question; every pair of pairs with the proportions of a card is scored: its sides lie on
 * edges that end at its corners, what is inside differs from what is outside, and the text is in it.
 */
import type { Point } from '../../../shared/recognition';
import { judgeShape } from './card-shape';
import { findEdges, type EdgeMap } from '../picture/edges';
import { insideQuad, quadArea, scaleQuad, type Quad, type RotatedRectangle } from '../picture/geometry';
import { familyMask, findLines, intersection, type Line } from './hough-lines';
import { straightenSides } from './straighten';
import { resizeRaster, type Raster } from '../picture/raster';
import { meanAlong, profileLine, type ProfiledLine } from './side-profile';

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
/** A whole card's outline fits better than this: all but one of 199 of the even seeds are below 0.08. */
const WHOLE_MISFIT = 0.1;
/** What a side on the picture's border is worth: less than a faint edge. */
const BORDER_SUPPORT = 0.3;
/** What a side must show of its last bit to be said to run into the border. */
const LEAST_END_SUPPORT = 0.6;
/** Forms, posters and screens around a card have text too, often more of it than the card. */
const LEAST_TEXT_INSIDE = 0.2;
/** Quadrilaterals below this score are not worth laying flat. */
const LEAST_SCORE = 0.5;
/**
 * What each property of a quadrilateral is worth. Fitted on the even seeds of tools/specimens (set wide): of all
 * quadrilaterals of a picture those that overlap the card's true outline should score highest; then rounded. Left out of
 * the fit by thirds in turn, 199 of the 210 cards were found.
 */
const WORTH = {
  /** Of the sides' mean share on edges, 0-1. */
  support: 1.5,
  /** Of the contrast between inside and outside: the sides' mean, and the least of them, 0-1. */
  contrast: 0.45,
  leastContrast: 0.75,
  /** Of the share of the text that is inside, 0-1. */
  text: 0.6,
  /** Of the square root of its share of the picture: cards lie on sheets and screens, and seldom hold a frame. */
  size: -1.2,
  misfit: -1.6,
  /** Of the misfit over `WHOLE_MISFIT` where no side is the picture's border: screens and sheets are about as wide. */
  wholeMisfit: -20,
  /** Of the edge that goes on straight beyond a corner, 0-1, where it does so most: a card's sides end there. */
  beyond: -0.45,
} as const;

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
  const best = bestOutline(edges, small, direction, smallTexts);
  if (!best) return undefined;
  // Pixel (x, y) of the edge map has its middle at x + 0.5, y + 0.5.
  const quad = straightenSides(edges, best).map(({ x, y }) => ({
    x: x + 0.5,
    y: y + 0.5,
  })) as unknown as Quad;
  return { ...best, quad: scaleQuad(quad, 1 / factor) };
}

/** The outline seen along a direction that is so many quarters clockwise of the one it was found along. */
export function turnOutline(outline: CardOutline, quarterTurns: number): CardOutline {
  const turns = ((quarterTurns % 4) + 4) % 4;
  const turned = <T>(four: readonly T[]) =>
    [...four.slice(turns), ...four.slice(0, turns)] as unknown as readonly [T, T, T, T];
  return {
    ...outline,
    quad: turned(outline.quad),
    support: turned(outline.support),
    cutOff: turned(outline.cutOff),
    portrait: turns % 2 === 0 ? outline.portrait : !outline.portrait,
  };
}

interface TextPoint {
  readonly centre: Point;
  readonly weight: number;
}

interface Family {
  readonly lines: readonly ProfiledLine[];
  readonly mask: Float32Array;
}

function bestOutline(
  edges: EdgeMap,
  picture: Raster,
  direction: number,
  texts: readonly TextPoint[],
): CardOutline | undefined {
  const centre = middleOf(texts, edges);
  const across = family(edges, picture, direction + Math.PI / 2, LEVEL_SPREAD, centre);
  const along = family(edges, picture, direction, UPRIGHT_SPREAD, centre);
  const tops = across.lines.filter((line) => side(line, centre) > 0);
  const bottoms = across.lines.filter((line) => side(line, centre) < 0);
  const lefts = along.lines.filter((line) => side(line, centre) > 0);
  const rights = along.lines.filter((line) => side(line, centre) < 0);
  let best: Judged | undefined;
  for (const top of tops) {
    for (const bottom of bottoms) {
      for (const left of lefts) {
        for (const right of rights) {
          const sides = { top, right, bottom, left };
          best = judge(edges, sides, texts, best?.outline.score ?? LEAST_SCORE) ?? best;
        }
      }
    }
  }
  if (!best) return undefined;
  return { ...best.outline, cutOff: cutSides(edges, best.sides, best.outline.quad, across.mask, along.mask) };
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

function family(edges: EdgeMap, picture: Raster, normal: number, spread: number, centre: Point): Family {
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
  const mask = familyMask(edges, normal, spread);
  return { lines: [...lines, ...borders].map((line) => profileLine(line, picture, mask)), mask };
}

interface Sides {
  readonly top: ProfiledLine;
  readonly right: ProfiledLine;
  readonly bottom: ProfiledLine;
  readonly left: ProfiledLine;
}

interface Judged {
  readonly sides: Sides;
  readonly outline: Omit<CardOutline, 'cutOff'>;
}

/** Undefined when the sides make no card, or one that scores no higher than `atLeast`. */
function judge(
  edges: EdgeMap,
  sides: Sides,
  texts: readonly TextPoint[],
  atLeast: number,
): Judged | undefined {
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
  if (inside < LEAST_TEXT_INSIDE) return undefined;
  const [top, right, bottom, left] = [
    judgeSide(sides.top, a, b),
    judgeSide(sides.right, b, c),
    judgeSide(sides.bottom, d, c),
    judgeSide(sides.left, a, d),
  ];
  const worth =
    WORTH.support * meanOf(top.support, right.support, bottom.support, left.support) +
    WORTH.contrast * meanOf(top.contrast, right.contrast, bottom.contrast, left.contrast) +
    WORTH.leastContrast * Math.min(top.contrast, right.contrast, bottom.contrast, left.contrast) +
    WORTH.beyond * Math.max(top.beyond, right.beyond, bottom.beyond, left.beyond) +
    WORTH.text * inside +
    WORTH.size * Math.sqrt(share);
  if (worth <= atLeast) return undefined;
  const shape = judgeShape(quad, edges.width, edges.height, MOST_MISFIT);
  if (!shape) return undefined;
  const isWhole = !(sides.top.border || sides.right.border || sides.bottom.border || sides.left.border);
  const excess = isWhole ? Math.max(0, shape.misfit - WHOLE_MISFIT) : 0;
  const score = worth + WORTH.misfit * shape.misfit + WORTH.wholeMisfit * excess;
  if (score <= atLeast) return undefined;
  const support = [top.support, right.support, bottom.support, left.support] as const;
  return { sides, outline: { quad, support, score, portrait: shape.portrait } };
}

function meanOf(a: number, b: number, c: number, d: number): number {
  return (a + b + c + d) / 4;
}

interface JudgedSide {
  readonly support: number;
  readonly contrast: number;
  readonly beyond: number;
}

/** Rounded corners are left out of the count: 6 % at either end. */
function judgeSide(line: ProfiledLine, from: Point, to: Point): JudgedSide {
  if (line.border) return { support: BORDER_SUPPORT, contrast: 0, beyond: 0 };
  return {
    support: meanAlong(line, line.edge, from, to, 0.06, 0.94),
    contrast: meanAlong(line, line.contrast, from, to, 0.06, 0.94),
    beyond: Math.max(
      meanAlong(line, line.edge, from, to, -0.12, -0.02),
      meanAlong(line, line.edge, from, to, 1.02, 1.12),
    ),
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
