/**
 * The recogniser's two heads: two last layers over the same features. They err in different places, so that both are read on
 * every strip.
 */
import type { DigitColumns } from './ctc-digits';

/**
 * How much each head counts, and their names: `digits` was trained on card numbers, `text` is the general one, of which only
 * the digits are taken. The first errs less on pressed digits, the second knows more fonts: by trials on generated cards.
 */
export const HEAD_WEIGHTS = { digits: 2, text: 1 } as const;

export type Head = keyof typeof HEAD_WEIGHTS;

/** In the order in which they are asked. */
export const HEADS = ['digits', 'text'] as const satisfies readonly Head[];

/** What each head says of the digits on one strip. */
export type StripReading = Readonly<Record<Head, DigitColumns>>;
