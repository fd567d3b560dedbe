/** The figures of one half of the specimens, counted from the judged answers. */
import { WARNING_CODES, type WarningCode } from '../../../src/shared/recognition';
import { quantile } from '../figure';
import { outlineOf, recognitionOf, type Judged, type Verdict } from './judged';

export interface Share {
  readonly part: number;
  readonly whole: number;
}

export interface WarningScore {
  readonly code: WarningCode;
  readonly right: number;
  readonly missed: number;
  readonly falsely: number;
  readonly quiet: number;
}

export interface Score {
  readonly pictures: number;
  readonly exact: Share;
  readonly wrong: Share;
  /** Of the wrong ones: the number passes Luhn, so that nothing warns the desk. */
  readonly wrongUnnoticed: Share;
  readonly refused: Share;
  readonly negativesRefused: Share;
  /** No bank card, but the digits are those that are printed. */
  readonly negativesAsPrinted: Share;
  readonly negativesWrong: Share;
  readonly expiry: Share;
  readonly bank: Share;
  readonly cardType: Share;
  readonly cardFound: Share;
  readonly upright: Share;
  readonly warnings: readonly WarningScore[];
  readonly quality: QualityScore;
  readonly medianMs: number;
  readonly p95Ms: number;
}

interface QualityScore {
  /** Rank correlation of quality with the blur's sigma, of unshaken first-hand pictures. */
  readonly spearman: number;
  readonly cards: number;
  readonly sharp: Share;
  readonly blurred: Share;
}

export function scoreOf(judged: readonly Judged[]): Score {
  const readable = judged.filter(({ truth }) => truth.readable);
  const negatives = judged.filter(({ truth }) => !truth.readable);
  const verdicts = (of: readonly Judged[], verdict: Verdict): Share =>
    shareOf(of, (one) => one.verdict === verdict);
  const wrong = readable.filter(({ verdict }) => verdict === 'wrong');
  const field = (name: 'validDate' | 'bankInfo' | 'cardType'): Share =>
    shareOf(readable, (one) => {
      const recognition = recognitionOf(one);
      return recognition !== undefined && (recognition.fields[name] ?? null) === one.truth[name];
    });
  const outlines = readable.flatMap((one) => outlineOf(one) ?? []);
  const durations = judged.map(({ durationMs }) => durationMs);
  return {
    pictures: judged.length,
    exact: verdicts(readable, 'exact'),
    wrong: verdicts(readable, 'wrong'),
    wrongUnnoticed: shareOf(wrong, (one) => recognitionOf(one)?.evidence?.luhnPassed === true),
    refused: verdicts(readable, 'refused'),
    negativesRefused: verdicts(negatives, 'refused'),
    negativesAsPrinted: verdicts(negatives, 'exact'),
    negativesWrong: verdicts(negatives, 'wrong'),
    expiry: field('validDate'),
    bank: field('bankInfo'),
    cardType: field('cardType'),
    cardFound: shareOf(outlines, ({ found }) => found),
    upright: shareOf(outlines, ({ upright }) => upright),
    warnings: WARNING_CODES.map((code) => warningScore(readable, code)),
    quality: qualityScore(readable),
    medianMs: quantile(durations, 0.5),
    p95Ms: quantile(durations, 0.95),
  };
}

export function shareOf<T>(of: readonly T[], holds: (one: T) => boolean): Share {
  return { part: of.filter(holds).length, whole: of.length };
}

/** Only what was read has warnings at all. */
function warningScore(judged: readonly Judged[], code: WarningCode): WarningScore {
  const count = (expected: boolean, raised: boolean): number =>
    judged.filter((one) => {
      const recognition = recognitionOf(one);
      return (
        recognition !== undefined &&
        one.truth.expectedWarnings.includes(code) === expected &&
        recognition.warnings.includes(code) === raised
      );
    }).length;
  return {
    code,
    right: count(true, true),
    missed: count(true, false),
    falsely: count(false, true),
    quiet: count(false, false),
  };
}

const SHARP_SIGMA = 0.8;
const BLURRED_SIGMA = 1.8;
const SHAKEN_PIXELS = 6;
/** The threshold that the desk is advised to use. */
const QUALITY_THRESHOLD = 50;

/** Copies and screens are left out: their sharpness is that of the copier and of the screen. */
function qualityScore(judged: readonly Judged[]): QualityScore {
  const measured = judged.flatMap((one) => {
    const quality = recognitionOf(one)?.quality;
    const { copy, reshoot, blurSigma, motion } = one.truth;
    return quality === undefined || copy || reshoot ? [] : [{ quality, blurSigma, motion }];
  });
  const still = measured.filter(({ motion }) => motion === 0);
  const sharp = still.filter(({ blurSigma }) => blurSigma <= SHARP_SIGMA);
  const blurred = measured.filter(
    ({ blurSigma, motion }) => blurSigma >= BLURRED_SIGMA || motion >= SHAKEN_PIXELS,
  );
  return {
    spearman: spearman(
      still.map(({ blurSigma }) => blurSigma),
      still.map(({ quality }) => quality),
    ),
    cards: still.length,
    sharp: shareOf(sharp, ({ quality }) => quality >= QUALITY_THRESHOLD),
    blurred: shareOf(blurred, ({ quality }) => quality < QUALITY_THRESHOLD),
  };
}

/** Rank correlation; equal values share the mean of their ranks. */
export function spearman(xs: readonly number[], ys: readonly number[]): number {
  const ranks = (values: readonly number[]): number[] =>
    values.map((value) => {
      const below = values.filter((other) => other < value).length;
      const same = values.filter((other) => other === value).length;
      return below + (same - 1) / 2;
    });
  const [a, b] = [ranks(xs), ranks(ys)];
  const middle = (xs.length - 1) / 2;
  const product = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, value, at) => sum + (value - middle) * ((q[at] ?? 0) - middle), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}
