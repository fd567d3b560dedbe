import { describe, expect, it } from 'vitest';
import {
  BLANK,
  SYMBOLS,
  alignDigits,
  digitsOfHead,
  likeliestDigits,
  logProbability,
  searchDigits,
  type DigitColumns,
} from './ctc-digits';
import { groupBounds, groupCrossCheck } from './cross-check';

/** Two columns a symbol: the symbol, then blank. */
function strip(text: string): DigitColumns {
  const columns = text.length * 2;
  const probabilities = new Float32Array(columns * SYMBOLS).fill(0.001);
  Array.from(text).forEach((symbol, index) => {
    probabilities[index * 2 * SYMBOLS + symbol.charCodeAt(0) - 47] = 0.98;
    probabilities[(index * 2 + 1) * SYMBOLS + BLANK] = 0.98;
  });
  return { columns, probabilities };
}

describe('reading columns', () => {
  it('keeps repeated digits apart that a blank parts, and knows the slash', () => {
    expect(searchDigits(strip('08/288'), 24, 24)[0]?.[0]).toBe('08/288');
  });

  it('takes one digit in two columns for one', () => {
    const held = strip('88');
    held.probabilities.copyWithin(SYMBOLS, 0, SYMBOLS);
    const byDigits = new Map(searchDigits({ columns: 2, probabilities: held.probabilities }, 24, 24));
    expect(byDigits.get('8')).toBeGreaterThan((byDigits.get('88') ?? -Infinity) + 3);
  });

  it('tells where each digit stands', () => {
    const places = alignDigits(strip('1234'), '1234').map(({ position }) => position);
    expect(places.map((place) => Math.round(place * 1000))).toEqual([63, 313, 563, 813]);
  });
});

describe('the head for digits', () => {
  const output = { ...strip('08/28'), classes: SYMBOLS };

  it('is read as it stands, and its slash only in dates', () => {
    expect(likeliestDigits(digitsOfHead(output, true))).toBe('08/28');
    expect(likeliestDigits(digitsOfHead(output))).toBe('0828');
  });

  it('that is of another make is refused', () => {
    expect(() => digitsOfHead({ ...output, classes: 11 })).toThrow('Expected 12 symbols');
  });

  it('says a number with the probability of all ways to read it from the columns', () => {
    const two = new Float32Array(2 * SYMBOLS);
    two[1 + 8] = 0.6;
    two[BLANK] = 0.4;
    two[SYMBOLS + 1 + 8] = 0.5;
    two[SYMBOLS + BLANK] = 0.5;
    // 8 then blank, blank then 8, or 8 held over both: 0.3 + 0.2 + 0.3.
    expect(Math.exp(logProbability({ columns: 2, probabilities: two }, '8'))).toBeCloseTo(0.8, 6);
  });
});

describe('the groups of a number', () => {
  it('are cut at wide gaps', () => {
    const places = [0, 10, 20, 30, 55, 65, 75, 85, 110, 120, 130, 140, 165, 175, 185, 195];
    expect(groupBounds(places)).toEqual([
      [0, 4],
      [4, 8],
      [8, 12],
      [12, 16],
    ]);
  });

  it('are cut by fours or fives where a long run has no gaps', () => {
    const run = Array.from({ length: 13 }, (_, index) => 100 + index * 10);
    const bounds = groupBounds([0, 10, 20, 30, 40, 50, ...run]);
    expect(bounds.at(0)).toEqual([0, 6]);
    expect(bounds.at(-1)?.[1]).toBe(19);
    expect(bounds.every(([from, to]) => to - from >= 3 && to - from <= 6)).toBe(true);
  });

  it('speak for the number that all of them read', () => {
    const groups = ['6225', '7688'].map((text, index) => ({
      strip: strip(text),
      from: index * 4,
      to: index * 4 + 4,
    }));
    const crossCheck = groupCrossCheck(groups, '62257588', 'digits');
    expect(crossCheck.candidates).toContain('62257688');
    expect(crossCheck.logProbability('62257688')).toBeGreaterThan(crossCheck.logProbability('62257588') + 3);
    expect(crossCheck.confidence('62257688')).toHaveLength(8);
  });
});
