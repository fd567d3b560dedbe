/** Card numbers: what is a digit, how they are shown, and the checks that need nothing but the digits. */

/** Length of a card number, ISO/IEC 7812-1: at most 19; Chinese cards have 13 at least, older ones elsewhere 12. */
export const MIN_DIGITS = 12;
export const MAX_DIGITS = 19;

const FULL_WIDTH_ZERO = '０'.charCodeAt(0);

/** Digits of what a person typed or pasted: spaces, dashes and full-width forms are understood. Undefined when anything else is in it. */
export function parseCardNumber(text: string): string | undefined {
  const digits = text
    .replace(/[０-９]/g, (wide) => String(wide.charCodeAt(0) - FULL_WIDTH_ZERO))
    .replace(/[\s\u3000\-‐‑–—]/g, '');
  if (!/^\d+$/.test(digits)) return undefined;
  return digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS ? digits : undefined;
}

/** First six and last four digits, the rest as `•`: what PCI DSS 3.4 allows to be shown at most. */
export function maskCardNumber(digits: string): string {
  if (digits.length < MIN_DIGITS) return '•'.repeat(digits.length);
  return digits.slice(0, 6) + '•'.repeat(digits.length - 10) + digits.slice(-4);
}

/** Groups of four as on the card; the last group of a 19-digit number has three. */
export function groupCardNumber(digits: string): string {
  return digits.replace(/(.{4})(?=.)/g, '$1 ');
}

/**
 * Luhn's check, ISO/IEC 7812-1 annex B, of digits and nothing else. A doubt when it fails, never a block: real Chinese
 * cards fail it. The local engine asks it of whole readings only: choosing digits so that they pass would invent numbers.
 */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = Number(digits[digits.length - 1 - fromRight]);
    const doubled = fromRight % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** Positions in which two readings of the same length differ; undefined when their lengths differ. */
export function differingDigits(one: string, other: string): readonly number[] | undefined {
  if (one.length !== other.length) return undefined;
  return [...one].flatMap((digit, at) => (digit === other[at] ? [] : [at]));
}

/** `MM/YYYY` of what was typed (`7/23`, `0723`, `07/2023`, `2023-07`); undefined when it is no month of a year. */
export function parseValidDate(text: string): string | undefined {
  const compact = text.trim();
  const yearFirst = /^(\d{4})\s*[-/.年]\s*(\d{1,2})月?$/.exec(compact);
  const monthFirst =
    /^(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})$/.exec(compact) ?? /^(\d{2})(\d{4}|\d{2})$/.exec(compact);
  const [month, year] = yearFirst ? [yearFirst[2], yearFirst[1]] : [monthFirst?.[1], monthFirst?.[2]];
  if (month === undefined || year === undefined) return undefined;
  const monthNumber = Number(month);
  if (monthNumber < 1 || monthNumber > 12) return undefined;
  return `${String(monthNumber).padStart(2, '0')}/${year.length === 2 ? `20${year}` : year}`;
}
