import { describe, expect, it } from 'vitest';
import { DEFAULT_WEIGHTS, DOUBT_NAMES, type DoubtName, type DoubtWeights } from '../../shared/doubts';
import { assess, doubtfulDigits, enginesAgree, type Known, type Reading } from './doubts';
import type { PrefixFacts } from './ports';

/** Generated, of no bank; passes Luhn. */
const CLEAN_NUMBER = '6222020200112233446';
const NO_DUPLICATES = { numberInBatch: 0, numberElsewhere: 0, pictureInBatch: 0, pictureElsewhere: 0 };
const PREFIX: PrefixFacts = {
  match: 'matches',
  lengths: [19],
  banks: [{ name: '中国工商银行', code: '01020000' }],
  types: ['借记卡'],
};
const FIELDS = {
  cardNumber: CLEAN_NUMBER,
  bankInfo: '工商银行(01020000)',
  cardType: '借记卡',
  cardName: '牡丹灵通卡',
  validDate: '07/2029',
};

interface Changes {
  readonly card?: Partial<Known['card']>;
  readonly fields?: Partial<Record<keyof typeof FIELDS, string | undefined>>;
  readonly readings?: readonly Reading[];
  readonly prefix?: Partial<PrefixFacts>;
  readonly duplicates?: Partial<Known['duplicates']>;
}

function known({ card, fields, readings, prefix, duplicates }: Changes = {}): Known {
  const all = Object.fromEntries(
    Object.entries({ ...FIELDS, ...fields }).filter(([, value]) => value !== undefined),
  );
  return {
    card: { fields: all, corrected: [], warnings: [], quality: 88, intakeNotes: [], ...card },
    readings: readings ?? [{ engine: 'tencent', fields: all }],
    prefix: { ...PREFIX, ...prefix },
    duplicates: { ...NO_DUPLICATES, ...duplicates },
    today: { year: 2026, month: 11 },
  };
}

const POLICY = { weights: DEFAULT_WEIGHTS, qualityThreshold: 50 };
const names = (changes: Changes) => assess(known(changes), POLICY).doubts.map(({ name }) => name);
const both = (one: Partial<typeof FIELDS>, other: Partial<typeof FIELDS>): readonly Reading[] => [
  { engine: 'local', fields: { ...FIELDS, ...one } },
  { engine: 'tencent', fields: { ...FIELDS, ...other } },
];
/** The clean number with one digit changed. */
const other = (at: number) =>
  CLEAN_NUMBER.slice(0, at) + String((Number(CLEAN_NUMBER[at]) + 5) % 10) + CLEAN_NUMBER.slice(at + 1);

describe('doubts of a card', () => {
  it('has none about a card of which all that is known fits together', () => {
    expect(assess(known(), POLICY)).toEqual({ doubts: [], score: 0 });
  });

  /** What is known, and the one doubt that it raises. */
  const table: readonly (readonly [string, DoubtName, Changes])[] = [
    ['the date is invalid by the engine', 'dateWarning', { card: { warnings: [-9110] } }],
    ['the border is incomplete', 'borderWarning', { card: { warnings: [-9111] } }],
    ['there is a reflection', 'reflectionWarning', { card: { warnings: [-9112] } }],
    ['it is a photocopy', 'copyWarning', { card: { warnings: [-9113] } }],
    ['it was re-shot from a screen', 'screenWarning', { card: { warnings: [-9114] } }],
    ['the quality is under the threshold', 'lowQuality', { card: { quality: 49 } }],
    ['the check digit does not fit', 'luhn', { fields: { cardNumber: other(17) } }],
    [
      'the prefix is of numbers of another length',
      'length',
      { prefix: { match: 'otherLength', lengths: [16] } },
    ],
    ['no table knows the prefix', 'unknownPrefix', { prefix: { match: 'unknown', banks: [], types: [] } }],
    ['the prefix is of another bank', 'bankDiffers', { fields: { bankInfo: '招商银行(03080000)' } }],
    ['the prefix is of another bank, by name alone', 'bankDiffers', { fields: { bankInfo: '招商银行' } }],
    ['the prefix is of another type of card', 'typeDiffers', { fields: { cardType: '贷记卡' } }],
    ['the card expired last month', 'expired', { fields: { validDate: '10/2026' } }],
    ['no card is good for so long', 'expiryImpossible', { fields: { validDate: '12/2056' } }],
    ['there is no such month', 'expiryImpossible', { fields: { validDate: '13/2029' } }],
    ['the bank is missing', 'fieldMissing', { fields: { bankInfo: undefined } }],
    ['a person corrected a field', 'corrected', { card: { corrected: ['cardName'] } }],
    ['the number is in the batch twice', 'duplicateNumberInBatch', { duplicates: { numberInBatch: 1 } }],
    ['the number is in another batch', 'duplicateNumber', { duplicates: { numberElsewhere: 2 } }],
    ['the picture is in the batch twice', 'duplicatePictureInBatch', { duplicates: { pictureInBatch: 1 } }],
    ['the picture is in another batch', 'duplicatePicture', { duplicates: { pictureElsewhere: 1 } }],
    ['the picture is small', 'smallPicture', { card: { intakeNotes: ['smallPicture'] } }],
    ['the engines read other digits', 'enginesDiffer', { readings: both({}, { cardNumber: other(9) }) }],
    ['one engine found no number', 'enginesDiffer', { readings: both({}, { cardNumber: undefined }) }],
    [
      'the engines read other dates',
      'enginesDifferElsewhere',
      { readings: both({}, { validDate: '07/2028' }) },
    ],
    [
      'the reader was not sure of a digit',
      'weakDigits',
      {
        readings: [
          {
            engine: 'local',
            fields: FIELDS,
            digitConfidence: Array.from(CLEAN_NUMBER, (_d, at) => (at === 4 ? 0.6 : 0.99)),
          },
        ],
      },
    ],
  ];
  it.each(table)('%s: %s', (_what, name, changes) => {
    expect(names(changes)).toEqual([name]);
  });

  it('names every doubt that there is in this table', () => {
    const raised = new Set([...table.map(([, name]) => name), 'numberMissing']);
    expect(DOUBT_NAMES.filter((name) => !raised.has(name))).toEqual([]);
  });

  it('tells a card without a number as that alone, not as every check that needs one', () => {
    const bare = known({ fields: { cardNumber: undefined, bankInfo: undefined } });
    expect(assess({ ...bare, prefix: undefined }, POLICY).doubts.map(({ name }) => name)).toEqual([
      'numberMissing',
    ]);
  });

  it('points to the digits in which two engines differ', () => {
    const { doubts } = assess(known({ readings: both({}, { cardNumber: other(9) }) }), POLICY);
    expect(doubts[0]).toMatchObject({
      field: 'cardNumber',
      picture: 'number',
      digits: [9],
      params: { count: 1 },
    });
    expect(doubtfulDigits(doubts)).toEqual([9]);
  });
});

describe('what gives no ground for a doubt', () => {
  it('misses a date on a credit card, not on a debit card', () => {
    expect(names({ fields: { validDate: undefined } })).toEqual([]);
    const credit = { validDate: undefined, cardType: '贷记卡' };
    expect(names({ fields: credit, prefix: { types: ['贷记卡'] } })).toEqual(['fieldMissing']);
  });

  it('takes what a person said of the number over what engines disagree about', () => {
    const readings = both({}, { cardNumber: other(9) });
    expect(names({ readings, card: { corrected: ['cardNumber'] } })).toEqual(['corrected']);
  });

  it.each([
    ['工商银行(01021234)', 'of the same bank in another region'],
    ['中国工商银行', 'by its full name'],
    ['工商银行', 'by its short name'],
    ['中国工商银行股份有限公司', 'by its name as a company'],
  ])('knows the bank of the prefix in %s, %s', (bankInfo) => {
    expect(names({ fields: { bankInfo } })).toEqual([]);
  });

  it('does not take 中国银行 for 中国工商银行', () => {
    expect(names({ fields: { bankInfo: '中国银行' } })).toEqual(['bankDiffers']);
    expect(names({ fields: { bankInfo: '中国银行(01040000)' } })).toEqual(['bankDiffers']);
  });

  it.each([
    ['through its last month', '11/2026'],
    ['to the last month that a chip card can say in two digits', '12/2049'],
    ['for thirty years', '11/2056'],
  ])('lets a card be good %s', (_howLong, validDate) => {
    expect(names({ fields: { validDate } })).toEqual([]);
  });
});

describe('the weight of doubts', () => {
  it('adds up weights, weightiest first, and leaves out what weighs nothing', () => {
    const changes: Changes = { card: { warnings: [-9114, -9112], quality: 20 } };
    const { doubts, score } = assess(known(changes), POLICY);
    expect(doubts.map(({ weight }) => weight)).toEqual([50, 25, 25]);
    expect(score).toBe(100);
    const without = { ...POLICY, weights: { ...DEFAULT_WEIGHTS, lowQuality: 0, screenWarning: 1 } };
    expect(assess(known(changes), without)).toMatchObject({
      doubts: [{ name: 'reflectionWarning' }, { name: 'screenWarning' }],
      score: 26,
    });
  });

  it('says what is in doubt about the number also where that weighs nothing', () => {
    const nothing = Object.fromEntries(DOUBT_NAMES.map((name) => [name, 0])) as DoubtWeights;
    const duplicates = { numberInBatch: 1, numberElsewhere: 1, pictureInBatch: 1, pictureElsewhere: 1 };
    const digits = FIELDS.cardNumber ?? '';
    const bad = digits.slice(0, -1) + String((Number(digits.at(-1)) + 1) % 10);
    const changes: Changes = {
      fields: { cardNumber: bad },
      card: { quality: 20, warnings: [-9112] },
      duplicates,
    };
    const { doubts, score } = assess(known(changes), { ...POLICY, weights: nothing });
    expect(doubts.map(({ name }) => name)).toEqual([
      'duplicatePictureInBatch',
      'duplicateNumberInBatch',
      'duplicatePicture',
      'duplicateNumber',
      'luhn',
    ]);
    expect(score).toBe(0);
  });
});

describe('engines', () => {
  it('has engines agree only where two have read the same number, digit for digit', () => {
    expect(enginesAgree(both({}, {}))).toBe(true);
    expect(enginesAgree(both({}, { cardNumber: other(3) }))).toBe(false);
    expect(enginesAgree([{ engine: 'local', fields: FIELDS }])).toBe(false);
    expect(enginesAgree(both({ cardNumber: undefined }, { cardNumber: undefined }))).toBe(false);
  });
});
