/**
 * Which international scheme a number belongs to, for prefixes that the BIN table does not have. The ranges are those
 * that the schemes publish under ISO/IEC 7812-1: first digits, and the lengths that are issued.
 */

interface Scheme {
  /** First and last of the range, of equally many digits. */
  readonly from: string;
  readonly to: string;
  readonly lengths: readonly number[];
}

const SCHEMES: readonly Scheme[] = [
  { from: '4', to: '4', lengths: [13, 16, 19] }, // Visa
  { from: '51', to: '55', lengths: [16] }, // Mastercard
  { from: '2221', to: '2720', lengths: [16] }, // Mastercard
  { from: '34', to: '34', lengths: [15] }, // American Express
  { from: '37', to: '37', lengths: [15] }, // American Express
  { from: '3528', to: '3589', lengths: [16, 17, 18, 19] }, // JCB
  { from: '300', to: '305', lengths: [14, 16, 19] }, // Diners Club
  { from: '36', to: '36', lengths: [14, 16, 19] }, // Diners Club
  { from: '38', to: '39', lengths: [14, 16, 19] }, // Diners Club
  { from: '6011', to: '6011', lengths: [16, 19] }, // Discover
  { from: '644', to: '649', lengths: [16, 19] }, // Discover
  { from: '65', to: '65', lengths: [16, 19] }, // Discover
  { from: '62', to: '62', lengths: [16, 17, 18, 19] }, // UnionPay
];

export type SchemeMatch = 'matches' | 'otherLength' | 'none';

/** `number` is digits only. */
export function matchScheme(number: string): SchemeMatch {
  const own = SCHEMES.filter(({ from, to }) => {
    const start = number.slice(0, from.length);
    return start >= from && start <= to;
  });
  if (own.length === 0) return 'none';
  return own.some(({ lengths }) => lengths.includes(number.length)) ? 'matches' : 'otherLength';
}
