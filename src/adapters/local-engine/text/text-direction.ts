/** Which way the text of a photograph runs. */
import { lineAngleDifference, normaliseLineAngle } from '../picture/geometry';
import type { Models } from './models';
import { cutBox } from './strips';
import { turnRaster, type Raster } from '../picture/raster';
import type { TextBox } from './text-detection';
import { readText, recogniseText } from './text-recognition';

const WINDOW = (12 * Math.PI) / 180;
/** Boxes of one or two characters say nothing about the direction. */
const LEAST_PROPORTION = 1.8;

/** The direction that most of the text's length agrees on, in (-pi/2, pi/2]; undefined when no box is long enough. */
export function textDirection(boxes: readonly TextBox[]): number | undefined {
  const long = boxes.filter((box) => box.width > LEAST_PROPORTION * box.height);
  let best: { weight: number; direction: number } | undefined;
  for (const { angle } of long) {
    let weight = 0;
    let turn = 0;
    for (const other of long) {
      const difference = lineAngleDifference(other.angle, angle);
      if (Math.abs(difference) > WINDOW) continue;
      weight += other.width;
      turn += other.width * difference;
    }
    if (!best || weight > best.weight)
      best = { weight, direction: normaliseLineAngle(angle + turn / weight) };
  }
  return best?.direction;
}

/** Widest boxes that are read both ways. */
const PROBES = 4;
/** So many characters with so great a difference of confidence need no further probe. */
const CLEAR_LENGTH = 8;
const CLEAR_DIFFERENCE = 0.25;
const CERTAIN = 0.95;
const CERTAIN_LENGTH = 4;

/**
 * Positive when the text is upright along `direction`, negative when it is upside down; near 0 is anyone's guess.
 * The unit is the difference of the mean confidences (0-1).
 */
export async function uprightness(
  models: Models,
  raster: Raster,
  boxes: readonly TextBox[],
  direction: number,
): Promise<number> {
  const probes = boxes
    .filter(
      (box) => box.width > 2 * box.height && Math.abs(lineAngleDifference(box.angle, direction)) < WINDOW,
    )
    .sort((a, b) => b.width - a.width)
    .slice(0, PROBES);
  let difference = 0;
  let weight = 0;
  for (const probe of probes) {
    // A box's own angle may be the other representative of the same line (almost vertical text).
    const angle = direction + lineAngleDifference(probe.angle, direction);
    const upright = cutBox(raster, { ...probe, angle });
    const read = async (strip: Raster) => readText(await recogniseText(models, strip), models.characters);
    const up = await read(upright);
    // Words that are read so surely are the right way up: no need to look at them the other way.
    if (up.confidence >= CERTAIN && tellingLength(up.text) >= CERTAIN_LENGTH) return up.confidence;
    const down = await read(turnRaster(upright));
    const length = Math.max(tellingLength(up.text), tellingLength(down.text));
    difference += length * (up.confidence - down.confidence);
    weight += length;
    if (weight >= CLEAR_LENGTH && Math.abs(difference) > CLEAR_DIFFERENCE * weight) break;
  }
  return weight === 0 ? 0 : difference / weight;
}

/** Digits such as 8, 0, 6 and letters such as X, H, N look like text upside down too: they hardly tell. */
export function tellingLength(text: string): number {
  const telling = text.replace(/[\d\sXHINOSZxosz.,\-/|]/g, '').length;
  return telling + 0.1 * (text.length - telling);
}

/** Portrait designs with a number along the long side have text in two directions, a right angle apart. */
export function hasTextAcross(boxes: readonly TextBox[], direction: number): boolean {
  return boxes.some(
    (box) =>
      box.width > 5 * box.height &&
      Math.abs(lineAngleDifference(box.angle, direction + Math.PI / 2)) < WINDOW,
  );
}
