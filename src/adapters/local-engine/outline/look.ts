/** The first look at a photograph: where the text is, which way it runs, where the card's sides are. */
import { insideQuad } from '../picture/geometry';
import type { Models } from '../text/models';
import { findCardOutline, turnOutline, type CardOutline } from './quadrilateral';
import type { Raster } from '../picture/raster';
import { detectText, type TextBox } from '../text/text-detection';
import { textDirection, uprightness } from '../text/text-direction';
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
  const outline = await findCardOutline(raster, direction, boxes);
  if (!outline) {
    const upright = await uprightness(models, raster, boxes, direction);
    return { raster, scale, boxes, direction, upright };
  }
  const own = alongOwnText(outline, boxes, direction);
  const upright = await uprightness(models, raster, own.boxes, own.direction);
  return { raster, scale, boxes, direction: own.direction, upright, outline: own.outline };
}

interface OwnText {
  /** Those on the card. */
  readonly boxes: readonly TextBox[];
  readonly direction: number;
  readonly outline: CardOutline;
}

/**
 * A form around the card may have more text than the card, run another way and be upside down to it: once the outline
 * is known, only what is inside tells. Exported for its test.
 */
export function alongOwnText(outline: CardOutline, boxes: readonly TextBox[], direction: number): OwnText {
  const own = boxes.filter((box) => insideQuad(outline.quad, box.centre));
  const ownDirection = textDirection(own) ?? direction;
  const quarterTurns = Math.round((ownDirection - direction) / (Math.PI / 2));
  return { boxes: own, direction: ownDirection, outline: turnOutline(outline, quarterTurns) };
}
