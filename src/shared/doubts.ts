/**
 * Doubts: the named reasons to look at a card. What finds them is `core/doubts`; here are their names, the weights that
 * they have until a person sets others, and what a face needs to show one.
 */
import type { FieldName, WarningCode } from './recognition';

/**
 * In the order in which they are told where weights are equal.
 * enginesDiffer: two engines read other numbers. duplicateNumber / duplicatePicture: the same number or picture elsewhere, in this
 * batch or in any other. length: the number has not the length of its prefix. corrected: a person changed what was read.
 */
export const DOUBT_NAMES = [
  'enginesDiffer',
  'numberMissing',
  'screenWarning',
  'copyWarning',
  'dateWarning',
  'borderWarning',
  'reflectionWarning',
  'expiryImpossible',
  'expired',
  'length',
  'weakDigits',
  'bankDiffers',
  'typeDiffers',
  'duplicatePictureInBatch',
  'duplicateNumberInBatch',
  'duplicatePicture',
  'duplicateNumber',
  'enginesDifferElsewhere',
  'lowQuality',
  'luhn',
  'corrected',
  'unknownPrefix',
  'fieldMissing',
  'smallPicture',
] as const;
export type DoubtName = (typeof DOUBT_NAMES)[number];

/** 0 takes a doubt away, unless it is about the number: such a one stays and adds nothing. The weights of a card's doubts add up to its score. */
export const MOST_WEIGHT = 100;
export type DoubtWeights = Readonly<Record<DoubtName, number>>;

/**
 * What a person meets until they set others. Order of thought: a number that two readers read differently is wrong in one
 * of them; then what makes the whole card suspect (re-shot, copied, impossible); then what makes a digit suspect; last
 * what is merely worth a glance. Luhn is low because real Chinese cards fail it.
 */
export const DEFAULT_WEIGHTS: DoubtWeights = {
  enginesDiffer: 60,
  numberMissing: 60,
  screenWarning: 50,
  copyWarning: 45,
  dateWarning: 30,
  borderWarning: 30,
  reflectionWarning: 25,
  expiryImpossible: 30,
  expired: 30,
  length: 40,
  weakDigits: 25,
  bankDiffers: 30,
  typeDiffers: 15,
  duplicatePictureInBatch: 40,
  duplicateNumberInBatch: 35,
  duplicatePicture: 30,
  duplicateNumber: 20,
  enginesDifferElsewhere: 15,
  lowQuality: 25,
  luhn: 20,
  corrected: 15,
  unknownPrefix: 10,
  fieldMissing: 5,
  smallPicture: 5,
};

/** Raised whatever they weigh: doubts about the number itself, or about whether there is a second card like this one. */
export const NUMBER_DOUBTS: readonly DoubtName[] = [
  'enginesDiffer',
  'numberMissing',
  'length',
  'weakDigits',
  'luhn',
  'unknownPrefix',
  'duplicateNumberInBatch',
  'duplicateNumber',
  'duplicatePictureInBatch',
  'duplicatePicture',
];
/** A doubt of another kind is worth a look of its own from this weight on. */
export const LOOK_WEIGHT = 15;

export const WARNING_DOUBTS: Readonly<Record<WarningCode, DoubtName>> = {
  [-9110]: 'dateWarning',
  [-9111]: 'borderWarning',
  [-9112]: 'reflectionWarning',
  [-9113]: 'copyWarning',
  [-9114]: 'screenWarning',
};

/** The picture of a card that a doubt is about. */
export type DoubtPicture = 'original' | 'card' | 'number';

export interface Doubt {
  readonly name: DoubtName;
  readonly weight: number;
  /** The field that it is about. */
  readonly field?: FieldName;
  readonly picture?: DoubtPicture;
  /** Positions (0-based) of the digits that it is about. */
  readonly digits?: readonly number[];
  /** Fill the sentence: counts, a length, a month; never a card number. */
  readonly params?: Readonly<Record<string, string | number>>;
}
