/**
 * Codes on backs that carry number and date as well, told by where they stand: their label was not read, or there is none, and the
 * same digits elsewhere would be a year, a part of the number or anything else.
 */
import { bare, type BackWords } from './back-words';
import { fromMiddle, isBelowOrAfter, isCode, isLone, SURE, type PlacedText } from './card-secret';

/** In heights of the number above its middle, and in its widths to the right of it: on the panel over its second half. */
const [NEAREST_ABOVE, FARTHEST_ABOVE] = [1.3, 4];
const [LEAST_RIGHT, MOST_RIGHT] = [0.3, 1.1];
/** About as high as the number. */
const [LEAST_HEIGHT, MOST_HEIGHT] = [0.8, 1.5];
/** What the recogniser makes of CVV, CVC or CID in small letters: cW, M, CWWV. */
const LABEL_HALF_READ = /^[CVWMINDO02]{1,4}$/;
const DATE = /^(?:0[1-9]|1[0-2])\/(?:20)?\d{2}$/;
const YEAR = /^(?:19|20)/;
/** The beginning of a hotline whose digits stand in groups. */
const HOTLINE = /^[48]00/;

/** None where number and date were not both read: then nothing is sure of what else the digits may be. */
export function unlabelledCodes(texts: readonly PlacedText[], words: BackWords): PlacedText[] {
  const number = texts.find(({ text }) => /^\d{13,19}$/.test(text.replaceAll(' ', '')));
  if (!number || !texts.some(({ text }) => DATE.test(text))) return [];
  return texts.filter((one) => {
    if (one.confidence < SURE || !isLone(one, texts)) return false;
    if (isCode(one.text, 3)) return standsOverTheEnd(one, number);
    return (
      isCode(one.text, 4) &&
      isNothingElse(one.text, number) &&
      (words !== 'none' || hasLabelHalfRead(one, texts))
    );
  });
}

function standsOverTheEnd({ box }: PlacedText, { box: number }: PlacedText): boolean {
  const { right, down } = fromMiddle(number, box);
  return (
    -down > NEAREST_ABOVE * number.height &&
    -down < FARTHEST_ABOVE * number.height &&
    right > LEAST_RIGHT * number.width &&
    right < MOST_RIGHT * number.width &&
    box.height > LEAST_HEIGHT * number.height &&
    box.height < MOST_HEIGHT * number.height
  );
}

/** Fronts repeat four digits of the number, and tell of a year. */
function isNothingElse(four: string, number: PlacedText): boolean {
  return !YEAR.test(four) && !HOTLINE.test(four) && !number.text.replaceAll(' ', '').includes(four);
}

function hasLabelHalfRead(code: PlacedText, texts: readonly PlacedText[]): boolean {
  return texts.some((label) => LABEL_HALF_READ.test(bare(label.text)) && isBelowOrAfter(code.box, label.box));
}
