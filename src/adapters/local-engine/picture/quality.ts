/**
 * How sharp the card is, 0-100, whatever its size: the width of its sharpest edges in pixels of the photograph.
 *
 * A step edge blurred by a Gaussian of sigma s has the slope A / sqrt(s^2); blurred once more by a known one, r, it has
 * A / sqrt(s^2 + r^2). The ratio of the two slopes is free of the contrast A and gives s (the re-blur measure of Zhuo
 * and Sim, "Defocus map estimation from a single image", Pattern Recognition 44, 2011). The photograph is softened a
 * little first, so that the sensor's noise is not taken for edges.
 */
import sharp from 'sharp';
import { insideQuad, type Quad } from './geometry';
import { toGrey, type Raster } from './raster';
import { everyNth, quantile } from './statistics';

/** Gaussian sigmas in pixels: the softening against noise, and the blur of the comparison. */
const SOFTENING = 1;
const COMPARISON = 2.4;
/** Directions of edges told apart: a shake leaves the edges along it sharp. */
const DIRECTIONS = 4;
/** An edge is steeper than this (grey levels a pixel), than so many times the usual slope, which is noise and art. */
const LEAST_SLOPE = 3;
const TIMES_THE_USUAL = 4;
/** ... and has at least this share of the card's steepest. */
const SHARE_OF_STEEPEST = 0.35;
/** Fewer edges than this in a direction say nothing about it. */
const LEAST_EDGES = 60;
/** Of each direction's edges the sharper ones count: prints have soft edges of their own. */
const SHARPER_SHARE = 0.25;
/** Of more values than this a part is enough to know how they are spread. */
const MANY = 20_000;
/** Width in pixels -> quality, straight between. */
const SCALE: readonly (readonly [width: number, quality: number])[] = [
  [0.5, 100],
  [1.2, 65],
  [1.5, 50],
  [2.3, 25],
  [4, 10],
  [6, 0],
];

/** `photograph` holds the card within `quad`. */
export async function measureQuality(photograph: Raster, quad: Quad): Promise<number> {
  return qualityOfWidth(await edgeWidth(photograph, quad));
}

/** Quality (0-100, whole) by the width of edges in pixels of the photograph; 0 for Infinity. */
export function qualityOfWidth(width: number): number {
  let [fromWidth, fromQuality] = SCALE[0] ?? [0, 100];
  if (width <= fromWidth) return fromQuality;
  for (const [toWidth, toQuality] of SCALE) {
    if (width <= toWidth) {
      const share = (width - fromWidth) / (toWidth - fromWidth);
      return Math.round(fromQuality + share * (toQuality - fromQuality));
    }
    [fromWidth, fromQuality] = [toWidth, toQuality];
  }
  return 0;
}

/**
 * Gaussian sigma of the card's sharper edges after the softening, in pixels of the photograph; strokes thinner than an
 * edge is wide come out somewhat below it. Infinity when the card shows no edges at all.
 */
async function edgeWidth(photograph: Raster, quad: Quad): Promise<number> {
  const part = cropAround(photograph, quad);
  const { width, height } = part.raster;
  const grey = Uint8Array.from(toGrey(part.raster));
  const soft = await blur(grey, width, height, SOFTENING);
  const softer = await blur(grey, width, height, Math.hypot(SOFTENING, COMPARISON));
  const edges = steepestEdges(soft, width, height, part.quad);
  const widths: number[] = [];
  for (let direction = 0; direction < DIRECTIONS; direction++) {
    const own = edges
      .filter((edge) => edge.direction === direction)
      .map(({ at, slope }) => widthOf(slope, slopeAt(softer, width, at)));
    if (own.length >= LEAST_EDGES) widths.push(quantile(own, SHARPER_SHARE));
  }
  return widths.length > 0 ? Math.max(...widths) : Infinity;
}

/** Solves slope / slopeAfter = sqrt((width^2 + r^2) / width^2) for width. */
function widthOf(slope: number, slopeAfter: number): number {
  const ratio = (slope / Math.max(slopeAfter, 1e-3)) ** 2;
  return ratio <= 1.02 ? Infinity : COMPARISON / Math.sqrt(ratio - 1);
}

function cropAround({ width, height, data }: Raster, quad: Quad): { raster: Raster; quad: Quad } {
  const clampTo = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)));
  const left = clampTo(Math.min(...quad.map(({ x }) => x)), width - 8);
  const top = clampTo(Math.min(...quad.map(({ y }) => y)), height - 8);
  const right = Math.max(left + 8, clampTo(Math.max(...quad.map(({ x }) => x)), width));
  const bottom = Math.max(top + 8, clampTo(Math.max(...quad.map(({ y }) => y)), height));
  const out = new Uint8Array((right - left) * (bottom - top) * 3);
  for (let y = top; y < bottom; y++) {
    out.set(data.subarray((y * width + left) * 3, (y * width + right) * 3), (y - top) * (right - left) * 3);
  }
  const moved = quad.map(({ x, y }) => ({ x: x - left, y: y - top })) as unknown as Quad;
  return { raster: { width: right - left, height: bottom - top, data: out }, quad: moved };
}

async function blur(grey: Uint8Array, width: number, height: number, sigma: number): Promise<Uint8Array> {
  return sharp(grey, { raw: { width, height, channels: 1 } })
    .blur(sigma)
    .extractChannel(0)
    .raw()
    .toBuffer();
}

interface Edge {
  readonly at: number;
  readonly slope: number;
  readonly direction: number;
}

/** Ridges of the slope inside the card: pixels steeper than both their neighbours across the edge. */
function steepestEdges(grey: Uint8Array, width: number, height: number, quad: Quad): Edge[] {
  const slopes = slopesOf(grey, width, height);
  const floor = Math.max(LEAST_SLOPE, TIMES_THE_USUAL * quantile(sampled(slopes), 0.5));
  const ridges: Edge[] = [];
  for (let y = 3; y < height - 3; y++) {
    for (let x = 3; x < width - 3; x++) {
      const at = y * width + x;
      const slope = slopes[at] as number;
      if (slope < floor) continue;
      const angle = angleAt(grey, width, at);
      const step = Math.round(Math.cos(angle)) + Math.round(Math.sin(angle)) * width;
      if (slope < (slopes[at + step] as number) || slope <= (slopes[at - step] as number)) continue;
      if (!insideQuad(quad, { x, y }, -2)) continue;
      const turn = Math.round((angle / Math.PI) * DIRECTIONS);
      ridges.push({ at, slope, direction: ((turn % DIRECTIONS) + DIRECTIONS) % DIRECTIONS });
    }
  }
  const steep = quantile(sampled(Float32Array.from(ridges, ({ slope }) => slope)), 0.99);
  return ridges.filter(({ slope }) => slope >= SHARE_OF_STEEPEST * steep);
}

/** Every seventh value when there are many. */
function sampled(values: Float32Array): Float32Array {
  return values.length > MANY ? everyNth(values, 7) : values;
}

function slopesOf(grey: Uint8Array, width: number, height: number): Float32Array {
  const slopes = new Float32Array(width * height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) slopes[y * width + x] = slopeAt(grey, width, y * width + x);
  }
  return slopes;
}

/** Grey levels a pixel. */
function slopeAt(grey: Uint8Array, width: number, at: number): number {
  const gx = (grey[at + 1] as number) - (grey[at - 1] as number);
  const gy = (grey[at + width] as number) - (grey[at - width] as number);
  return Math.sqrt(gx * gx + gy * gy) / 2;
}

function angleAt(grey: Uint8Array, width: number, at: number): number {
  return Math.atan2(
    (grey[at + width] as number) - (grey[at - width] as number),
    (grey[at + 1] as number) - (grey[at - 1] as number),
  );
}
