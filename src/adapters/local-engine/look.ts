/** The first look at a photograph: where the text is, which way it runs, where the card's sides are. */
import type { Models } from './models';
import { findCardOutline } from './quadrilateral';
import type { Raster } from './raster';
import { detectText } from './text-detection';
import { textDirection, uprightness } from './text-direction';
import type { Scene } from './views';

const FIRST_DETECTION_SIDE = 736;
const SECOND_DETECTION_SIDE = 1280;

/** Undefined when there is no text that runs in a direction. */
export async function lookAt(models: Models, raster: Raster, scale: number): Promise<Scene | undefined> {
  let boxes = await detectText(models.detection, raster, FIRST_DETECTION_SIDE);
  let direction = textDirection(boxes);
  if (direction === undefined) {
    boxes = await detectText(models.detection, raster, SECOND_DETECTION_SIDE);
    direction = textDirection(boxes);
  }
  if (direction === undefined) return undefined;
  const upright = await uprightness(models, raster, boxes, direction);
  const outline = await findCardOutline(raster, direction, boxes);
  return { raster, scale, boxes, direction, upright, ...(outline && { outline }) };
}
