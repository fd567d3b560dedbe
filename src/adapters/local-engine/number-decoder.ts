/**
 * From several strips of one line to the card number. What the strips say is weighed with what is known of prefixes
 * and lengths; Luhn's check digit has no say in it, so that it can be an independent judge of the result.
 */
import type { BinTable } from './bin-table';
import { alignDigits, logProbability, searchDigits, type DigitColumns } from './ctc-digits';
import { passesLuhn } from './luhn';

export interface NumberReading {
  readonly digits: string;
  /** What the strips say plus the prior of the prefix; only differences within one picture mean something. */
  readonly score: number;
  /** Mean log-probability of the digits over the strips. */
  readonly acoustic: number;
  /** Log-probability between the first and the second candidate. */
  readonly margin: number;
  /** Probability (0-1) of each digit, mean over the strips. */
  readonly digitConfidence: readonly number[];
  /** Best first, at most five. */
  readonly otherCandidates: readonly string[];
  readonly luhnPassed: boolean;
  readonly prefixKnown: boolean;
}

export const SHORTEST_NUMBER = 12;
export const LONGEST_NUMBER = 19;
const BEAM_WIDTH = 48;
/** Candidates of each strip that are weighed on all strips. */
const CANDIDATES_EACH = 24;
const BEST_STRIP_SHARE = 0.5;

export function decodeNumber(strips: readonly DigitColumns[], bins: BinTable): NumberReading | undefined {
  const candidates = new Set<string>();
  for (const strip of strips) {
    searchDigits(strip, BEAM_WIDTH, LONGEST_NUMBER + 1)
      .filter(([digits]) => digits.length >= SHORTEST_NUMBER && digits.length <= LONGEST_NUMBER)
      .slice(0, CANDIDATES_EACH)
      .forEach(([digits]) => candidates.add(digits));
  }
  const ranked = [...candidates]
    .map((digits) => ({ digits, ...weigh(strips, digits, bins) }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  if (!best) return undefined;
  return {
    ...best,
    margin: second ? best.score - second.score : Infinity,
    digitConfidence: confidenceOf(strips, best.digits),
    otherCandidates: ranked.slice(1, 6).map((candidate) => candidate.digits),
    luhnPassed: passesLuhn(best.digits),
    prefixKnown: bins.match(best.digits).kind === 'matches',
  };
}

function weigh(
  strips: readonly DigitColumns[],
  digits: string,
  bins: BinTable,
): { score: number; acoustic: number } {
  const each = strips.map((strip) => logProbability(strip, digits));
  const acoustic = each.reduce((sum, value) => sum + value, 0) / each.length;
  return { acoustic, score: acoustic + BEST_STRIP_SHARE * Math.max(...each) + priorOf(digits, bins) };
}

/** Log-odds by hand, from trials on photographs: a known prefix with its length outweighs about one doubtful digit. */
export function priorOf(digits: string, bins: BinTable): number {
  const match = bins.match(digits);
  const short = digits.length < 15 ? -6 : 0;
  switch (match.kind) {
    case 'matches':
      return short + (match.rows[0].prefix.length >= 5 ? 3 : 1.5);
    case 'otherLength':
      return short - 1.5;
    case 'unknown':
      return short + priorOfUnknown(digits);
  }
}

/** International schemes are not in the table: 4 and 5 have 16 digits, 35 has 16, 34 and 37 have 15. */
function priorOfUnknown(digits: string): number {
  if (digits.startsWith('62')) return -1.5;
  if (/^[45]/.test(digits) || digits.startsWith('35')) return digits.length === 16 ? 0 : -3;
  if (/^3[47]/.test(digits)) return digits.length === 15 ? 0 : -3;
  return digits.startsWith('9') || digits.startsWith('6') ? -2 : -4;
}

function confidenceOf(strips: readonly DigitColumns[], digits: string): number[] {
  const sums = Array.from(digits, () => 0);
  for (const strip of strips) {
    alignDigits(strip, digits).forEach(({ probability }, index) => {
      sums[index] = (sums[index] ?? 0) + probability;
    });
  }
  return sums.map((sum) => sum / strips.length);
}
