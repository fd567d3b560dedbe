/**
 * What intake has to know of a picture before anything of it is kept: whether several cards lie on it; whether it shows the
 * back of a card, and where digits stand that nobody may keep.
 */
import type { Corners, PictureLook } from '../../../core/intake/ports';
import { backWords } from './back-words';
import { alongDirection, findSecrets, withRoom, lastFours, type PlacedText } from './card-secret';
import { codesOfFront, isBack, mayShowCode, type SeenOnPicture } from './back-signs';
import { unlabelledCodes } from './unlabelled-code';
import { hasDarkStripe } from './dark-stripe';
import type { Quad, RotatedRectangle } from '../picture/geometry';
import type { Models } from '../text/models';
import { cutStrip } from '../text/strips';
import { cardsWithText, findCardRegions } from '../outline/card-regions';
import { decodePicture, quarterTurn, turnRaster, type Raster } from '../picture/raster';
import { detectText, type TextBox } from '../text/text-detection';
import { tellingLength, textDirection } from '../text/text-direction';
import { readWithPlaces, recogniseText, type PlacedReading } from '../text/text-recognition';

const FIRST_SIDE = 736;
/** A picture that shows a back is worth a closer look: the digits are small. */
const CLOSE_SIDE = 1280;
/** Fewer than any front has: something was not seen. */
const FEW_TEXTS = 4;
const MOST_TEXTS = 14;
const MOST_TEXTS_OF_BACK = 40;
/** Shorter texts than the widest ones that are read too, and how long they may be, in heights: four digits. */
const MOST_SHORT = 6;
const LONGEST_CODE = 3.5;
/** Of a CVV after the last four. */
const DIGITS_BESIDE = 3;
/** A text read so surely needs not be read upside down as well, once so much is known of which way is up (see `vote`). */
const SURE = 0.8;
const SETTLED = 2;
/** In heights: a name or a label. Wider ones may be numbers, which hardly tell which way is up, and are long to read twice. */
const [NARROWEST_NAME, WIDEST_NAME] = [2.5, 6.5];
/** Words read so surely are the right way up, whatever the others said. */
const CERTAIN = 0.95;

/** Corners in the answer are shares (0-1) of the picture's width and height, EXIF rotation applied. Throws for no picture. */
export async function lookAtPicture(models: Models, bytes: Uint8Array): Promise<PictureLook> {
  const { raster } = await decodePicture(bytes);
  const regions = await findCardRegions(raster);
  if (regions.length >= 2) {
    const cards = cardsWithText(regions, await detectText(models.detection, raster, CLOSE_SIDE));
    // Whatever their sides are is seen when each is looked at.
    if (cards.length >= 2)
      return { side: 'front', secrets: [], cards: cards.map((quad) => shares(quad, raster, false)) };
  }
  return { ...(await lookForBack(models, raster)), cards: [] };
}

async function lookForBack(models: Models, given: Raster): Promise<Omit<PictureLook, 'cards'>> {
  const first = await detectText(models.detection, given, FIRST_SIDE);
  const turned = runsUpright(first);
  // The detector misses half of the small print that runs up or down.
  const raster = turned ? quarterTurn(given) : given;
  const boxes = turned ? await detectText(models.detection, raster, FIRST_SIDE) : first;
  const texts = await readTexts(models, raster, boxes, widestAndShort(boxes));
  const words = backWords(texts.map(({ text }) => text));
  const stripe = await hasDarkStripe(given);
  const suspect = texts.length < FEW_TEXTS || words !== 'none' || stripe || mayShowCode(texts);
  if (!suspect) return { side: 'front', secrets: [] };
  const closer = await detectText(models.detection, raster, CLOSE_SIDE);
  const closeTexts = await readTexts(models, raster, closer, byWidth(closer).slice(0, MOST_TEXTS_OF_BACK));
  const closeWords = backWords([...texts, ...closeTexts].map(({ text }) => text));
  const seen = (of: readonly PlacedText[]): SeenOnPicture => ({ words: closeWords, texts: of, stripe });
  const placed = (quads: readonly Quad[]): Corners[] => quads.map((quad) => shares(quad, raster, turned));
  const plainFromNear = isBack(seen(closeTexts));
  if (!plainFromNear && !isBack(seen(texts))) {
    const codes = [...codesOfFront(texts), ...codesOfFront(closeTexts)];
    return { side: 'front', secrets: placed(codes.map(({ box }) => withRoom(box))) };
  }
  const beside = (await readBeside(models, raster, lastFours(closeTexts))).filter(mayBeBeside);
  // Short digits are misread from afar: they count only where nothing was read of them from near.
  const fromAfar = plainFromNear ? texts.slice(0, MOST_TEXTS) : texts;
  const secrets = [fromAfar, closeTexts, beside].flatMap(findSecrets);
  const unlabelled = [fromAfar, closeTexts].flatMap((seenTexts) => unlabelledCodes(seenTexts, closeWords));
  secrets.push(...unlabelled.map(({ box }) => withRoom(box)));
  return { side: 'back', secrets: placed(secrets) };
}

/** Room for three digits: many of them, read doubtfully, are the strip's own hatching. */
function mayBeBeside({ text, confidence }: PlacedText): boolean {
  return confidence >= SURE || text.replace(/\D/g, '').length < 2 * DIGITS_BESIDE;
}

function byWidth(boxes: readonly TextBox[]): TextBox[] {
  return [...boxes].sort((a, b) => b.width - a.width);
}

/** Long texts tell what is shown and which way is up; among the short ones a code may be. */
function widestAndShort(boxes: readonly TextBox[]): TextBox[] {
  const sorted = byWidth(boxes);
  const short = sorted
    .slice(MOST_TEXTS)
    .filter(({ width, height }) => width < LONGEST_CODE * height)
    .sort((a, b) => b.height - a.height);
  return [...sorted.slice(0, MOST_TEXTS), ...short.slice(0, MOST_SHORT)];
}

function runsUpright(boxes: readonly TextBox[]): boolean {
  const direction = textDirection(boxes);
  return direction !== undefined && Math.abs(direction) > Math.PI / 4;
}

/** In the picture as given. */
function shares(quad: Quad, { width, height }: Raster, turned: boolean): Corners {
  return quad.map(({ x, y }) =>
    turned ? { x: y / height, y: 1 - x / width } : { x: x / width, y: y / height },
  ) as unknown as Quad;
}

/** 1: as given, -1: turned by half. */
type Way = 1 | -1;

/** In the order of their widths, whatever the order in which they are read. */
async function readTexts(
  models: Models,
  raster: Raster,
  boxes: readonly TextBox[],
  chosen: readonly TextBox[],
): Promise<PlacedText[]> {
  const direction = textDirection(boxes) ?? 0;
  const widest = byWidth(chosen.map((box) => alongDirection(box, direction)));
  const texts = new Map<TextBox, PlacedText>();
  /** Positive: as given; the unit is a telling character times a difference of confidence. */
  let upright = 0;
  const likely = (): Way => (upright >= 0 ? 1 : -1);
  const isSettled = (): boolean => Math.abs(upright) > SETTLED;
  const believed = async (strip: Strip, first: PlacedText, way: Way): Promise<PlacedText> => {
    const telling = tellingLength(first.text);
    if (isSettled() && (first.confidence >= SURE || first.text === '')) return first;
    if (!isSettled() && first.confidence >= CERTAIN && telling >= 4) {
      upright += way * telling * (CERTAIN - SURE);
      return first;
    }
    const second = await readIn(models, strip, way === 1 ? -1 : 1);
    upright += way * vote(first, second);
    return second.confidence > first.confidence ? second : first;
  };
  // Digits hardly tell which way is up: once words have told it, most need no second reading.
  const digits: { readonly strip: Strip; readonly first: PlacedText; readonly way: Way }[] = [];
  for (const box of tellingFirst(widest)) {
    const strip = { box, raster: cutStrip(raster, box) };
    const way = likely();
    const first = await readIn(models, strip, way);
    if (!isSettled() && first.confidence >= SURE && /^[\d /]+$/.test(first.text))
      digits.push({ strip, first, way });
    else texts.set(box, await believed(strip, first, way));
  }
  for (const { strip, first, way } of digits) {
    const now = likely();
    texts.set(strip.box, await believed(strip, now === way ? first : await readIn(models, strip, now), now));
  }
  return widest.flatMap((box) => texts.get(box) ?? []);
}

interface Strip {
  readonly box: TextBox;
  readonly raster: Raster;
}

async function readIn(models: Models, { box, raster }: Strip, way: Way): Promise<PlacedText> {
  return way === 1
    ? { box, ...(await read(models, raster)) }
    : { box: halfTurned(box), ...(await read(models, turnRaster(raster))) };
}

/** Words tell which way is up, so that the digits of the others need no second reading. */
function tellingFirst(widest: readonly TextBox[]): TextBox[] {
  const isName = ({ width, height }: TextBox): boolean =>
    width >= NARROWEST_NAME * height && width <= WIDEST_NAME * height;
  return [...widest.filter(isName), ...widest.filter((box) => !isName(box))];
}

/** What is pressed through the strip or signed over the digits hides them from the detector, but not where they stand. */
async function readBeside(
  models: Models,
  raster: Raster,
  boxes: readonly RotatedRectangle[],
): Promise<PlacedText[]> {
  const texts: PlacedText[] = [];
  for (const box of boxes) {
    const spot = { ...box, score: 1 };
    texts.push({ box: spot, ...(await read(models, cutStrip(raster, spot))) });
  }
  return texts;
}

function halfTurned(box: TextBox): TextBox {
  return { ...box, angle: box.angle + Math.PI };
}

async function read(models: Models, strip: Raster): Promise<PlacedReading> {
  return readWithPlaces(await recogniseText(models, strip), models.characters);
}

/** How much more the first reading makes of the text than the second. Digits hardly tell: upside down they are digits too. */
function vote(first: PlacedReading, second: PlacedReading): number {
  const telling = Math.max(tellingLength(first.text), tellingLength(second.text));
  return telling * (first.confidence - second.confidence);
}
