/**
 * Whether a picture shows the back of a card, or a front that carries its code. Words alone prove a back where they are many
 * enough; a code that stands where a CVV stands needs few of them or none. Each rule below is one line of a table.
 */
import { afterLabel, type BackWords } from './back-words';
import {
  fromMiddle,
  hasLongLabel,
  isCode,
  isLone,
  labelledCode,
  LEAST_CONFIDENCE,
  sameLine,
  SURE,
  textBefore,
  type PlacedText,
} from './card-secret';
import { unlabelledCodes } from './unlabelled-code';
import { distance, type RotatedRectangle } from '../picture/geometry';

export interface SeenOnPicture {
  readonly words: BackWords;
  readonly texts: readonly PlacedText[];
  /** Whether a dark bar like a magnetic stripe is there. */
  readonly stripe: boolean;
}

/** How far to the right of the date a code may stand, in heights: the next thing in the row. */
const AFTER_DATE_REACH = 8;

const SIGNS: readonly (readonly [what: string, holds: (seen: SeenOnPicture) => boolean])[] = [
  ['it speaks of the signature', ({ words }) => words === 'signed'],
  ['it says two different things that only small print says', ({ words }) => words === 'smallPrint'],
  ['it says one, and three digits stand alone', ({ words, texts }) => words === 'some' && hasLoneCode(texts)],
  ['it has a stripe, and three digits stand alone', ({ stripe, texts }) => stripe && hasLoneCode(texts)],
  [
    'digits stand under or beside the label of a CVV',
    ({ texts }) => texts.some((one) => isLabelled(one, texts)),
  ],
  [
    'the last four digits of its number stand again, three after them',
    ({ texts }) => texts.some((one) => isLastFourAgain(one, texts)),
  ],
  ['three digits alone follow the date', ({ texts }) => texts.some((one) => followsDate(one, texts))],
  [
    'beside number and date digits stand that are neither, where codes do',
    ({ texts, words }) => unlabelledCodes(texts, words).length > 0,
  ],
];

/** One sign is enough. */
export function isBack(seen: SeenOnPicture): boolean {
  return SIGNS.some(([, holds]) => holds(seen));
}

/** Whether a closer look may find a code: its digits were read, or its label. */
export function mayShowCode(texts: readonly PlacedText[]): boolean {
  return (
    hasLoneCode(texts) ||
    unlabelledCodes(texts, 'some').length > 0 ||
    texts.some(
      (one) => afterLabel(one.text) !== undefined || followsDate(one, texts) || isLastFourAgain(one, texts),
    ) ||
    numberOfAmericanExpress(texts) !== undefined
  );
}

/** Hotlines with a code of 400 or 800 have seven more digits. */
const FOUR_THEN_THREE = /^(?!400|800)(\d{4}) ?\d{3}$/;

function hasLoneCode(texts: readonly PlacedText[]): boolean {
  return texts.some(
    (one) =>
      one.confidence >= SURE &&
      (FOUR_THEN_THREE.test(one.text) || (isCode(one.text, 3) && isLone(one, texts))),
  );
}

/** The signature strip repeats the end of the number before the code. */
function isLastFourAgain(one: PlacedText, texts: readonly PlacedText[]): boolean {
  const [, four] = FOUR_THEN_THREE.exec(one.text) ?? [];
  return (
    four !== undefined &&
    one.confidence >= SURE &&
    texts.some(({ text }) => {
      const digits = text.replaceAll(' ', '');
      return /^\d{12,19}$/.test(digits) && digits.endsWith(four);
    })
  );
}

function isLabelled(label: PlacedText, texts: readonly PlacedText[]): boolean {
  const digits = afterLabel(label.text);
  if (digits === undefined || label.confidence < LEAST_CONFIDENCE) return false;
  if (digits.length >= 3) return digits.length === 3 || hasLongLabel(label.text);
  return labelledCode(label, texts) !== undefined;
}

const DATE_AT_END = /(?:^|[^\d/])(?:0[1-9]|1[0-2])\/(?:20)?\d{2}$/;
const DATE_THEN_CODE = /(?:^|[^\d/])(?:0[1-9]|1[0-2])\/(?:20)?\d{2} *\d{3}$/;

function followsDate(one: PlacedText, texts: readonly PlacedText[]): boolean {
  if (one.confidence < SURE) return false;
  if (/ \d{3}$/.test(one.text) && DATE_THEN_CODE.test(one.text)) return true;
  if (!isCode(one.text, 3)) return false;
  const before = textBefore(one, texts);
  return (
    before !== undefined &&
    before.confidence >= SURE &&
    DATE_AT_END.test(before.text.replaceAll(' ', '')) &&
    distance(before.box.centre, one.box.centre) <
      AFTER_DATE_REACH * one.box.height + (before.box.width + one.box.width) / 2
  );
}

// --- fronts ----------------------------------------------------------------------------------------------------------

/** American Express' numbers: ISO/IEC 7812-1 prefixes 34 and 37, 15 digits. */
const AMERICAN_EXPRESS = /^3[47]\d{13}$/;
/** How far above the number its code stands, in heights of the number. */
const NEAREST_ABOVE = 0.8;
const FARTHEST_ABOVE = 6;

/**
 * American Express prints a code of four digits on the front, flat, above the number on its right. The same four digits
 * as the number begins with, or a year, stand below it, on any card.
 */
export function codesOfFront(texts: readonly PlacedText[]): PlacedText[] {
  const number = numberOfAmericanExpress(texts);
  if (!number) return [];
  return texts.filter((one) => {
    if (!isCode(one.text, 4) || one.confidence < SURE || !isLone(one, texts)) return false;
    const { right, down } = fromMiddle(number, one.box);
    return (
      right > 0 &&
      right < number.width &&
      -down > NEAREST_ABOVE * number.height &&
      -down < FARTHEST_ABOVE * number.height
    );
  });
}

/** Where the number stands, whether it was read as a whole or in its groups of 4, 6 and 5. */
function numberOfAmericanExpress(texts: readonly PlacedText[]): RotatedRectangle | undefined {
  const parts = texts.filter(({ text }) => /^[\d ]+$/.test(text));
  for (const part of parts) {
    const row = parts
      .filter((other) => other === part || sameLine(other.box, part.box))
      .sort((a, b) => fromMiddle(part.box, a.box).right - fromMiddle(part.box, b.box).right);
    if (!AMERICAN_EXPRESS.test(row.map(({ text }) => text.replaceAll(' ', '')).join(''))) continue;
    const [first, last] = [row[0] ?? part, row.at(-1) ?? part];
    const centre = {
      x: (first.box.centre.x + last.box.centre.x) / 2,
      y: (first.box.centre.y + last.box.centre.y) / 2,
    };
    const width = distance(first.box.centre, last.box.centre) + (first.box.width + last.box.width) / 2;
    return { ...part.box, centre, width };
  }
  return undefined;
}
