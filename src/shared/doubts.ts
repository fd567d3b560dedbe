/**
 * Doubts: the named reasons to look at a card. What finds them is `core/doubts`; here are their names, the weights that
 * they have until a person sets others, and what a face needs to show one.
 */
import type { FieldName, WarningCode } from './recognition';

interface Row {
  readonly name: string;
  /** What a person meets until they set another. */
  readonly weight: number;
  /** Raised whatever it weighs: it is about the number itself, or about whether there is a second card like this one. */
  readonly aboutNumber?: true;
}

/**
 * A doubt is a line here (in the order in which they are told where weights are equal), its finder in core/doubts/doubts.ts,
 * its short name in messages/terms.ts and its sentence in messages/window; the compiler asks for each.
 *
 * Order of thought: a number that two readers read differently is wrong in one of them; then what makes the whole card suspect
 * (re-shot, copied, impossible); then what makes a digit suspect; last what is merely worth a glance. Luhn is low because real
 * Chinese cards fail it.
 *
 * enginesDiffer: two engines read other numbers. duplicateNumber, duplicatePicture: the same number or picture elsewhere, in this
 * batch or in any other. length: the number has not the length of its prefix. corrected: a person changed what was read.
 */
const TABLE = [
  { name: 'enginesDiffer', weight: 60, aboutNumber: true },
  { name: 'numberMissing', weight: 60, aboutNumber: true },
  { name: 'screenWarning', weight: 50 },
  { name: 'copyWarning', weight: 45 },
  { name: 'dateWarning', weight: 30 },
  { name: 'borderWarning', weight: 30 },
  { name: 'reflectionWarning', weight: 25 },
  { name: 'expiryImpossible', weight: 30 },
  { name: 'expired', weight: 30 },
  { name: 'length', weight: 40, aboutNumber: true },
  { name: 'weakDigits', weight: 25, aboutNumber: true },
  { name: 'bankDiffers', weight: 30 },
  { name: 'typeDiffers', weight: 15 },
  { name: 'duplicatePictureInBatch', weight: 40, aboutNumber: true },
  { name: 'duplicateNumberInBatch', weight: 35, aboutNumber: true },
  { name: 'duplicatePicture', weight: 30, aboutNumber: true },
  { name: 'duplicateNumber', weight: 20, aboutNumber: true },
  { name: 'enginesDifferElsewhere', weight: 15 },
  { name: 'lowQuality', weight: 25 },
  { name: 'luhn', weight: 20, aboutNumber: true },
  { name: 'corrected', weight: 15 },
  { name: 'unknownPrefix', weight: 10, aboutNumber: true },
  { name: 'fieldMissing', weight: 5 },
  { name: 'smallPicture', weight: 5 },
] as const satisfies readonly Row[];
export type DoubtName = (typeof TABLE)[number]['name'];

export const DOUBT_NAMES: readonly DoubtName[] = TABLE.map(({ name }) => name);

/** 0 takes a doubt away, unless it is about the number: such a one stays and adds nothing. The weights of a card's doubts add up to its score. */
export const MOST_WEIGHT = 100;
export type DoubtWeights = Readonly<Record<DoubtName, number>>;

export const DEFAULT_WEIGHTS = Object.fromEntries(
  TABLE.map(({ name, weight }) => [name, weight]),
) as DoubtWeights;

/** Those that are raised whatever they weigh. */
export const NUMBER_DOUBTS: readonly DoubtName[] = TABLE.filter((row) => 'aboutNumber' in row).map(
  ({ name }) => name,
);
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
