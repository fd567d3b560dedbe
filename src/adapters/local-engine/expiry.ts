/** The expiry date among a card's texts. */

export interface Expiry {
  readonly month: number;
  readonly year: number;
}

/** Letters that embossed digits are taken for. */
const ALIKE: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  D: '0',
  I: '1',
  l: '1',
  '|': '1',
  Z: '2',
  S: '5',
  B: '8',
  b: '6',
};
const DATE = /(?<![0-9/])([0-9OoDIl|ZSBb]{2})\s?[/／\\]\s?((?:20)?[0-9OoDIl|ZSBb]{2})(?![0-9])/g;
export const EXPIRY_LABEL = /VALID|THRU|GOOD|EXP|MONTH|YEAR|有效|效期|截止/i;
/** Issued-since dates stand beside expiry dates on some cards. */
const SINCE = /SINCE|FROM|MEMBER/i;

export interface DatedText {
  readonly text: string;
  readonly expiry: Expiry;
}

/** All dates in one text, impossible months included: a month 88 must not be silently lost. */
export function datesIn(text: string): Expiry[] {
  return [...text.matchAll(DATE)].map(([, month = '', year = '']) => {
    const fullYear = Number(toDigits(year));
    return { month: Number(toDigits(month)), year: fullYear < 100 ? 2000 + fullYear : fullYear };
  });
}

function toDigits(text: string): string {
  return [...text].map((character) => ALIKE[character] ?? character).join('');
}

/** Of several dates: possible before impossible, labelled as expiry before unlabelled, then the latest. */
export function findExpiry(texts: readonly string[], now: Date): Expiry | undefined {
  const found = texts.flatMap((text) => datesIn(text).map((expiry) => ({ text, expiry })));
  const worth = ({ text, expiry }: DatedText): number =>
    (isPlausible(expiry, now) ? 1000 : 0) +
    (EXPIRY_LABEL.test(text) ? 300 : 0) -
    (SINCE.test(text) && !EXPIRY_LABEL.test(text) ? 300 : 0) +
    Math.min(99, expiry.year - 2000) +
    expiry.month / 100;
  return found.sort((a, b) => worth(b) - worth(a))[0]?.expiry;
}

/** A real month, and a year that a card can carry: issued this century, valid at most twenty years from now. */
export function isPlausible({ month, year }: Expiry, now: Date): boolean {
  return month >= 1 && month <= 12 && year >= 2000 && year <= now.getUTCFullYear() + 20;
}

/** Passed or impossible (-9110). A card is valid to the last day of its month. */
export function isInvalidExpiry(expiry: Expiry, now: Date): boolean {
  if (!isPlausible(expiry, now)) return true;
  return now.getTime() >= Date.UTC(expiry.year, expiry.month, 1);
}

export function formatExpiry({ month, year }: Expiry): string {
  return `${String(month).padStart(2, '0')}/${year}`;
}
