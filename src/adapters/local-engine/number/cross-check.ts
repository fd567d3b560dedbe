/**
 * The same number is read several times, and each reading is a cross-check of the others: it holds some numbers possible,
 * and says of any number how likely it is. The decoder weighs them all. Two kinds: a strip with the whole line, and the
 * line's groups of digits read one by one (the recogniser was trained on short texts, and a picture beside one group does
 * not disturb the others).
 */
import { quantile } from '../picture/statistics';
import { alignDigits, logProbability, searchDigits, type DigitColumns } from './ctc-digits';
import { HEAD_WEIGHTS, type Head } from './heads';

export interface CrossCheck {
  /** Which of the recogniser's heads has read the strips. */
  readonly head: Head;
  /** How much this cross-check counts against the others. */
  readonly weight: number;
  /** Digit strings that this cross-check holds possible, likeliest first. */
  readonly candidates: readonly string[];
  /** Natural logarithm of the probability that the strips say exactly these digits. */
  logProbability(digits: string): number;
  /** Probability (0-1) of each of the digits. */
  confidence(digits: string): number[];
}

const BEAM_WIDTH = 32;
const LONGEST = 20;
/** Candidates of one cross-check that are weighed by all. */
const MOST_CANDIDATES = 16;

/** Of a strip with the whole line; numbers of `fewest` to `most` digits are held possible. */
export function stripCrossCheck(strip: DigitColumns, fewest: number, most: number, head: Head): CrossCheck {
  return {
    head,
    weight: HEAD_WEIGHTS[head],
    candidates: searchDigits(strip, BEAM_WIDTH, LONGEST)
      .map(([digits]) => digits)
      .filter((digits) => digits.length >= fewest && digits.length <= most)
      .slice(0, MOST_CANDIDATES),
    logProbability: remembered((digits) => logProbability(strip, digits)),
    confidence: (digits) => alignDigits(strip, digits).map(({ probability }) => probability),
  };
}

/** The same numbers are weighed again whenever another cross-check has come in. */
function remembered(ask: (digits: string) => number): (digits: string) => number {
  const answers = new Map<string, number>();
  return (digits) => {
    const known = answers.get(digits);
    if (known !== undefined) return known;
    const answer = ask(digits);
    answers.set(digits, answer);
    return answer;
  };
}

export interface DigitGroup {
  readonly strip: DigitColumns;
  /** Index of the group's first digit in the number, and of the first one after it. */
  readonly from: number;
  readonly to: number;
}

/** Readings of one group that are tried within the number it was cut by. */
const GROUP_VARIANTS = 3;

/** Of groups read one by one. `digits` is the number whose positions the groups were cut by; others are compared digit by digit with it. */
export function groupCrossCheck(groups: readonly DigitGroup[], digits: string, head: Head): CrossCheck {
  const slices = (number: string): [DigitColumns, string][] =>
    groups.map(({ strip, from, to }, index) => [
      strip,
      // A number with more or fewer digits differs in its last group, for better or worse.
      number.slice(from, index === groups.length - 1 ? undefined : to),
    ]);
  const variants = groups.flatMap(({ strip, from, to }) =>
    searchDigits(strip, BEAM_WIDTH, LONGEST)
      .filter(([reading]) => reading.length === to - from)
      .slice(0, GROUP_VARIANTS)
      .map(([reading]) => digits.slice(0, from) + reading + digits.slice(to)),
  );
  return {
    head,
    weight: HEAD_WEIGHTS[head],
    candidates: [...new Set(variants)],
    logProbability: remembered((number) =>
      slices(number).reduce((sum, [strip, slice]) => sum + logProbability(strip, slice), 0),
    ),
    confidence: (number) =>
      slices(number).flatMap(([strip, slice]) =>
        alignDigits(strip, slice).map(({ probability }) => probability),
      ),
  };
}

/** A gap this much wider than the usual distance of two digits parts two groups. */
const GAP = 1.3;

/** Where to cut: [from, to) of each group, by the digits' places along the line; runs of digits are cut by fours. */
export function groupBounds(positions: readonly number[]): [number, number][] {
  const steps = positions.slice(1).map((position, index) => position - (positions[index] ?? position));
  const usual = quantile(steps, 0.5);
  const bounds: [number, number][] = [];
  let from = 0;
  for (let i = 1; i <= positions.length; i++) {
    const ends = i === positions.length || (steps[i - 1] ?? 0) > GAP * usual;
    if (!ends) continue;
    const parts = Math.max(1, Math.round((i - from) / 4.5));
    for (let part = 0; part < parts; part++) {
      bounds.push([
        from + Math.round(((i - from) * part) / parts),
        from + Math.round(((i - from) * (part + 1)) / parts),
      ]);
    }
    from = i;
  }
  return bounds;
}
