/** The magnetic stripe: a long, straight, even bar, darker than what lies on both sides of it, whichever way it runs. */
import type { Point } from '../../../shared/recognition';
import { minimumAreaRectangle, type RotatedRectangle } from '../picture/geometry';
import { resizeRaster, toGrey, type Raster } from '../picture/raster';
import { findRegions, rowSpans, type Region } from '../picture/regions';

const WORKING_SIDE = 192;
/** Brightness below which a pixel may belong to it, tried in turn: it merges with a dark table at one and not at another. */
const LEVELS = [28, 40, 55, 70, 90] as const;
/** 9-15 mm by 85.6 mm, seen at a slant, a finger on it. */
const LEAST_PROPORTION = 4;
const MOST_PROPORTION = 12;
/** Of the picture's longer side. */
const LEAST_LENGTH = 0.3;
/** Share of its rectangle that is dark. */
const LEAST_FILL = 0.86;

/** Cheap: no network is asked. */
export async function hasDarkStripe(raster: Raster): Promise<boolean> {
  const factor = WORKING_SIDE / Math.max(raster.width, raster.height);
  const width = Math.max(8, Math.round(raster.width * factor));
  const height = Math.max(8, Math.round(raster.height * factor));
  const grey = toGrey(await resizeRaster(raster, width, height));
  return LEVELS.some((level) => barsBelow(grey, width, height, level).some(isStripe));
}

interface Bar {
  readonly rectangle: RotatedRectangle;
  readonly pixels: number;
}

function isStripe({ rectangle: { width, height }, pixels }: Bar): boolean {
  const proportion = width / height;
  return (
    proportion > LEAST_PROPORTION &&
    proportion < MOST_PROPORTION &&
    width > LEAST_LENGTH * WORKING_SIDE &&
    pixels > LEAST_FILL * width * height
  );
}

function barsBelow(grey: Float32Array, width: number, height: number, level: number): Bar[] {
  return findRegions(width, height, 'sides', (at) => (grey[at] as number) < level)
    .filter((region) => region.length > WORKING_SIDE)
    .map((region) => ({ rectangle: rectangleOf(region, width), pixels: region.length }));
}

/** Exported for its test. */
export function rectangleOf(region: Region, width: number): RotatedRectangle {
  return minimumAreaRectangle(pointsOf(region, width));
}

/**
 * Left upper and right lower corners of pixels: the thresholds above were set by rectangles around these. Only a row's ends can
 * be corners of the hull. Exported for its test.
 */
export function pointsOf(region: Region, width: number): Point[] {
  return rowSpans(region, width).flatMap(([y, left, right]) => [
    { x: left, y },
    { x: right, y },
    { x: left + 1, y: y + 1 },
    { x: right + 1, y: y + 1 },
  ]);
}
