/**
 * Numbers of cards in text that was not read from a card: names of files and folders, links, names of batches. Whatever could
 * be one is masked, rather too much than too little; only what is certainly a time stays.
 */
import { MIN_DIGITS } from './number';

/**
 * What people and programs put between the digits of one number: spaces and dashes anywhere, also as links write them; other
 * signs only after groups of some length, since they part dates, addresses and versions too.
 */
const BETWEEN = [
  String.raw`(?:[ \t\u00a0\u3000\-\u2010-\u2015\u2212]|%20|%2d){0,2}`,
  String.raw`(?<=\p{Nd}{3})[_+]`,
  String.raw`(?<=\p{Nd}{4})\.`,
];
const RUN = new RegExp(String.raw`\p{Nd}(?:(?:${BETWEEN.join('|')})\p{Nd})*`, 'giu');

/**
 * A day, perhaps with its time, at the start of a run and perhaps after a short running number: no issuer's numbers begin with
 * 19 or 20. Or milliseconds since 1970, as telephones name their pictures: thirteen digits that begin with 1 are no card's.
 */
const TIME = new RegExp(
  String.raw`^(?:\d{1,3}[ \-_.]{1,2})?(?:` +
    String.raw`(?:19|20)\d\d[ \-_.]?(?:0[1-9]|1[0-2])[ \-_.]?(?:0[1-9]|[12]\d|3[01])` +
    String.raw`(?:[ \-_.]{0,2}(?:[01]\d|2[0-3])[ \-_.]?[0-5]\d(?:[ \-_.]?[0-5]\d(?:[ \-_.]?\d{3})?)?)?` +
    String.raw`|1[4-9]\d{11})(?!\p{Nd})`,
  'u',
);

const digitsIn = (text: string): number => text.replace(/%20|%2d|\P{Nd}/giu, '').length;

/** The text with every run of digits that could be a card's number made into something else. */
export function replaceNumbers(text: string, other: (run: string) => string): string {
  return text.replace(RUN, (run) => {
    if (digitsIn(run) < MIN_DIGITS) return run;
    const [time] = TIME.exec(run) ?? [];
    return time === undefined ? other(run) : time + replaceNumbers(run.slice(time.length), other);
  });
}

/** First six and last four digits stay, as where the number itself is shown. */
export function maskNumbersIn(text: string): string {
  return replaceNumbers(text, (run) => {
    const last = digitsIn(run) - 4;
    let at = 0;
    return run.replace(/%20|%2d|\p{Nd}/giu, (sign) => {
      if (sign.startsWith('%')) return sign;
      at++;
      return at > 6 && at <= last ? '•' : sign;
    });
  });
}
