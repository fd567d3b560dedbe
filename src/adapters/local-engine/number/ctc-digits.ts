/**
 * Digits out of the recogniser's columns: connectionist temporal classification (CTC) over ten digits, the slash of
 * dates, and blank. A symbol's index is its character code less that of the slash, which comes just before '0'.
 */
import type { HeadOutput } from '../text/text-recognition';

const FIRST_CODE = '/'.charCodeAt(0);
const SLASH = 0;
export const BLANK = 11;
export const SYMBOLS = 12;

/** One strip: `columns` rows of twelve probabilities (slash, 0-9, blank). */
export interface DigitColumns {
  readonly columns: number;
  readonly probabilities: Float32Array;
}

/** Embossed digits are read as letters now and then; half of the letter's probability goes to the digit it looks like. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '0': 'OoDQ〇○口',
  '1': 'Il|i!丨',
  '2': 'Zz',
  '3': 'Ээ',
  '4': 'A',
  '5': 'Ss',
  '6': 'bG',
  '7': 'T?',
  '8': 'B&',
  '9': 'gq',
};
const LOOK_ALIKE_SHARE = 0.5;
/** No column is ever certain: keeps one blind strip from vetoing what the others see. */
const SMOOTHING = 1e-4;
/** Most columns hold nothing: above this probability of blank the search does not branch. */
const SURELY_BLANK = 0.995;
/** A symbol below this probability is not worth a branch of the search. */
const LEAST_BRANCH = 1e-3;

/** For each class of the recogniser what it may stand for, and with what share. */
export interface DigitClasses {
  /** Symbol index, or -1. */
  readonly symbol: Int8Array;
  readonly share: Float32Array;
}

/** `characters` are those of the recogniser, by class index. */
export function digitClasses(characters: readonly string[]): DigitClasses {
  const symbol = new Int8Array(characters.length).fill(-1);
  const share = new Float32Array(characters.length);
  characters.forEach((character, index) => {
    if (/^[0-9/／]$/.test(character)) {
      symbol[index] = character === '／' ? SLASH : character.charCodeAt(0) - FIRST_CODE;
      share[index] = 1;
      return;
    }
    const alike = Object.entries(LOOK_ALIKES).find(
      ([, letters]) => character !== '' && letters.includes(character),
    );
    if (!alike) return;
    symbol[index] = alike[0].charCodeAt(0) - FIRST_CODE;
    share[index] = LOOK_ALIKE_SHARE;
  });
  return { symbol, share };
}

/**
 * Whatever is no digit counts as blank: wide strips hold pictures and letters beside the number. The slash is one of
 * these, except where dates are looked for.
 */
export function digitsOfText(output: HeadOutput, classes: DigitClasses, dates = false): DigitColumns {
  const probabilities = new Float32Array(output.columns * SYMBOLS);
  const first = dates ? SLASH : SLASH + 1;
  for (let column = 0; column < output.columns; column++) {
    const from = column * output.classes;
    const to = column * SYMBOLS;
    let read = 0;
    for (let k = 0; k < output.classes; k++) {
      const symbol = classes.symbol[k] as number;
      if (symbol < first) continue;
      const mass = (output.probabilities[from + k] as number) * (classes.share[k] as number);
      probabilities[to + symbol] = (probabilities[to + symbol] as number) + mass;
      read += mass;
    }
    probabilities[to + BLANK] = Math.max(0, 1 - read);
    smooth(probabilities, to);
  }
  return { columns: output.columns, probabilities };
}

/** The head for digits has the symbols in this file's order; the slash counts as blank except in dates. */
export function digitsOfHead(output: HeadOutput, dates = false): DigitColumns {
  if (output.classes !== SYMBOLS) {
    throw new Error(`Expected ${SYMBOLS} symbols from the head for digits but received ${output.classes}`);
  }
  const probabilities = Float32Array.from(output.probabilities);
  for (let at = 0; at < probabilities.length; at += SYMBOLS) {
    if (!dates) {
      probabilities[at + BLANK] =
        (probabilities[at + BLANK] as number) + (probabilities[at + SLASH] as number);
      probabilities[at + SLASH] = 0;
    }
    smooth(probabilities, at);
  }
  return { columns: output.columns, probabilities };
}

function smooth(probabilities: Float32Array, at: number): void {
  for (let s = 0; s < SYMBOLS; s++) {
    probabilities[at + s] = ((probabilities[at + s] as number) + SMOOTHING) / (1 + SYMBOLS * SMOOTHING);
  }
}

/** The likeliest symbol of each column, repeats and blanks dropped. */
export function likeliestDigits(strip: DigitColumns): string {
  let digits = '';
  let previous = BLANK;
  for (let column = 0; column < strip.columns; column++) {
    const row = strip.probabilities.subarray(column * SYMBOLS, (column + 1) * SYMBOLS);
    const best = row.indexOf(Math.max(...row));
    if (best !== BLANK && best !== previous) digits += String.fromCharCode(FIRST_CODE + best);
    previous = best;
  }
  return digits;
}

interface Beam {
  /** Probability of the prefix with a blank, or with its last digit, in the latest column. */
  blank: number;
  digit: number;
}

/** Prefix beam search; the likeliest digit strings up to `longest`, with log-probabilities, best first. */
export function searchDigits(strip: DigitColumns, width: number, longest: number): [string, number][] {
  let beams = new Map<string, Beam>([['', { blank: 1, digit: 0 }]]);
  let logScale = 0;
  for (let column = 0; column < strip.columns; column++) {
    const blank = strip.probabilities[column * SYMBOLS + BLANK] as number;
    if (blank > SURELY_BLANK) {
      for (const [, beam] of beams) {
        beam.blank = total(beam);
        beam.digit = 0;
      }
      logScale += Math.log(blank);
      continue;
    }
    const next = extendBeams(beams, strip.probabilities, column * SYMBOLS, longest);
    const kept = [...next].sort((a, b) => total(b[1]) - total(a[1])).slice(0, width);
    const best = kept[0] ? total(kept[0][1]) : 1;
    for (const [, beam] of kept) {
      beam.blank /= best;
      beam.digit /= best;
    }
    logScale += Math.log(best);
    beams = new Map(kept);
  }
  return [...beams]
    .map(([digits, beam]): [string, number] => [digits, Math.log(total(beam)) + logScale])
    .sort((a, b) => b[1] - a[1]);
}

function total(beam: Beam): number {
  return beam.blank + beam.digit;
}

function extendBeams(
  beams: Map<string, Beam>,
  p: Float32Array,
  at: number,
  longest: number,
): Map<string, Beam> {
  const next = new Map<string, Beam>();
  const get = (prefix: string): Beam => {
    let beam = next.get(prefix);
    if (!beam) next.set(prefix, (beam = { blank: 0, digit: 0 }));
    return beam;
  };
  for (const [prefix, beam] of beams) {
    const all = total(beam);
    const last = prefix === '' ? -1 : prefix.charCodeAt(prefix.length - 1) - FIRST_CODE;
    const same = get(prefix);
    same.blank += all * (p[at + BLANK] as number);
    if (last >= 0) same.digit += beam.digit * (p[at + last] as number);
    if (prefix.length >= longest) continue;
    for (let symbol = SLASH; symbol < BLANK; symbol++) {
      const probability = p[at + symbol] as number;
      if (probability < LEAST_BRANCH) continue;
      const longer = prefix + String.fromCharCode(FIRST_CODE + symbol);
      get(longer).digit += (symbol === last ? beam.blank : all) * probability;
    }
  }
  return next;
}

/** Log-probability that the strip says exactly these digits (the CTC forward pass). */
export function logProbability({ columns, probabilities }: DigitColumns, digits: string): number {
  const states = 2 * digits.length + 1;
  const symbols = Uint8Array.from({ length: states }, (_, state) => symbolOf(digits, state));
  const skips = Uint8Array.from({ length: states }, (_, state) => (maySkip(digits, state) ? 1 : 0));
  const alpha = new Float64Array(states);
  alpha[0] = 1;
  let logScale = 0;
  // Two arrays less a column: this runs for every candidate on every strip. From the end, so that no state is overwritten early.
  for (let column = 0, at = 0; column < columns; column++, at += SYMBOLS) {
    let sum = 0;
    for (let s = states - 1; s >= 0; s--) {
      let mass = alpha[s] as number;
      if (s > 0) mass += alpha[s - 1] as number;
      if (skips[s] === 1) mass += alpha[s - 2] as number;
      const value = mass * (probabilities[at + (symbols[s] as number)] as number);
      alpha[s] = value;
      sum += value;
    }
    if (sum === 0) return -Infinity;
    for (let s = 0; s < states; s++) alpha[s] = (alpha[s] as number) / sum;
    logScale += Math.log(sum);
  }
  const end = (alpha[states - 1] as number) + (states > 1 ? (alpha[states - 2] as number) : 0);
  return end === 0 ? -Infinity : Math.log(end) + logScale;
}

/** The blank between two digits may be left out when they differ. */
function maySkip(digits: string, state: number): boolean {
  return state > 1 && state % 2 === 1 && digits[(state - 1) / 2] !== digits[(state - 3) / 2];
}

function symbolOf(digits: string, state: number): number {
  return state % 2 === 0 ? BLANK : digits.charCodeAt((state - 1) / 2) - FIRST_CODE;
}

export interface AlignedDigit {
  /** The digit's highest probability among its columns. */
  readonly probability: number;
  /** Where that is, as a share (0-1) of the strip's width. */
  readonly position: number;
}

/** The likeliest alignment (Viterbi) of the digits with the strip's columns. */
export function alignDigits(strip: DigitColumns, digits: string): AlignedDigit[] {
  const states = 2 * digits.length + 1;
  const back: Uint8Array[] = [];
  let score = new Float64Array(states).fill(-Infinity);
  score[0] = 0;
  for (let column = 0; column < strip.columns; column++) {
    const next = new Float64Array(states).fill(-Infinity);
    const from = new Uint8Array(states);
    for (let s = 0; s < states; s++) {
      let best = score[s] as number;
      for (let step = 1; step <= (maySkip(digits, s) ? 2 : 1) && step <= s; step++) {
        if ((score[s - step] as number) > best) {
          best = score[s - step] as number;
          from[s] = step;
        }
      }
      next[s] = best + Math.log(strip.probabilities[column * SYMBOLS + symbolOf(digits, s)] as number);
    }
    back.push(from);
    score = next;
  }
  return walkBack(
    strip,
    digits,
    back,
    (score[states - 1] as number) >= (score[states - 2] ?? -Infinity) ? states - 1 : states - 2,
  );
}

function walkBack(
  strip: DigitColumns,
  digits: string,
  back: readonly Uint8Array[],
  end: number,
): AlignedDigit[] {
  const aligned: AlignedDigit[] = Array.from(digits, () => ({ probability: 0, position: 0 }));
  let state = end;
  for (let column = strip.columns - 1; column >= 0; column--) {
    if (state % 2 === 1) {
      const index = (state - 1) / 2;
      const probability = strip.probabilities[column * SYMBOLS + symbolOf(digits, state)] as number;
      if (probability > (aligned[index]?.probability ?? 1)) {
        aligned[index] = { probability, position: (column + 0.5) / strip.columns };
      }
    }
    state -= back[column]?.[state] ?? 0;
  }
  return aligned;
}
