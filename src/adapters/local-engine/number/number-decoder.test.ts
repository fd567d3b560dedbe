import { describe, expect, it } from 'vitest';
import { createBinTable } from '../../bin-table/bin-table';
import { BLANK, SYMBOLS } from './ctc-digits';
import { decodeNumber, markContested } from './number-decoder';
import { stripCrossCheck, type CrossCheck } from './cross-check';

const bins = createBinTable({
  sources: [{ package: 'first' }],
  banks: [['CMB', '招商银行', '03080000']],
  rows: [['622576', 16, 0, 'CC', 1]],
});

/** Three columns a digit: blank, digit, blank; `doubts` spread a digit's probability over others. */
function strip(
  digits: string,
  doubts: Readonly<Record<number, Readonly<Record<number, number>>>> = {},
): CrossCheck {
  const columns = digits.length * 3;
  const probabilities = new Float32Array(columns * SYMBOLS).fill(0.001);
  Array.from(digits).forEach((digit, index) => {
    for (const offset of [0, 2]) probabilities[(index * 3 + offset) * SYMBOLS + BLANK] = 0.99;
    const spread = doubts[index] ?? { [Number(digit)]: 0.99 };
    for (const [key, mass] of Object.entries(spread))
      probabilities[(index * 3 + 1) * SYMBOLS + 1 + Number(key)] = mass;
  });
  return { ...stripCrossCheck({ columns, probabilities }, 12, 19, 'digits'), weight: 1 };
}

describe('decoding the number', () => {
  it('reads what all strips say', () => {
    const reading = decodeNumber([strip('6225768888888888'), strip('6225768888888888')], bins);
    expect(reading).toMatchObject({ digits: '6225768888888888', prefixKnown: true });
    expect(reading?.digitConfidence).toHaveLength(16);
    expect(Math.min(...(reading?.digitConfidence ?? [0]))).toBeGreaterThan(0.9);
  });

  it('believes a cross-check by its weight', () => {
    const one = strip('6225768888888888');
    const other = strip('6225768888888889');
    expect(decodeNumber([{ ...one, weight: 3 }, other], bins)?.digits).toBe('6225768888888888');
    expect(decodeNumber([one, { ...other, weight: 3 }], bins)?.digits).toBe('6225768888888889');
  });

  it('says of a number that is not the likeliest how sure its digits are, and by how much it is behind', () => {
    const two = [strip('6225768888888889'), strip('6225768888888889'), strip('6225768888888888')];
    const behind = decodeNumber(two, bins, undefined, '6225768888888888');
    expect(behind).toMatchObject({ digits: '6225768888888888', luhnPassed: true });
    expect(behind?.margin).toBeLessThan(0);
    expect(behind?.otherCandidates[0]).toBe('6225768888888889');
    expect(behind?.digitConfidence[15]).toBeLessThan(0.5);
    expect(decodeNumber(two, bins, undefined, '6225760000000000')).toBeUndefined();
  });

  it('lets a known prefix settle a doubtful digit', () => {
    const doubtful = strip('6225768888888888', { 4: { 1: 0.8, 7: 0.15 } });
    expect(decodeNumber([doubtful], bins)).toMatchObject({ digits: '6225768888888888', prefixKnown: true });
    expect(decodeNumber([doubtful], bins)?.otherCandidates[0]).toBe('6225168888888888');
  });

  it('keeps Luhn out: the likelier digit stays although another would pass the check', () => {
    // 6225768888888888 passes Luhn; the strip prefers ...8889, which does not.
    const reading = decodeNumber([strip('6225768888888889', { 15: { 9: 0.52, 8: 0.47 } })], bins);
    expect(reading).toMatchObject({ digits: '6225768888888889', luhnPassed: false });
    expect(reading?.otherCandidates[0]).toBe('6225768888888888');
    expect(reading?.margin).toBeLessThan(0.5);
  });

  it('listens to the four digits in small print and to the bank that the card names', () => {
    const doubtful = strip('6225768888888888', { 3: { 6: 0.75, 5: 0.2 } });
    const wide = createBinTable({
      sources: [{ package: 'first' }],
      banks: [
        ['CMB', '招商银行', '03080000'],
        ['XYZ', '某银行', ''],
      ],
      rows: [
        ['622576', 16, 0, 'CC', 1],
        ['622676', 16, 1, 'CC', 1],
      ],
    });
    const [bank] = wide.banks;
    expect(decodeNumber([doubtful], wide)?.digits).toBe('6226768888888888');
    expect(decodeNumber([doubtful], wide, { printedPrefixes: ['6225'] })?.digits).toBe('6225768888888888');
    expect(decodeNumber([doubtful], wide, { printedPrefixes: [], ...(bank && { bank }) })).toMatchObject({
      digits: '6225768888888888',
      bankAgrees: true,
    });
  });

  it('does not favour a prefix that only an upside-down number has', () => {
    const odd = createBinTable({
      sources: [{ package: 'first' }],
      banks: [['XYZ', '某银行', '']],
      rows: [['888888', 16, 0, 'DC', 1]],
    });
    const strange = strip('8888888888888888', { 0: { 8: 0.5, 6: 0.45 } });
    expect(decodeNumber([strange], odd)?.digits.startsWith('6')).toBe(true);
  });

  it('answers nothing when no strip holds a number', () => {
    expect(decodeNumber([strip('622576')], bins)).toBeUndefined();
  });
});

/** Passes Luhn; with another digit at any one place it fails. */
const PASSING = '6225768888888888';
const altered = (at: number, digit: number) => PASSING.slice(0, at) + String(digit) + PASSING.slice(at + 1);

describe('a digit that something else than the picture chose', () => {
  const contestedIn = (...crossChecks: CrossCheck[]) => decodeNumber(crossChecks, bins)?.contested;

  it('is none where every digit is plain', () => {
    expect(contestedIn(strip(PASSING), strip(PASSING))).toEqual([]);
    expect(contestedIn(strip(altered(9, 3)), strip(altered(9, 3)))).toEqual([]);
  });

  it.each([0, 3, 6, 9, 15])('is told wherever the picture would have another one, as at %i', (at) => {
    const digit = Number(PASSING[at]);
    const rival = (digit + 1) % 10;
    for (const [own, others] of [
      [0.5, 0.45],
      [0.6, 0.35],
      [0.75, 0.2],
    ] as const) {
      const reading = decodeNumber([strip(PASSING, { [at]: { [digit]: own, [rival]: others } })], bins);
      expect([reading?.digits, reading?.contested]).toEqual([PASSING, [at]]);
    }
  });

  it('is told where the prefix heals what the picture has', () => {
    const reading = decodeNumber([strip(PASSING, { 4: { 1: 0.85, 7: 0.1 } })], bins);
    expect(reading).toMatchObject({ digits: PASSING, contested: [4] });
  });

  it('is told where one cross-check out of many is sure of another digit, and mean confidence hides it', () => {
    const many = Array.from({ length: 7 }, () => strip(PASSING, { 9: { 8: 0.9, 3: 0.05 } }));
    const reading = decodeNumber([...many, strip(altered(9, 3))], bins);
    expect(reading).toMatchObject({ digits: PASSING, luhnPassed: true });
    expect(reading?.contested).toEqual([9]);
  });

  it('is told where the check digit alone lets pass a number that is not far before the next', () => {
    const near = { 9: { 8: 0.9, 3: 0.09 } };
    expect(contestedIn(strip(PASSING, near))).toEqual([9]);
    // What fails the check digit is answered with such a lead only, and then nothing contests it.
    const failing = { 9: { 3: 0.9, 8: 0.09 } };
    expect(decodeNumber([strip(altered(9, 3), failing)], bins)).toMatchObject({
      digits: altered(9, 3),
      luhnPassed: false,
      contested: [],
    });
  });

  it('is told wherever a reading that is not believed has another', () => {
    const [believed, other] = [PASSING, altered(9, 3)].map((digits) => decodeNumber([strip(digits)], bins));
    if (!believed || !other) throw new Error('Expected two readings');
    expect(markContested(believed, other).contested).toEqual([9]);
    expect(markContested(believed, believed).contested).toEqual([]);
  });
});
