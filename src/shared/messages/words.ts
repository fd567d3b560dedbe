import type { Language } from '../settings';

/** A word or sentence in each language. */
export type Text = Readonly<Record<Language, string>>;
/** One for each key: a forgotten one does not compile. */
export type Words<Key extends string | number> = Readonly<Record<Key, Text>>;
