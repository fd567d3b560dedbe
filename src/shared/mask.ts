/**
 * Numbers of cards in text that was not read from a card: names of files and folders, links, names of batches. Whatever could
 * be one is masked, rather too much than too little; only what is certainly a time stays.
 */
import { MAX_DIGITS, MIN_DIGITS } from './number';

/** A byte as links and paths write it, also twice over. */
const ESCAPE = '%(?:25)*[0-9a-f]{2}';
/**
 * What people and programs put between the digits of one number: blanks and dashes of any kind, and what is not seen, anywhere,
 * also as links write them; other signs only after groups of some length, since they part dates, addresses and versions too.
 * Letters part numbers, and so do folders.
 */
const BETWEEN = [
  String.raw`(?:[\p{Zs}\p{Pd}\p{Cf}\p{Cc}\u2043\u2212\ufffd]|%20|%2d|%c2%a0|%e3%80%80){0,3}`,
  String.raw`(?<=\p{Nd}{3})(?:[_+＿＋]|%5f|%2b){1,3}`,
  // But for which copy, or which of several cards, it is: ` (2)`, ` (1/4)`.
  String.raw`(?<=\p{Nd}{4})(?! ?\(\p{Nd}{1,3}(?:/\p{Nd}{1,3})?\))(?:[^\p{L}\p{Nd}/\\%]|(?:${ESCAPE}){1,3}){1,3}`,
];
const RUN = new RegExp(String.raw`\p{Nd}(?:(?:${BETWEEN.join('|')})\p{Nd})*`, 'giu');

/**
 * A day, perhaps with its time, at the start of a run and perhaps after a short running number: no issuer's numbers begin with
 * 19 or 20. Or milliseconds since 1970, as telephones name their pictures: thirteen digits that begin with 1 are no card's.
 */
const DAY =
  String.raw`(?:\d{1,3}[ \-_.]{1,3})?` +
  String.raw`(?:19|20)\d\d[ \-_.]?(?:0[1-9]|1[0-2])[ \-_.]?(?:0[1-9]|[12]\d|3[01])`;
const HOUR = String.raw`(?:[01]\d|2[0-3])[ \-_.]?[0-5]\d(?:[ \-_.]?[0-5]\d(?:[ \-_.]?\d{3})?)?`;
const END = String.raw`(?!\p{Nd})`;
const TIME = new RegExp(
  String.raw`^(?:${DAY}(?:[ \-_.]{0,3}${HOUR})?|(?:\d{1,3}[ \-_.]{1,3})?1[4-9]\d{11})${END}`,
  'u',
);
const DAY_ALONE = new RegExp(String.raw`^${DAY}${END}`, 'u');
/** Numbers that begin like an hour have sixteen digits; a time and a running number have fewer. */
const BEGIN_LIKE_AN_HOUR = 15;

function timeAt(run: string): string | undefined {
  const [day] = DAY_ALONE.exec(run) ?? [];
  const behind = day === undefined ? 0 : digitsIn(run.slice(day.length));
  if (behind >= BEGIN_LIKE_AN_HOUR && behind <= MAX_DIGITS) return day;
  return TIME.exec(run)?.[0];
}

const NO_DIGIT = new RegExp(String.raw`${ESCAPE}|\P{Nd}`, 'giu');
const SIGN = new RegExp(String.raw`${ESCAPE}|\p{Nd}`, 'giu');
const digitsIn = (text: string): number => text.replace(NO_DIGIT, '').length;

/** The text with every run of digits that could be a card's number made into something else. */
export function replaceNumbers(text: string, other: (run: string) => string): string {
  return text.replace(RUN, (run) => {
    if (digitsIn(run) < MIN_DIGITS) return run;
    const time = timeAt(run);
    return time === undefined ? other(run) : time + replaceNumbers(run.slice(time.length), other);
  });
}

/** First six and last four digits stay, as where the number itself is shown. */
export function maskNumbersIn(text: string): string {
  return replaceNumbers(text, (run) => {
    const last = digitsIn(run) - 4;
    let at = 0;
    return run.replace(SIGN, (sign) => {
      if (sign.startsWith('%')) return sign;
      at++;
      return at > 6 && at <= last ? '•' : sign;
    });
  });
}
