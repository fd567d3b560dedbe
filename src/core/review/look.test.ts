import { describe, expect, it } from 'vitest';
import { DEFAULT_WEIGHTS, DOUBT_NAMES, type DoubtName } from '../../shared/doubts';
import type { CardState } from '../cards/card';
import type { Card } from '../cards/ports';
import { needsLook } from './look';

type Part = Pick<Card, 'state' | 'fields' | 'warnings' | 'doubts' | 'score'>;
const CLEAN: Part = {
  state: { kind: 'pending' },
  fields: { cardNumber: '6222020200112233446' },
  warnings: [],
  doubts: [],
  score: 0,
};
const doubted = (name: DoubtName, weight: number): Part => ({
  ...CLEAN,
  doubts: [{ name, weight }],
  score: weight,
});

/** Written out again on purpose. always: whatever it weighs. weight: from 15 on. never: passes. */
const TABLE: Readonly<Record<DoubtName, 'always' | 'weight' | 'never'>> = {
  enginesDiffer: 'always',
  numberMissing: 'always',
  screenWarning: 'weight',
  copyWarning: 'weight',
  dateWarning: 'weight',
  borderWarning: 'weight',
  reflectionWarning: 'weight',
  expiryImpossible: 'weight',
  expired: 'weight',
  length: 'always',
  weakDigits: 'always',
  bankDiffers: 'weight',
  typeDiffers: 'weight',
  duplicatePictureInBatch: 'always',
  duplicateNumberInBatch: 'always',
  duplicatePicture: 'always',
  duplicateNumber: 'always',
  enginesDifferElsewhere: 'weight',
  lowQuality: 'weight',
  luhn: 'always',
  corrected: 'never',
  unknownPrefix: 'always',
  fieldMissing: 'weight',
  smallPicture: 'weight',
};

describe('a card approved together with others', () => {
  it.each(DOUBT_NAMES)('%s', (name) => {
    const at = [1, 14, 15, 100].map((weight) => needsLook(doubted(name, weight)));
    const expected = {
      always: [true, true, true, true],
      weight: [false, false, true, true],
      never: [false, false, false, false],
    }[TABLE[name]];
    expect(at).toEqual(expected);
  });

  it('passes with little doubts that add up, and not with one that is about the number', () => {
    const little = [
      { name: 'fieldMissing', weight: DEFAULT_WEIGHTS.fieldMissing },
      { name: 'smallPicture', weight: DEFAULT_WEIGHTS.smallPicture },
      { name: 'corrected', weight: DEFAULT_WEIGHTS.corrected },
    ] as const;
    expect(needsLook({ ...CLEAN, doubts: little, score: 25 })).toBe(false);
    const prefix = { name: 'unknownPrefix', weight: DEFAULT_WEIGHTS.unknownPrefix } as const;
    expect(needsLook({ ...CLEAN, doubts: [...little, prefix], score: 35 })).toBe(true);
  });

  it.each<readonly [string, Partial<Part>, boolean]>([
    ['nothing is in doubt', {}, false],
    ['it was put aside and is clean', { state: { kind: 'held', by: 'a', at: 1 } }, false],
    ['it has a warning that weighs nothing', { warnings: [-9112] }, true],
    ['it has no number', { fields: {} }, true],
    ['nothing has assessed it', { score: undefined }, true],
    ['two people disagree about it', { state: { kind: 'disputed' } as CardState }, true],
  ])('where %s', (_where, part, stays) => {
    expect(needsLook({ ...CLEAN, ...part })).toBe(stays);
  });
});
