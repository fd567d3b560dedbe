import { describe, expect, it } from 'vitest';
import { isAccepted } from './acceptance';
import type { NumberReading } from './number-decoder';

function reading(change: Partial<NumberReading>): NumberReading {
  return {
    digits: '6225768888888888',
    score: 0,
    meanLogProbability: -1,
    margin: 5,
    digitConfidence: Array(16).fill(0.95) as number[],
    contested: [],
    otherCandidates: [],
    luhnPassed: true,
    prefixKnown: true,
    corroborated: 0,
    ...change,
  };
}

describe('acceptance of a number', () => {
  it('shows a good reading, Luhn or not', () => {
    expect(isAccepted(reading({}))).toBe(true);
    expect(isAccepted(reading({ luhnPassed: false }))).toBe(true);
  });

  it('shows a number that passes Luhn although a few of its digits are doubtful', () => {
    const digitConfidence = [...(Array(13).fill(0.95) as number[]), 0.35, 0.5, 0.5];
    expect(isAccepted(reading({ digitConfidence, margin: 0.5 }))).toBe(true);
  });

  it('shows a plain number of an international scheme that the table does not have', () => {
    const foreign = { digits: '4000000000000003', prefixKnown: false, luhnPassed: false, margin: 9 };
    expect(isAccepted(reading(foreign))).toBe(true);
    expect(isAccepted(reading({ ...foreign, margin: 5.5 }))).toBe(false);
  });

  it('asks less of the digits that the card bears out elsewhere', () => {
    const doubtful = {
      luhnPassed: false,
      digitConfidence: [0.9, 0.9, 0.9, 0.2, ...(Array(12).fill(0.95) as number[])],
    };
    expect(isAccepted(reading(doubtful))).toBe(false);
    expect(isAccepted(reading({ ...doubtful, corroborated: 4 }))).toBe(true);
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
    expect(isAccepted(number)).toBe(false);
  });
});

/** Numbers by what the table of prefixes and the check digit say of them; only the named property of a reading changes. */
const KNOWN = { digits: '6225768888888888', prefixKnown: true } as const;
const FOREIGN = { digits: '4000000000000003', prefixKnown: false } as const;
const FAILS = { luhnPassed: false } as const;

describe('what is asked of a reading', () => {
  it.each([
    ['known, passes Luhn', { ...KNOWN }, 0.2],
    ['known, passes Luhn, another bank is named', { ...KNOWN, bankAgrees: false }, 0.4],
    ['of a scheme, passes Luhn', { ...FOREIGN }, 0.4],
    ['known, fails Luhn', { ...KNOWN, ...FAILS }, 0.55],
    ['known, fails Luhn, its bank is named', { ...KNOWN, ...FAILS, bankAgrees: true }, 0.5],
    ['known, fails Luhn, another bank is named', { ...KNOWN, ...FAILS, bankAgrees: false }, 0.8],
    ['of a scheme, fails Luhn', { ...FOREIGN, ...FAILS }, 0.8],
  ])('%s: its least sure digit', (_what, change, least) => {
    const withDigit = (probability: number) =>
      reading({
        ...change,
        margin: 9,
        digitConfidence: [...(Array(15).fill(0.95) as number[]), probability],
      });
    expect([isAccepted(withDigit(least)), isAccepted(withDigit(least + 0.001))]).toEqual([false, true]);
  });

  it.each([
    ['of a scheme, passes Luhn', { ...FOREIGN }, 1.5],
    ['known, fails Luhn', { ...KNOWN, ...FAILS }, 4.5],
    ['known, fails Luhn, its bank is named', { ...KNOWN, ...FAILS, bankAgrees: true }, 4.5],
    ['known, fails Luhn, another bank is named', { ...KNOWN, ...FAILS, bankAgrees: false }, 4.5],
    ['of a scheme, fails Luhn', { ...FOREIGN, ...FAILS }, 7],
  ])('%s: its lead over the next', (_what, change, margin) => {
    expect([margin, margin + 0.01].map((lead) => isAccepted(reading({ ...change, margin: lead })))).toEqual([
      false,
      true,
    ]);
  });

  it.each([
    ['known, passes Luhn', { ...KNOWN }],
    ['known, passes Luhn, another bank is named', { ...KNOWN, bankAgrees: false }],
  ])('%s: no lead, whatever the next one is', (_what, change) => {
    expect(isAccepted(reading({ ...change, margin: -9 }))).toBe(true);
  });
});
