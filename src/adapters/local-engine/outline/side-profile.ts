/**
 * What lies along a straight line that may be a side of the card: how much of it is on edges, and how different the
 * picture is on its two sides. Both are summed up once a line, so that any stretch of it is judged by two look-ups.
 */
import type { Point } from '../../../shared/recognition';
import type { Line } from './hough-lines';
import type { Raster } from '../picture/raster';

export interface ProfiledLine extends Line {
  /** Running sums, one entry a pixel along the line, of how sure the edge is (0-1) and of the contrast (0-1). */
  readonly edge: Float32Array;
  readonly contrast: Float32Array;
}

/** How far from the line the colours are taken, pixels: beyond the blurred edge, and beyond a ruled line's width. */
const NEAR = 3;
const FAR = 5;
/**
 * Difference of brightness (0-255, in the channel that differs most) that is worth half. A ruled line or the rim of a
 * sleeve has the same colour on both its sides, a card's edge seldom.
 */
const HALF_CONTRAST = 12;

/** `mask` tells for each pixel how sure an edge of the line's family is, see `familyMask`. */
export function profileLine(line: Line, picture: Raster, mask: Float32Array): ProfiledLine {
  const { width, height } = picture;
  const reach = Math.ceil(Math.hypot(width, height));
  const edge = new Float32Array(2 * reach + 2);
  const contrast = new Float32Array(2 * reach + 2);
  const cos = Math.cos(line.normal);
  const sin = Math.sin(line.normal);
  for (let at = 0; at <= 2 * reach; at++) {
    const exactX = line.offset * cos - (at - reach) * sin;
    const exactY = line.offset * sin + (at - reach) * cos;
    const x = Math.round(exactX);
    const y = Math.round(exactY);
    const within = x >= 0 && y >= 0 && x < width && y < height;
    edge[at + 1] = (edge[at] as number) + (within ? (mask[y * width + x] as number) : 0);
    contrast[at + 1] =
      (contrast[at] as number) + (within && !line.border ? contrastAt(picture, exactX, exactY, cos, sin) : 0);
  }
  return { ...line, edge, contrast };
}

function contrastAt({ data, width, height }: Raster, x: number, y: number, cos: number, sin: number): number {
  let [red, green, blue] = [0, 0, 0];
  for (const step of [NEAR, FAR, -NEAR, -FAR]) {
    const px = Math.min(width - 1, Math.max(0, Math.round(x + step * cos)));
    const py = Math.min(height - 1, Math.max(0, Math.round(y + step * sin)));
    const at = (py * width + px) * 3;
    const sign = step > 0 ? 0.5 : -0.5;
    red += sign * (data[at] as number);
    green += sign * (data[at + 1] as number);
    blue += sign * (data[at + 2] as number);
  }
  const difference = Math.max(Math.abs(red), Math.abs(green), Math.abs(blue));
  return difference / (difference + HALF_CONTRAST);
}

/** Mean of running sums between two shares of the way from one point of the line to another. */
export function meanAlong(
  line: ProfiledLine,
  sums: Float32Array,
  from: Point,
  to: Point,
  begin: number,
  end: number,
): number {
  const last = sums.length - 2;
  const sin = Math.sin(line.normal);
  const cos = Math.cos(line.normal);
  const start = last / 2 + from.y * cos - from.x * sin;
  const length = last / 2 + to.y * cos - to.x * sin - start;
  const one = Math.min(last, Math.max(0, Math.round(start + length * begin)));
  const other = Math.min(last, Math.max(0, Math.round(start + length * end)));
  const low = Math.min(one, other);
  const high = Math.max(one, other);
  return ((sums[high + 1] as number) - (sums[low] as number)) / (high - low + 1);
}
