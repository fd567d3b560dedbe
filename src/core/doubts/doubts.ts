/**
 * The policy: all that is known of a card in, named doubts with weights and one score out. Pure, and a table: each line
 * below names one doubt and says when it is raised.
 */
import type { Doubt, DoubtName, DoubtWeights } from '../../shared/doubts';
import { DOUBT_NAMES, NUMBER_DOUBTS, WARNING_DOUBTS } from '../../shared/doubts';
import { isPossibleExpiry, monthsUntil } from '../../shared/expiry';
import { differingDigits, passesLuhn } from '../../shared/number';
import type { EngineName, FieldName, Fields } from '../../shared/recognition';
import type { Card, Duplicates } from '../cards/ports';
import type { PrefixFacts } from './ports';

/** One engine's newest answer. */
export interface Reading {
  readonly engine: EngineName;
  readonly fields: Fields;
  /** Probability (0-1) of each digit; the local engine's own knowledge. */
  readonly digitConfidence?: readonly number[];
}

export interface Known {
  readonly card: Pick<Card, 'fields' | 'corrected' | 'warnings' | 'quality' | 'intakeNotes'>;
  /** The newest answer of each engine. */
  readonly readings: readonly Reading[];
  /** Absent without a number. */
  readonly prefix?: PrefixFacts;
  readonly duplicates: Duplicates;
  /** Year and month (1-12) of today, on this computer's calendar. */
  readonly today: { readonly year: number; readonly month: number };
}

export interface Policy {
  readonly weights: DoubtWeights;
  readonly qualityThreshold: number;
}

export interface Assessment {
  /** Weightiest first. */
  readonly doubts: readonly Doubt[];
  readonly score: number;
}

/** The reader's own probability under which a digit deserves a look. */
const UNSURE_DIGIT = 0.8;
/** Fields that a card may be expected to have. A name of the product is printed on few, and many debit cards show no date. */
const expected = ({ cardType }: Fields): readonly FieldName[] =>
  cardType === '借记卡' ? ['bankInfo', 'cardType'] : ['bankInfo', 'cardType', 'validDate'];

type Found = Omit<Doubt, 'name' | 'weight'> | undefined | false;
type Finder = (known: Known, policy: Policy) => Found | readonly Exclude<Found, undefined | false>[];

const wholeCard = { picture: 'original' } as const;
const inNumber = { field: 'cardNumber', picture: 'number' } as const;

const warned =
  (name: DoubtName, about: Found = wholeCard): Finder =>
  ({ card }) =>
    card.warnings.some((code) => WARNING_DOUBTS[code] === name) && about;

const FINDERS: Readonly<Record<DoubtName, Finder>> = {
  enginesDiffer: (known) => numbersDiffer(known),
  numberMissing: ({ card }) => card.fields.cardNumber === undefined && { field: 'cardNumber', ...wholeCard },
  screenWarning: warned('screenWarning'),
  copyWarning: warned('copyWarning'),
  dateWarning: warned('dateWarning', { field: 'validDate', picture: 'card' }),
  borderWarning: warned('borderWarning'),
  reflectionWarning: warned('reflectionWarning'),
  expiryImpossible: ({ card, today }) =>
    dateDoubt(card.fields.validDate, today) === 'impossible' && expiry(card),
  expired: ({ card, today }) => dateDoubt(card.fields.validDate, today) === 'passed' && expiry(card),
  length: ({ card, prefix }) =>
    prefix?.match === 'otherLength' && {
      ...inNumber,
      params: { length: card.fields.cardNumber?.length ?? 0, expected: prefix.lengths.join(' / ') },
    },
  weakDigits: (known) => someDigits(weakDigits(known)),
  bankDiffers: (known) => bankDiffers(known),
  typeDiffers: (known) => typeDiffers(known),
  duplicatePictureInBatch: ({ duplicates }) => counted(duplicates.pictureInBatch, wholeCard),
  duplicateNumberInBatch: ({ duplicates }) => counted(duplicates.numberInBatch, inNumber),
  duplicatePicture: ({ duplicates }) => counted(duplicates.pictureElsewhere, wholeCard),
  duplicateNumber: ({ duplicates }) => counted(duplicates.numberElsewhere, inNumber),
  enginesDifferElsewhere: (known) => othersDiffer(known),
  lowQuality: ({ card }, { qualityThreshold }) =>
    card.quality !== undefined &&
    card.quality < qualityThreshold && { ...wholeCard, params: { quality: card.quality } },
  luhn: ({ card }) => card.fields.cardNumber !== undefined && !passesLuhn(card.fields.cardNumber) && inNumber,
  corrected: ({ card }) => card.corrected.map((field) => ({ field })),
  unknownPrefix: ({ prefix }) => prefix?.match === 'unknown' && inNumber,
  fieldMissing: ({ card }) =>
    // A card without its number is one doubt, not four.
    card.fields.cardNumber === undefined
      ? undefined
      : expected(card.fields)
          .filter((field) => card.fields[field] === undefined)
          .map((field) => ({
            field,
            picture: 'card' as const,
          })),
  smallPicture: ({ card }) => card.intakeNotes.includes('smallPicture') && wholeCard,
};

export function assess(known: Known, policy: Policy): Assessment {
  const doubts: Doubt[] = [];
  let score = 0;
  for (const name of DOUBT_NAMES) {
    const weight = policy.weights[name];
    if (weight === 0 && !NUMBER_DOUBTS.includes(name)) continue;
    const found = FINDERS[name](known, policy);
    const each = Array.isArray(found) ? found : found ? [found] : [];
    for (const one of each as readonly Omit<Doubt, 'name' | 'weight'>[]) {
      doubts.push({ name, weight, ...one });
      score += weight;
    }
  }
  return { doubts: doubts.toSorted((one, other) => other.weight - one.weight), score };
}

function counted(cards: number, about: Omit<Doubt, 'name' | 'weight'>): Found {
  return cards > 0 && { ...about, params: { cards } };
}

function expiry(card: Known['card']): Found {
  return { field: 'validDate', picture: 'card', params: { date: card.fields.validDate ?? '' } };
}

/** A card is good through the last day of its month. */
function dateDoubt(date: string | undefined, today: Known['today']): 'passed' | 'impossible' | undefined {
  if (date === undefined) return undefined;
  const [, month, year] = /^(\d{2})\/(\d{4})$/.exec(date) ?? [];
  const until = { month: Number(month), year: Number(year) };
  if (month === undefined || year === undefined || !isPossibleExpiry(until, today)) return 'impossible';
  return monthsUntil(until, today) < 0 ? 'passed' : undefined;
}

// --- the number ------------------------------------------------------------------------------------------------------

/** Digits in which two engines differ; undefined when they agree, when there are not two, or when a person has said what it is. */
function numbersDiffer({ card, readings }: Known): Found {
  const [one, other] = readings.map(({ fields }) => fields.cardNumber);
  if (readings.length < 2 || one === other || card.corrected.includes('cardNumber')) return undefined;
  const digits = one !== undefined && other !== undefined ? differingDigits(one, other) : undefined;
  return { ...inNumber, ...(digits && { digits, params: { count: digits.length } }) };
}

/** Digits of which the reader itself was not sure, where its reading is the one that stands. */
function weakDigits({ card, readings }: Known): readonly number[] {
  if (card.corrected.includes('cardNumber')) return [];
  const standing = readings.find(
    ({ fields, digitConfidence }) =>
      digitConfidence !== undefined &&
      fields.cardNumber !== undefined &&
      fields.cardNumber === card.fields.cardNumber,
  );
  return (standing?.digitConfidence ?? []).flatMap((sure, at) => (sure < UNSURE_DIGIT ? [at] : []));
}

function someDigits(digits: readonly number[]): Found {
  return digits.length > 0 && { ...inNumber, digits, params: { count: digits.length } };
}

/** Digits of a number that deserve a look, in order: for the editor's first place and for the marks on the digit wall. */
export function doubtfulDigits(doubts: readonly Doubt[]): readonly number[] {
  return [...new Set(doubts.flatMap(({ digits }) => digits ?? []))].sort((one, other) => one - other);
}

/** Whether two engines have read the same number, digit for digit. */
export function enginesAgree(readings: readonly Reading[]): boolean {
  const numbers = readings.map(({ fields }) => fields.cardNumber);
  return numbers.length >= 2 && numbers[0] !== undefined && numbers.every((number) => number === numbers[0]);
}

// --- bank and type ---------------------------------------------------------------------------------------------------

const BANK_CODE = /\((\d{4})\d{4}\)\s*$/;

/** 中国工商银行 and 工商银行 are one bank; so are 上海浦东发展银行 and 浦东发展银行. */
function sameName(one: string, other: string): boolean {
  const bare = (name: string) =>
    name.replace(/\(.*\)|（.*）|股份有限公司|有限责任公司|有限公司|\s/g, '').replace(/^中国(?!银行)/, '');
  const [left, right] = [bare(one), bare(other)];
  return (
    left === right || (left.length > 3 && right.endsWith(left)) || (right.length > 3 && left.endsWith(right))
  );
}

/** Banks are told apart by the first four digits of their code, the next four name a region; without a code by name. */
function sameBank(text: string, bank: { readonly name: string; readonly code?: string }): boolean {
  const [, code] = BANK_CODE.exec(text) ?? [];
  return (code !== undefined && bank.code?.slice(0, 4) === code) || sameName(text, bank.name);
}

function bankDiffers({ card, prefix }: Known): Found {
  const { bankInfo } = card.fields;
  if (bankInfo === undefined || prefix === undefined || prefix.banks.length === 0) return undefined;
  if (prefix.banks.some((bank) => sameBank(bankInfo, bank))) return undefined;
  return { field: 'bankInfo', picture: 'card', params: { expected: prefix.banks[0]?.name ?? '' } };
}

/** 信用卡 is what people call a 贷记卡, 储蓄卡 a 借记卡. */
const typeOf = (text: string): string =>
  text.includes('准贷记')
    ? '准贷记卡'
    : /信用|贷记/.test(text)
      ? '贷记卡'
      : /储蓄|借记/.test(text)
        ? '借记卡'
        : text;

function typeDiffers({ card, prefix }: Known): Found {
  const { cardType } = card.fields;
  if (cardType === undefined || prefix?.match !== 'matches' || prefix.types.length === 0) return undefined;
  if (prefix.types.some((type) => typeOf(type) === typeOf(cardType))) return undefined;
  return { field: 'cardType', picture: 'card', params: { expected: prefix.types[0] ?? '' } };
}

/** Fields other than the number in which two engines differ; the name of the product has no one spelling. */
function othersDiffer({ card, readings }: Known): readonly Exclude<Found, undefined | false>[] {
  const [one, other] = readings;
  if (!one || !other) return [];
  const differ: Readonly<Partial<Record<FieldName, (left: string, right: string) => boolean>>> = {
    bankInfo: (left, right) => !sameBank(left, { name: right, code: /\((\d{8})\)\s*$/.exec(right)?.[1] }),
    cardType: (left, right) => typeOf(left) !== typeOf(right),
    validDate: (left, right) => left !== right,
  };
  return (Object.keys(differ) as FieldName[]).flatMap((field) => {
    const [left, right] = [one.fields[field], other.fields[field]];
    if (left === undefined || right === undefined || card.corrected.includes(field)) return [];
    return differ[field]?.(left, right) ? [{ field, picture: 'card' as const }] : [];
  });
}
