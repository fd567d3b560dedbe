/** What an error code means for a card and for the queue. Source of each row: src/shared/error-codes.json. */
import table from '../../shared/error-codes.json';

/**
 * transient: may pass by itself. throttle: too fast. image: this picture will not do. settings, account: every other call
 * would fail as well until a person acts.
 */
export type ErrorClass = 'transient' | 'throttle' | 'image' | 'settings' | 'account';

export interface ErrorMeaning {
  readonly class: ErrorClass;
  /** Not for haste, which costs a card nothing however often it is met. */
  readonly maxRetries: number;
}

/** A code that nothing is known of may be this card's matter alone: tried once more, like what may pass by itself. */
const UNKNOWN: ErrorMeaning = { class: 'transient', maxRetries: 1 };

interface Table {
  readonly codes: Readonly<Record<string, { readonly class: string; readonly maxRetries: number }>>;
  readonly fallback: readonly { readonly prefix: string; readonly class: string }[];
}
const { codes, fallback } = table as Table;

/** Retries for a code that no table names, by its class. */
const FALLBACK_RETRIES: Readonly<Record<ErrorClass, number>> = {
  transient: 2,
  throttle: 5,
  image: 0,
  settings: 0,
  account: 0,
};

/** An unknown code is judged by its longest known prefix. */
export function classify(code: string): ErrorMeaning {
  const known = codes[code];
  if (known) return { class: known.class as ErrorClass, maxRetries: known.maxRetries };
  const found = fallback.find(({ prefix }) => code === prefix || code.startsWith(`${prefix}.`));
  if (!found) return UNKNOWN;
  const meaning = found.class as ErrorClass;
  return { class: meaning, maxRetries: FALLBACK_RETRIES[meaning] };
}

/** What is said of the picture that was sent, also where it may pass by itself: other pictures need not meet it. */
export function isOfPicture(code: string): boolean {
  return /^(FailedOperation|local)(\.|$)/.test(code) || classify(code).class === 'image';
}
