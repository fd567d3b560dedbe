import { describe, expect, it } from 'vitest';
import { createBinTable } from '../../bin-table/bin-table';
import { BLANK, SYMBOLS } from './ctc-digits';
import { decodeByHeads } from './decode-by-heads';
import type { Head } from './heads';
import { stripCrossCheck, type CrossCheck } from './cross-check';

const bins = createBinTable({
  sources: [{ package: 'first' }],
  banks: [['CMB', '招商银行', '03080000']],
  rows: [['622576', 16, 0, 'CC', 1]],
});
const NO_CLUES = { printedPrefixes: [] };
/** Passes Luhn. */
const RIGHT = '6225768888888888';

/** Two strips as the two heads read them, each sure of its digits. */
function heard(byDigitHead: string, byGeneralHead: string): CrossCheck[] {
  return [0, 1].flatMap(() => [strip(byDigitHead, 'digits'), strip(byGeneralHead, 'text')]);
}

function strip(
  digits: string,
  head: Head,
  doubts: Readonly<Record<number, Readonly<Record<number, number>>>> = {},
): CrossCheck {
  const probabilities = new Float32Array(digits.length * 2 * SYMBOLS).fill(0.005);
  Array.from(digits).forEach((digit, index) => {
    for (const [key, mass] of Object.entries(doubts[index] ?? { [digit]: 0.95 }))
      probabilities[index * 2 * SYMBOLS + 1 + Number(key)] = mass;
    probabilities[(index * 2 + 1) * SYMBOLS + BLANK] = 0.95;
  });
  return stripCrossCheck({ columns: digits.length * 2, probabilities }, 12, 19, head);
}

describe('the two heads', () => {
  it('read the number together', () => {
    expect(decodeByHeads(heard(RIGHT, RIGHT), bins, NO_CLUES)).toMatchObject({ digits: RIGHT });
  });

  it('follow the general head where the head for digits has misread one and the number fails Luhn', () => {
    const number = decodeByHeads(heard('6225768888888828', RIGHT), bins, NO_CLUES);
    expect(number).toMatchObject({ digits: RIGHT, luhnPassed: true });
    expect(number?.margin).toBeLessThan(0);
    expect(number?.digitConfidence[14]).toBeLessThan(0.5);
    expect(number?.contested).toContain(14);
  });

  it('are told apart by their names, in whatever order they are heard', () => {
    const number = decodeByHeads(heard('6225768888888828', RIGHT).reverse(), bins, NO_CLUES);
    expect(number).toMatchObject({ digits: RIGHT, luhnPassed: true });
  });

  it('leave a number as it is printed that fails Luhn and is plain to both of them together', () => {
    // The general head is a little likelier to have another digit, of which the two together think little.
    const printed = '6225768888888828';
    const leaning = [0, 1].flatMap(() => [
      { ...strip(printed, 'digits'), weight: 5 },
      strip(printed, 'text', { 14: { 2: 0.45, 8: 0.5 } }),
    ]);
    expect(decodeByHeads(leaning, bins, NO_CLUES)).toMatchObject({ digits: printed, luhnPassed: false });
  });

  it('never invent: what neither of them read is not made up to pass Luhn', () => {
    expect(decodeByHeads(heard('6225768888888828', '6225768888888858'), bins, NO_CLUES)).toMatchObject({
      digits: '6225768888888828',
      luhnPassed: false,
    });
  });

  it('keep what they read together when it passes Luhn, whatever one of them says', () => {
    expect(decodeByHeads(heard(RIGHT, '6225768888888870'), bins, NO_CLUES)).toMatchObject({ digits: RIGHT });
  });

  it('do not follow a head to a prefix that nobody knows', () => {
    expect(decodeByHeads(heard('6225768888888828', '6225168888888881'), bins, NO_CLUES)).toMatchObject({
      digits: '6225768888888828',
    });
  });

  it('see no number where none of them does', () => {
    expect(decodeByHeads(heard('622576', '622576'), bins, NO_CLUES)).toBeUndefined();
  });
});
