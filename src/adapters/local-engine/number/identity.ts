/**
 * Whether a number belongs to an identity card and not to a bank card: both are long numbers on a card of the same
 * size, and the 18 digits of a resident's number may begin like a bank's prefix.
 */

/** What a resident identity card prints. A social security card is a bank card too, so that its words are not here. */
const IDENTITY_WORDS = /公民身份|身份号码|居民身份证|签发机关|民族|住址/;
/** First two digits of a resident's number: provinces and regions, GB/T 2260. */
const REGIONS = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])/;
/** Weights of the check digit, GB 11643-1999 (ISO 7064, MOD 11-2). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1] as const;

export interface SeenOnCard {
  readonly digits: string;
  /** All that was read on it. */
  readonly text: string;
  /** Whether the number's prefix and length are a bank's. */
  readonly prefixKnown: boolean;
}

/** Words alone do not decide: a bank's card may well have them beside its own number. */
export function isIdentityCard({ digits, text, prefixKnown }: SeenOnCard, now: Date): boolean {
  const words = IDENTITY_WORDS.test(text);
  if (isResidentNumber(digits, now)) return words || !prefixKnown;
  return words && !prefixKnown;
}

/** Region, date of birth, order, check digit: 18 digits, or 17 where the last character is an X, which stands for 10. */
function isResidentNumber(digits: string, now: Date): boolean {
  if ((digits.length !== 17 && digits.length !== 18) || !REGIONS.test(digits)) return false;
  const [year, month, day] = [digits.slice(6, 10), digits.slice(10, 12), digits.slice(12, 14)].map(Number);
  if (!year || !month || !day || year < 1900 || year > now.getUTCFullYear()) return false;
  const born = new Date(Date.UTC(year, month - 1, day));
  if (born.getUTCMonth() !== month - 1) return false;
  const last = digits.length === 17 ? 10 : Number(digits[17]);
  const sum = WEIGHTS.reduce((all, weight, at) => all + weight * (at === 17 ? last : Number(digits[at])), 0);
  return sum % 11 === 1;
}
