/**
 * Several cards lying apart on one picture: regions that differ from an even background, each of a card's proportions, as
 * large as the others, with text on it. Anything else on the picture that has text, and it is left whole.
 */
import type { Point } from '../../../shared/recognition';
import {
  convexHull,
  insideQuad,
  minimumAreaRectangle,
  quadArea,
  rectangleCorners,
  type Quad,
  type RotatedRectangle,
} from '../picture/geometry';
import { resizeRaster, type Raster } from '../picture/raster';
import { findRegions, rowEnds } from '../picture/regions';
import type { TextBox } from '../text/text-detection';
import { CARD_PROPORTION } from './card-shape';

/** What a measure at one size lets pass. */
interface Measure {
  /** The picture's longer side, in pixels. */
  readonly side: number;
  /** The background is even where so much of the border is within this distance (of RGB) of its middle colour. */
  readonly evenShare: number;
  readonly proportionSlack: number;
  /** Share of the rectangle that the region's hull covers (round corners take little), and that differs from the background. */
  readonly hull: number;
  readonly fill: number;
}

const EXACT: Measure = { side: 640, evenShare: 0.8, proportionSlack: 0.1, hull: 0.95, fill: 0.5 };
/** At a quarter of the pixels, and more lenient: most pictures show one card or none, and are done with. */
const COARSE: Measure = { side: 320, evenShare: 0.7, proportionSlack: 0.15, hull: 0.91, fill: 0.4 };
/** Share of either side that is taken for the background's border. */
const BORDER_SHARE = 0.012;
const EVEN_DISTANCE = 26;
/**
 * Further from the background than this is no background: most cards stand out at the first, pale ones on white and dark ones
 * on black only at the last, where shadows begin to. The later are tried once the first two have found a card.
 */
const DISTANCES = [36, 24, 16, 11, 8] as const;
const TRIED_ALWAYS = 2;
const MOST_UNLIKE = 1.3;
/** Of the picture. */
const LEAST_SHARE = 0.015;
const MOST_SHARE = 0.45;
/** Of the whole length of text. */
const LEAST_TEXT_INSIDE = 0.9;
const MOST_CARDS = 24;

/** Rectangles that may be cards; empty where it is not two or more of a size. Cheap: no network is asked. */
export async function findCardRegions(raster: Raster): Promise<RotatedRectangle[]> {
  if ((await cardShapesOn(raster, COARSE)).length < 2) return [];
  const cards = await cardShapesOn(raster, EXACT);
  if (cards.length < 2 || cards.length > MOST_CARDS) return [];
  const areas = cards.map(({ width, height }) => width * height);
  if (Math.max(...areas) > MOST_UNLIKE * Math.min(...areas)) return [];
  return cards;
}

async function cardShapesOn(raster: Raster, measure: Measure): Promise<RotatedRectangle[]> {
  const factor = Math.min(1, measure.side / Math.max(raster.width, raster.height));
  const small = await resizeRaster(
    raster,
    Math.round(raster.width * factor),
    Math.round(raster.height * factor),
  );
  const background = backgroundOf(small, measure);
  if (!background) return [];
  const distances = distancesTo(small, background);
  const cards: RotatedRectangle[] = [];
  for (const [at, distance] of DISTANCES.entries()) {
    if (at >= TRIED_ALWAYS && cards.length === 0) break;
    const regions = regionsOf(distances, distance, small.width, small.height, measure);
    for (const { rectangle } of regions.filter((region) => isCardShaped(region, measure))) {
      if (!overlap([...cards, rectangle])) cards.push(rectangle);
    }
  }
  return cards.map((card) => scaled(card, raster.width / small.width));
}

/** The regions as corners, in the order of reading; empty where one has no text or other places have. */
export function cardsWithText(regions: readonly RotatedRectangle[], boxes: readonly TextBox[]): Quad[] {
  const quads = regions.map((region) => rectangleCorners(upright(region)));
  const lengthIn = (quad: Quad): number =>
    boxes.reduce((sum, box) => sum + (insideQuad(quad, box.centre) ? box.width : 0), 0);
  const all = boxes.reduce((sum, { width }) => sum + width, 0);
  const each = quads.map(lengthIn);
  const inside = each.reduce((sum, length) => sum + length, 0);
  if (each.some((length) => length === 0) || inside < LEAST_TEXT_INSIDE * all) return [];
  return inReadingOrder(quads);
}

type Colour = readonly [number, number, number];

function backgroundOf({ width, height, data }: Raster, { evenShare }: Measure): Colour | undefined {
  const rim = Math.max(2, Math.round(BORDER_SHARE * Math.max(width, height)));
  const places: number[] = [];
  for (let y = 0; y < height; y++) {
    const whole = y < rim || y >= height - rim || width <= 2 * rim;
    for (let x = 0; x < width; x++) {
      if (!whole && x === rim) x = width - rim;
      places.push((y * width + x) * 3);
    }
  }
  const middle = [0, 1, 2].map((c) => middleValue(data, places, c)) as unknown as Colour;
  const near = places.filter((place) => distanceTo(data, place, middle) < EVEN_DISTANCE).length;
  return near >= evenShare * places.length ? middle : undefined;
}

/** The median, by counting: bytes have few values. */
function middleValue(data: Uint8Array, places: readonly number[], channel: number): number {
  const counts = new Uint32Array(256);
  for (const place of places) (counts[data[place + channel] as number] as number) += 1;
  let left = Math.floor(places.length / 2);
  return counts.findIndex((count) => (left -= count) < 0);
}

/** The largest difference of a channel. */
function distanceTo(data: Uint8Array, place: number, background: Colour): number {
  const red = Math.abs((data[place] as number) - background[0]);
  const green = Math.abs((data[place + 1] as number) - background[1]);
  const blue = Math.abs((data[place + 2] as number) - background[2]);
  const more = red > green ? red : green;
  return more > blue ? more : blue;
}

/** Of each pixel. */
function distancesTo({ width, height, data }: Raster, background: Colour): Uint8Array {
  const distances = new Uint8Array(width * height);
  for (let at = 0; at < distances.length; at++) distances[at] = distanceTo(data, at * 3, background);
  return distances;
}

interface MeasuredRegion {
  readonly rectangle: RotatedRectangle;
  readonly hullShare: number;
  readonly fill: number;
  readonly share: number;
}

function isCardShaped(
  { rectangle: { width, height }, hullShare, fill, share }: MeasuredRegion,
  measure: Measure,
): boolean {
  const proportion = width / height / CARD_PROPORTION;
  return (
    Math.abs(proportion - 1) <= measure.proportionSlack &&
    hullShare >= measure.hull &&
    fill >= measure.fill &&
    share >= LEAST_SHARE &&
    share <= MOST_SHARE
  );
}

/** Connected places further away than `least`, but for small ones. */
function regionsOf(
  distances: Uint8Array,
  least: number,
  width: number,
  height: number,
  measure: Measure,
): MeasuredRegion[] {
  const regions: MeasuredRegion[] = [];
  const isFar = (at: number): boolean => (distances[at] as number) > least;
  for (const region of findRegions(width, height, 'sides', isFar)) {
    if (region.length < LEAST_SHARE * measure.fill * distances.length) continue;
    const rim = rowEnds(region, width);
    const rectangle = minimumAreaRectangle(rim);
    const area = rectangle.width * rectangle.height;
    regions.push({
      rectangle,
      hullShare: Math.abs(quadArea(convexHull(rim))) / area,
      fill: region.length / area,
      share: area / distances.length,
    });
  }
  return regions;
}

function overlap(cards: readonly RotatedRectangle[]): boolean {
  const quads = cards.map((card) => rectangleCorners(card));
  return quads.some((quad, at) =>
    quads.some(
      (other, otherAt) =>
        otherAt !== at && [...other, middleOf(other)].some((point) => insideQuad(quad, point)),
    ),
  );
}

function middleOf([a, , c]: Quad): Point {
  return { x: (a.x + c.x) / 2, y: (a.y + c.y) / 2 };
}

function scaled({ centre, width, height, angle }: RotatedRectangle, factor: number): RotatedRectangle {
  return {
    centre: { x: centre.x * factor, y: centre.y * factor },
    width: width * factor,
    height: height * factor,
    angle,
  };
}

/** Turned as little as can be: the first side is the one that runs most across the picture. */
function upright(rectangle: RotatedRectangle): RotatedRectangle {
  const { centre, width, height, angle } = rectangle;
  const turned = Math.abs(angle) <= Math.PI / 4 ? 0 : angle > 0 ? -1 : 1;
  return turned === 0
    ? rectangle
    : { centre, width: height, height: width, angle: angle + (turned * Math.PI) / 2 };
}

/** Row by row: a card belongs to a row when its middle is within half a card's height of the row's first. */
function inReadingOrder(quads: readonly Quad[]): Quad[] {
  const sorted = [...quads].sort((a, b) => middleOf(a).y - middleOf(b).y);
  const rows: Quad[][] = [];
  for (const quad of sorted) {
    const row = rows.at(-1);
    const first = row?.[0];
    const reach = (quad[3].y - quad[0].y) / 2;
    if (row && first && middleOf(quad).y - middleOf(first).y < reach) row.push(quad);
    else rows.push([quad]);
  }
  return rows.flatMap((row) => row.sort((a, b) => middleOf(a).x - middleOf(b).x));
}
