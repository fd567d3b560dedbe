/** The ways in which the card on a photograph may be laid flat, likeliest first. */
import { boundingRectangleAlong, distance, rectangleCorners, type Quad } from '../picture/geometry';
import type { CardOutline } from './quadrilateral';
import { warpQuad, type Raster } from '../picture/raster';
import type { TextBox } from '../text/text-detection';
import { hasTextAcross } from '../text/text-direction';

/** What is known of a photograph before the card is laid flat. */
export interface Scene {
  readonly raster: Raster;
  /** Pixels of the picture given per pixel of the raster. */
  readonly scale: number;
  readonly boxes: readonly TextBox[];
  /** Where the text runs, radians. */
  readonly direction: number;
  /** Positive when the text is upright along the direction; see `uprightness`. */
  readonly upright: number;
  readonly outline?: CardOutline;
}

export interface View {
  readonly raster: Raster;
  readonly quad: Quad;
  /** Of the card's own outline, or of the text's surroundings only. */
  readonly ofOutline: boolean;
  /** Quarter turns clockwise from the scene's direction to this view's. */
  readonly quarterTurns: number;
}

/** The flat card's size in pixels, long and short side: 12 pixels a millimetre. */
const CARD_LONG = 1024;
const CARD_SHORT = 646;
const HIGHEST_VIEW = 1400;
/** Differences of confidence that settle upright or upside down without trying both. */
const SURE_UPRIGHT = 0.12;
/** Room around the text, as a factor of its own size. */
const ROOM = 1.1;

/** Lazy: most cards need the first view only. */
export function* viewsOf(scene: Scene): Generator<View> {
  const first = scene.upright >= 0 ? 0 : 2;
  const turns = Math.abs(scene.upright) > SURE_UPRIGHT ? [first] : [first, 2 - first];
  for (const turn of turns) if (scene.outline) yield layOutlineFlat(scene, scene.outline, turn);
  for (const turn of turns) yield laySurroundingsFlat(scene, turn);
  if (!hasTextAcross(scene.boxes, scene.direction)) return;
  for (const turn of [1, 3]) {
    yield scene.outline ? layOutlineFlat(scene, scene.outline, turn) : laySurroundingsFlat(scene, turn);
  }
}

/** The same corners, beginning with the one that is top left after the quarter turns. */
function turned(quad: Quad, quarterTurns: number): Quad {
  return [...quad.slice(quarterTurns), ...quad.slice(0, quarterTurns)] as unknown as Quad;
}

function layOutlineFlat(scene: Scene, outline: CardOutline, quarterTurns: number): View {
  const portrait = quarterTurns % 2 === 0 ? outline.portrait : !outline.portrait;
  const [width, height] = portrait ? [CARD_SHORT, CARD_LONG] : [CARD_LONG, CARD_SHORT];
  const quad = turned(outline.quad, quarterTurns);
  return { raster: warpQuad(scene.raster, quad, width, height), quad, quarterTurns, ofOutline: true };
}

/** Without an outline: the text and some room around it, along the text's direction, in its own proportions. */
function laySurroundingsFlat(scene: Scene, quarterTurns: number): View {
  const corners = scene.boxes.flatMap((box) => rectangleCorners(box));
  const tight = boundingRectangleAlong(corners, scene.direction);
  const around = rectangleCorners({ ...tight, width: tight.width * ROOM, height: tight.height * ROOM });
  const quad = turned(around, quarterTurns);
  const [a, b, , d] = quad;
  const height = Math.round((CARD_LONG * distance(a, d)) / Math.max(1, distance(a, b)));
  const raster = warpQuad(scene.raster, quad, CARD_LONG, Math.min(HIGHEST_VIEW, Math.max(64, height)));
  return { raster, quad, quarterTurns, ofOutline: false };
}
