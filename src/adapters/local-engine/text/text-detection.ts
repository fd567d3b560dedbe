/** Where text is: the detector's probability map (differentiable binarisation) turned into rotated boxes. */
import { minimumAreaRectangle, type RotatedRectangle } from '../picture/geometry';
import type { Network } from './models';
import { resizeRaster, fillPlanes, type Raster } from '../picture/raster';
import { findRegions, rowEnds } from '../picture/regions';

export interface TextBox extends RotatedRectangle {
  /** Mean probability (0-1) of the pixels that made the box. */
  readonly score: number;
}

/** The model's training constants: ImageNet statistics on BGR, sides in multiples of 32. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;
const LEVELS = [0, 1, 2].map((c) =>
  Float32Array.from(
    { length: 256 },
    (_none, level) => (level / 255 - (MEAN[c] as number)) / (DEVIATION[c] as number),
  ),
);
const STRIDE = 32;
const PIXEL_THRESHOLD = 0.3;
const BOX_THRESHOLD = 0.5;
/** The map is a shrunken core of each text; this much of area / perimeter gives the letters their size back. */
const UNCLIP_RATIO = 1.6;
const SMALLEST_SIDE = 3;

/** Boxes in pixels of the raster given, whose longer side is brought to `longSide` for the network. */
export async function detectText(network: Network, raster: Raster, longSide: number): Promise<TextBox[]> {
  const factor = longSide / Math.max(raster.width, raster.height);
  const width = Math.max(STRIDE, Math.round((raster.width * factor) / STRIDE) * STRIDE);
  const height = Math.max(STRIDE, Math.round((raster.height * factor) / STRIDE) * STRIDE);
  const small = await resizeRaster(raster, width, height);
  const [map] = await network.run((input) => fillPlanes(input, small, LEVELS), [1, 3, height, width]);
  if (!map) throw new Error('Expected a map of text from the detector but received none');
  const scaleX = raster.width / width;
  const scaleY = raster.height / height;
  return boxesOfMap(map.data, width, height).map((box) => scaleBox(box, scaleX, scaleY));
}

/** Exported for its test: connected regions over the threshold, each as a grown minimum-area rectangle. */
export function boxesOfMap(map: Float32Array, width: number, height: number): TextBox[] {
  const isText = (at: number): boolean => (map[at] as number) > PIXEL_THRESHOLD;
  const boxes: TextBox[] = [];
  for (const region of findRegions(width, height, 'sidesAndCorners', isText)) {
    const score = region.reduce((sum, at) => sum + (map[at] as number), 0) / region.length;
    if (score < BOX_THRESHOLD) continue;
    const tight = minimumAreaRectangle(rowEnds(region, width));
    if (Math.min(tight.width, tight.height) < SMALLEST_SIDE) continue;
    const grow = (tight.width * tight.height * UNCLIP_RATIO) / (2 * (tight.width + tight.height));
    boxes.push({
      ...tight,
      width: tight.width + 2 * grow,
      height: tight.height + 2 * grow,
      score,
    });
  }
  return boxes;
}

function scaleBox(box: TextBox, scaleX: number, scaleY: number): TextBox {
  const dx = Math.cos(box.angle) * scaleX;
  const dy = Math.sin(box.angle) * scaleY;
  const along = Math.hypot(dx, dy);
  const across = Math.hypot(Math.sin(box.angle) * scaleX, Math.cos(box.angle) * scaleY);
  return {
    centre: { x: box.centre.x * scaleX, y: box.centre.y * scaleY },
    width: box.width * along,
    height: box.height * across,
    angle: Math.atan2(dy, dx),
    score: box.score,
  };
}
