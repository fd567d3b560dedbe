import { describe, expect, it } from 'vitest';
import { isConvincing } from './acceptance';
import type { NumberReading } from './number-decoder';

function reading(change: Partial<NumberReading>): NumberReading {
  return {
    digits: '6225768888888888',
    score: 0,
    acoustic: -1,
    margin: 5,
    digitConfidence: Array(16).fill(0.95) as number[],
    tipped: [],
    otherCandidates: [],
    luhnPassed: true,
    prefixKnown: true,
    corroborated: 0,
    ...change,
  };
}

describe('conviction', () => {
  it('shows a good reading, Luhn or not', () => {
    expect(isConvincing(reading({}))).toBe(true);
    expect(isConvincing(reading({ luhnPassed: false }))).toBe(true);
  });

  it('shows a number that passes Luhn although a few of its digits are doubtful', () => {
    const digitConfidence = [...(Array(13).fill(0.95) as number[]), 0.35, 0.5, 0.5];
    expect(isConvincing(reading({ digitConfidence, margin: 0.5 }))).toBe(true);
  });

  it('shows a plain number of an international scheme that the table does not have', () => {
    const foreign = { digits: '4000000000000003', prefixKnown: false, luhnPassed: false, margin: 9 };
    expect(isConvincing(reading(foreign))).toBe(true);
    expect(isConvincing(reading({ ...foreign, margin: 5.5 }))).toBe(false);
  });

  it('asks less of the digits that the card bears out elsewhere', () => {
    const doubtful = {
      luhnPassed: false,
      digitConfidence: [0.9, 0.9, 0.9, 0.2, ...(Array(12).fill(0.95) as number[])],
    };
    expect(isConvincing(reading(doubtful))).toBe(false);
    expect(isConvincing(reading({ ...doubtful, corroborated: 4 }))).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['a number that lost digits', reading({ digits: '622576888888' })],
    ['a doubtful number that fails Luhn', reading({ luhnPassed: false, margin: 0.5 })],
    [
      'a number that fails Luhn while another one is nearly as likely, though bank and prefix agree',
      reading({ luhnPassed: false, bankAgrees: true, margin: 3.2 }),
    ],
    [
      'a prefix of another bank than the card names',
      reading({ luhnPassed: false, bankAgrees: false, margin: 2.7 }),
    ],
    [
      'the number of a transport card, however plain',
      reading({ digits: '3177654321098765', luhnPassed: false, prefixKnown: false, margin: 9 }),
    ],
    [
      'an order’s number that passes Luhn by chance',
      reading({ digits: '6420000000000009', prefixKnown: false, margin: 9 }),
    ],
    ['an unknown Chinese prefix that fails Luhn', reading({ luhnPassed: false, prefixKnown: false })],
    [
      'a doubtful digit that passes Luhn by chance',
      reading({ digitConfidence: [...(Array(15).fill(0.95) as number[]), 0.15] }),
    ],
    [
      'many doubtful digits that pass Luhn by chance',
      reading({
        digitConfidence: [...(Array(10).fill(0.95) as number[]), ...(Array(6).fill(0.45) as number[])],
      }),
    ],
    ['a digit that nobody saw', reading({ digitConfidence: [...(Array(15).fill(0.95) as number[]), 0.01] })],
  ])('refuses %s', (_, number) => {
    expect(isConvincing(number)).toBe(false);
  });
});
