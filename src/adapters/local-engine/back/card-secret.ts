/**
 * Where a card's CVV stands, by what was read around it. Told only of pictures that show a back: an unlikely spot is
 * then named rather than missed.
 */
import { passesLuhn } from '../../../shared/number';
import { afterLabel, bare } from './back-words';
import {
  distance,
  lineAngleDifference,
  rectangleCorners,
  type Quad,
  type RotatedRectangle,
} from '../picture/geometry';

/** A text and where it stands; `box.angle` is the way it was read. */
export interface PlacedText {
  readonly box: RotatedRectangle;
  readonly text: string;
  /** 0-1. */
  readonly confidence: number;
  /** Middle of each character of `text`, as a share (0-1) of the box's width. */
  readonly at: readonly number[];
}

const DIGITS_ALIKE: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  I: '1',
  l: '1',
  '|': '1',
  S: '5',
  B: '8',
};
/** Digits pressed into the front are read from behind as something, but not surely. */
export const LEAST_CONFIDENCE = 0.6;
/** Room around what is named, in heights of its text. */
const ROOM = 0.3;
/** Where the digits of a label may stand: so many of its heights to the right of it and below. */
const LABEL_REACH = 4.5;
/** Where a code may stand that was read: so many heights, of its own or of its label, from it. */
const CODE_REACH = 4;
/** Read so surely as print is; what is pressed through from the other side is not. */
export const SURE = 0.8;
/** How far after the last four digits the three may stand, in heights. */
const BESIDE_REACH = 4.5;
const NUMBER_LENGTH = 16;

/** Corners of all places, with some room, in pixels of the picture that the texts were read on. */
export function findSecrets(texts: readonly PlacedText[]): Quad[] {
  return texts.map((text) => secretOf(text, texts)).filter((quad) => quad !== undefined);
}

function secretOf(placed: PlacedText, all: readonly PlacedText[]): Quad | undefined {
  if (placed.confidence < LEAST_CONFIDENCE) return undefined;
  const digits = afterLabel(placed.text);
  if (digits !== undefined) return digits.length >= 3 ? withRoom(placed.box) : besideLabel(placed, all);
  const from = startOfSecret(placed.text);
  if (from === undefined) return undefined;
  if (from === 0) return belongsToNumber(placed, all) ? undefined : withRoom(placed.box);
  return part(placed, from);
}

/** Telephone numbers and clock times hold digits too. */
const NO_SECRET = /[:：年月]|\d-\d|热线|电话|TEL|客服/i;
/** A date and, after it in the same text, three digits. */
const AFTER_DATE = /\d{1,2}\/(20)?\d{2}\D{0,2}\d{3}\D?$/;

/** Index of the first character of what may be a CVV; undefined when the text holds none. */
export function startOfSecret(text: string): number | undefined {
  const characters = [...text];
  const digitAt = (character: string): string => DIGITS_ALIKE[character] ?? character;
  const places = characters.flatMap((character, index) => (/\d/.test(digitAt(character)) ? [index] : []));
  const last = places.at(-3);
  if (NO_SECRET.test(text)) return undefined;
  if (/\d\/\d/.test(text)) return AFTER_DATE.test(text) ? last : undefined;
  const others = characters.filter((character, index) => character !== ' ' && !places.includes(index)).length;
  const real = text.replace(/\D/g, '').length;
  if (others <= 1) {
    const digits = places.map((index) => digitAt(characters[index] ?? '')).join('');
    return real < 2 ? undefined : startAmongDigits(digits, last);
  }
  // What precedes them may be anything: a signature, the words beside the strip.
  const tail = /(\d[\d ]*)\D?$/.exec(text)?.[1]?.replaceAll(' ', '') ?? '';
  return tail.length === 3 || tail.length === 7 ? last : undefined;
}

/** One digit more or less than the last four and the three is one that was doubled or lost. */
function startAmongDigits(digits: string, last: number | undefined): number | undefined {
  const { length } = digits;
  if (length === 3) return 0;
  // 95xxx and 96xxx are hotlines of banks.
  if (length >= 5 && length <= 8) return length === 5 && /^9[56]/.test(digits) ? undefined : last;
  if (length === NUMBER_LENGTH + 3) {
    return passesLuhn(digits.slice(0, NUMBER_LENGTH)) && !passesLuhn(digits) ? last : undefined;
  }
  return length > NUMBER_LENGTH + 3 ? last : undefined;
}

/** Three digits at the end of a line of digits are the number's own, unless the number is whole without them. */
function belongsToNumber(placed: PlacedText, all: readonly PlacedText[]): boolean {
  const before = all.filter(
    (other) => other !== placed && sameLine(other.box, placed.box) && isDigits(other.text),
  );
  const digits = before
    .sort((a, b) => along(a.box, placed.box) - along(b.box, placed.box))
    .map(({ text }) => text.replace(/\D/g, ''))
    .join('');
  if (digits.length < 8) return false;
  return !(digits.length === NUMBER_LENGTH && passesLuhn(digits));
}

/** So many digits and nothing else, every one of them read as a digit. */
export function isCode(text: string, digits: 3 | 4): boolean {
  return /^\d+$/.test(text) && text.length === digits;
}

/** Not a group of a number: three digits may follow the last four, four stand in a row of their own. */
export function isLone(placed: PlacedText, all: readonly PlacedText[]): boolean {
  const others = all
    .filter((other) => other !== placed && sameLine(other.box, placed.box) && isDigits(other.text))
    .reduce((sum, { text }) => sum + text.replace(/\D/g, '').length, 0);
  return placed.text.length <= 3 ? others < 8 : others === 0;
}

/** The three or four digits that a label without any stands above or before. */
export function labelledCode(label: PlacedText, texts: readonly PlacedText[]): PlacedText | undefined {
  const four = hasLongLabel(label.text);
  return texts.find(
    (other) =>
      other !== label &&
      other.confidence >= SURE &&
      (isCode(other.text, 3) || (four && isCode(other.text, 4))) &&
      isLone(other, texts) &&
      isBelowOrAfter(other.box, label.box),
  );
}

/** Two letters alone may be a scheme's mark half read. */
export function hasLongLabel(text: string): boolean {
  return bare(text).replace(/\d+$/, '').length >= 3;
}

/** Whether it stands where the digits of that label would. */
export function isBelowOrAfter(box: RotatedRectangle, label: RotatedRectangle): boolean {
  const { right, down } = fromMiddle(label, box);
  const reach = CODE_REACH * Math.max(box.height, label.height);
  return (
    distance(box.centre, label.centre) < reach + label.width / 2 &&
    down > -0.8 * box.height &&
    right > -label.width / 2 - box.width / 2 - box.height
  );
}

/** How far `box` is to the right of the middle of `origin` and below it, as `origin` is read. */
export function fromMiddle(
  origin: RotatedRectangle,
  { centre }: RotatedRectangle,
): { readonly right: number; readonly down: number } {
  const [x, y] = [centre.x - origin.centre.x, centre.y - origin.centre.y];
  const [cos, sin] = [Math.cos(origin.angle), Math.sin(origin.angle)];
  return { right: x * cos + y * sin, down: y * cos - x * sin };
}

/** The text that stands next before another one in its line. */
export function textBefore(placed: PlacedText, all: readonly PlacedText[]): PlacedText | undefined {
  const place = along(placed.box, placed.box);
  return all
    .filter(
      (other) => other !== placed && sameLine(other.box, placed.box) && along(other.box, placed.box) < place,
    )
    .sort((a, b) => along(b.box, placed.box) - along(a.box, placed.box))[0];
}

/** The places to the right of lone groups of four digits, where the three belong. */
export function lastFours(texts: readonly PlacedText[]): RotatedRectangle[] {
  return texts
    .filter(
      (one) =>
        one.confidence >= LEAST_CONFIDENCE &&
        /^\d{4}$/.test(one.text) &&
        !texts.some((other) => other !== one && sameLine(other.box, one.box) && isGroups(other.text)),
    )
    .map(({ box }) => {
      const width = box.height * BESIDE_REACH;
      const step = (box.width + width) / 2;
      const centre = {
        x: box.centre.x + Math.cos(box.angle) * step,
        y: box.centre.y + Math.sin(box.angle) * step,
      };
      return { ...box, centre, width };
    });
}

/** Of the number: in fours, as many as a number has or some of them. */
function isGroups(text: string): boolean {
  return /^(\d{4} ?)+$/.test(text);
}

function isDigits(text: string): boolean {
  return /^[\d\s]+$/.test(text);
}

/** Whether the two stand beside each other along the second one, about as high. */
export function sameLine(one: RotatedRectangle, other: RotatedRectangle): boolean {
  const across =
    -Math.sin(other.angle) * (one.centre.x - other.centre.x) +
    Math.cos(other.angle) * (one.centre.y - other.centre.y);
  return (
    Math.abs(across) < 0.6 * other.height &&
    Math.max(one.height, other.height) < 1.7 * Math.min(one.height, other.height)
  );
}

function along(one: RotatedRectangle, of: RotatedRectangle): number {
  return Math.cos(of.angle) * one.centre.x + Math.sin(of.angle) * one.centre.y;
}

/** The digits of a label stand to its right or below it. Where none were read, the place is named where they should be. */
function besideLabel(label: PlacedText, all: readonly PlacedText[]): Quad | undefined {
  const near = all.find(
    (other) =>
      other !== label &&
      startOfSecret(other.text) === 0 &&
      distance(other.box.centre, label.box.centre) < LABEL_REACH * label.box.height + label.box.width,
  );
  // Named by itself already.
  if (near) return undefined;
  const code = labelledCode(label, all);
  if (code) return withRoom(code.box);
  const { centre, width, height, angle } = label.box;
  const [right, down] = [height, height * 1.2];
  return rectangleCorners({
    centre: {
      x: centre.x + Math.cos(angle) * right - Math.sin(angle) * down,
      y: centre.y + Math.sin(angle) * right + Math.cos(angle) * down,
    },
    width: width + height * LABEL_REACH,
    height: height * LABEL_REACH,
    angle,
  });
}

/** The corners of the box with some room around it. */
export function withRoom(box: RotatedRectangle): Quad {
  const room = box.height * ROOM;
  return rectangleCorners({ ...box, width: box.width + 2 * room, height: box.height + 2 * room });
}

/** From the character at `from` to the end of the box. */
function part({ box, at }: PlacedText, from: number): Quad {
  const [before = 0, first = 0] = [at[from - 1], at[from]];
  const start = Math.max(0, (before + first) / 2);
  const middle = (start + 1) / 2 - 0.5;
  return withRoom({
    ...box,
    centre: {
      x: box.centre.x + Math.cos(box.angle) * box.width * middle,
      y: box.centre.y + Math.sin(box.angle) * box.width * middle,
    },
    width: box.width * (1 - start),
  });
}

/** A box along `direction`: that of a few digits is about square, and its longer side may be either. */
export function alongDirection<Box extends RotatedRectangle>(box: Box, direction: number): Box {
  const difference = lineAngleDifference(box.angle, direction);
  if (Math.abs(difference) < Math.PI / 4 || box.width > 2.2 * box.height)
    return { ...box, angle: direction + difference };
  const turned = lineAngleDifference(box.angle + Math.PI / 2, direction);
  return { ...box, width: box.height, height: box.width, angle: direction + turned };
}
