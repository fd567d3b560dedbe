/**
 * From several strips of one line to the card number. What the strips say is weighed with what is known of prefixes
 * and lengths; Luhn's check digit has no say in it, so that it can be an independent judge of the result.
 */
import { passesLuhn } from '../../../shared/number';
import type { Bank, BinTable } from '../../bin-table/bin-table';
import { matchScheme } from './schemes';
import { differingPositions, joinPositions } from './contested-digits';
import type { CrossCheck } from './cross-check';

export interface NumberReading {
  readonly digits: string;
  /** What the strips say plus the prior of the prefix; only differences within one picture mean something. */
  readonly score: number;
  /** Mean log-probability of the digits over the strips, each with its weight. */
  readonly meanLogProbability: number;
  /** Log-probability between the first and the second candidate. */
  readonly margin: number;
  /** Probability (0-1) of each digit, mean over the strips, each with its weight. */
  readonly digitConfidence: readonly number[];
  /**
   * Positions of digits that the picture alone would have otherwise, or nearly so: a prefix, a length or the check digit
   * chose them.
   */
  readonly contested: readonly number[];
  /** Best first, at most five. */
  readonly otherCandidates: readonly string[];
  readonly luhnPassed: boolean;
  readonly prefixKnown: boolean;
  /** Whether the prefix belongs to the bank that the card names; undefined when either is not known. */
  readonly bankAgrees?: boolean;
  /** Leading digits that something else on the card bears out: the small print, or the bank's name. */
  readonly corroborated: number;
}

/** How much the cross-check that holds a number likeliest counts on top of the mean of all. */
const BEST_CROSS_CHECK_SHARE = 0.5;
/**
 * By what the picture alone must have a number before another one, or the digits in which they differ count as contested.
 * A digit that all cross-checks hold four times likelier than another has that: the desk's own measure of an unsure digit.
 */
const PLAIN_LEAD = (1 + BEST_CROSS_CHECK_SHARE) * Math.log(4);

/**
 * What a number that fails the check digit must have before the next likely one to be answered. One that passes is
 * answered with less, and it is then the check digit that has chosen between the two.
 */
export const FAILING_LUHN_MARGIN = 4.5;
/** Between a specimen that lost a digit (5.5) and a photograph of a right one (9.7). */
export const UNKNOWN_FAILING_LUHN_MARGIN = 7;

/**
 * The best number by all cross-checks together, or what they say of `chosen`, which one of them must have seen (the margin
 * is then negative when another is likelier); undefined when none of them saw one.
 */
export function decodeNumber(
  crossChecks: readonly CrossCheck[],
  bins: BinTable,
  clues: CardClues = NO_CLUES,
  chosen?: string,
): NumberReading | undefined {
  const candidates = new Set(crossChecks.flatMap((crossCheck) => crossCheck.candidates));
  const ranked = [...candidates]
    .map((digits) => {
      const weighed = weigh(crossChecks, digits);
      const prior = priorOf(digits, bins) + clueBonus(digits, clues, bins);
      return { digits, ...weighed, score: weighed.ofPicture + prior };
    })
    .sort((a, b) => b.score - a.score);
  const best = chosen === undefined ? ranked[0] : ranked.find(({ digits }) => digits === chosen);
  if (!best) return undefined;
  const others = ranked.filter((candidate) => candidate !== best);
  const { digits, score, meanLogProbability, ofPicture } = best;
  const agreement = bankAgreement(digits, clues.bank, bins);
  const prefixKnown = bins.match(digits).kind === 'matches';
  const luhnPassed = passesLuhn(digits);
  const asked = luhnPassed ? (prefixKnown ? FAILING_LUHN_MARGIN : UNKNOWN_FAILING_LUHN_MARGIN) : 0;
  const rivals = others.filter(
    (other) => other.ofPicture > ofPicture - PLAIN_LEAD || other.score > score - asked,
  );
  return {
    digits,
    score,
    meanLogProbability,
    margin: others[0] ? best.score - others[0].score : Infinity,
    digitConfidence: confidenceOf(crossChecks, digits),
    contested: positionsInDoubt(digits, rivals),
    otherCandidates: others.slice(0, 5).map((candidate) => candidate.digits),
    luhnPassed,
    prefixKnown,
    ...(agreement !== 0 && { bankAgrees: agreement > 0 }),
    corroborated: corroboratedDigits(digits, clues, bins),
  };
}

/** A rival that differs in two digits, one of which has a nearer rival of its own, says nothing of the second. */
function positionsInDoubt(digits: string, rivals: readonly { readonly digits: string }[]): readonly number[] {
  const nearestFirst = rivals
    .map((other) => differingPositions(digits, other.digits))
    .filter((positions) => positions.length > 0)
    .sort((a, b) => a.length - b.length);
  const nearest: (readonly number[])[] = [];
  for (const positions of nearestFirst) {
    if (!nearest.some((own) => own.every((at) => positions.includes(at)))) nearest.push(positions);
  }
  return joinPositions(...nearest);
}

/**
 * What the picture alone says of a number, whatever is known of prefixes: the mean of the cross-checks, and in `ofPicture`
 * a share of the one that holds it likeliest on top.
 */
function weigh(
  crossChecks: readonly CrossCheck[],
  digits: string,
): { readonly ofPicture: number; readonly meanLogProbability: number } {
  const each = crossChecks.map((crossCheck) => crossCheck.logProbability(digits));
  const meanLogProbability =
    each.reduce((sum, value, at) => sum + value * weightOf(crossChecks[at]), 0) / total(crossChecks);
  return { meanLogProbability, ofPicture: meanLogProbability + BEST_CROSS_CHECK_SHARE * Math.max(...each) };
}

/** What else the card says about its number. */
export interface CardClues {
  /**
   * Credit cards repeat the first four digits in small flat print, against tampering. Other four digits may stand
   * there too (a year, a branch), so that a difference proves nothing.
   */
  readonly printedPrefixes: readonly string[];
  /** The bank that the card's text names: prefixes that differ in one digit belong to different banks as a rule. */
  readonly bank?: Bank;
}

const NO_CLUES: CardClues = { printedPrefixes: [] };
const PRINTED_BONUS = 2.5;
const BANK_BONUS = 2;

function clueBonus(digits: string, { printedPrefixes, bank }: CardClues, bins: BinTable): number {
  const printed = printedPrefixes.some((prefix) => digits.startsWith(prefix)) ? PRINTED_BONUS : 0;
  return printed + BANK_BONUS * bankAgreement(digits, bank, bins);
}

function corroboratedDigits(digits: string, { printedPrefixes, bank }: CardClues, bins: BinTable): number {
  const match = bins.match(digits);
  const byBank =
    bankAgreement(digits, bank, bins) > 0 && match.kind === 'matches' ? match.rows[0].prefix.length : 0;
  const printed = printedPrefixes.find((prefix) => digits.startsWith(prefix))?.length ?? 0;
  return Math.max(byBank, printed);
}

/** 1 when the prefix belongs to the bank named, -1 when it belongs to another one, 0 when that is not known. */
function bankAgreement(digits: string, bank: Bank | undefined, bins: BinTable): -1 | 0 | 1 {
  const match = bins.match(digits);
  if (!bank || match.kind !== 'matches') return 0;
  return match.rows.some((row) => row.bank.abbreviation === bank.abbreviation) ? 1 : -1;
}

/** Cards of banks begin with these; the table's few other prefixes are old local ones, and 8888... reads upside down. */
const FIRST_DIGIT = /^[34569]/;

/** Log-odds by hand, from trials on photographs: a known prefix with its length outweighs about one doubtful digit. */
export function priorOf(digits: string, bins: BinTable): number {
  const match = bins.match(digits);
  const short = digits.length < 15 ? -6 : 0;
  switch (match.kind) {
    case 'matches':
      return short + (!FIRST_DIGIT.test(digits) ? -4 : match.rows[0].prefix.length >= 5 ? 3 : 1.5);
    case 'otherLength':
      return short - 1.5;
    case 'unknown':
      return short + priorOfUnknown(digits);
  }
}

/** Of UnionPay's prefixes the table has most, so that a missing one is a little suspect. */
function priorOfUnknown(digits: string): number {
  switch (matchScheme(digits)) {
    case 'matches':
      return digits.startsWith('62') ? -1.5 : 0;
    case 'otherLength':
      return -3;
    case 'none':
      return digits.startsWith('9') || digits.startsWith('6') ? -2 : -4;
  }
}

function confidenceOf(crossChecks: readonly CrossCheck[], digits: string): number[] {
  const sums = Array.from(digits, () => 0);
  for (const crossCheck of crossChecks) {
    crossCheck.confidence(digits).forEach((probability, index) => {
      sums[index] = (sums[index] ?? 0) + probability * crossCheck.weight;
    });
  }
  return sums.map((sum) => sum / total(crossChecks));
}

/** The reading that is believed; its digits count as contested where another reading, which is not believed, has others. */
export function markContested(believed: NumberReading, other: NumberReading): NumberReading {
  const differing = differingPositions(believed.digits, other.digits);
  return { ...believed, contested: joinPositions(believed.contested, differing) };
}

function weightOf(crossCheck: CrossCheck | undefined): number {
  return crossCheck?.weight ?? 0;
}

function total(crossChecks: readonly CrossCheck[]): number {
  return crossChecks.reduce((sum, { weight }) => sum + weight, 0);
}
