/** The magnetic stripe: a long, straight, even bar, darker than what lies on both sides of it, whichever way it runs. */
import type { Point } from '../../../shared/recognition';
import { minimumAreaRectangle, type RotatedRectangle } from '../picture/geometry';
import { resizeRaster, toGrey, type Raster } from '../picture/raster';

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
  const seen = new Uint8Array(grey.length);
  const bars: Bar[] = [];
  for (let start = 0; start < grey.length; start++) {
    if (seen[start] || (grey[start] as number) >= level) continue;
    const pixels: Point[] = [];
    const stack = [start];
    seen[start] = 1;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      pixels.push({ x, y }, { x: x + 1, y: y + 1 });
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        const [nx, ny] = [x + dx, y + dy];
        const next = ny * width + nx;
        if (nx < 0 || ny < 0 || nx >= width || ny >= height || seen[next]) continue;
        if ((grey[next] as number) >= level) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    const count = pixels.length / 2;
    if (count > WORKING_SIDE) bars.push({ rectangle: minimumAreaRectangle(pixels), pixels: count });
  }
  return bars;
}
