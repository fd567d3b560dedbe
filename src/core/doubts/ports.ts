/** What the table of prefixes says of a number; an adapter reads it. */
export interface PrefixFacts {
  /** unknown: no row has this prefix. otherLength: rows have it, none for a number of this length. */
  readonly match: 'matches' | 'otherLength' | 'unknown';
  /** Of all rows of the longest prefix that is known. */
  readonly lengths: readonly number[];
  readonly banks: readonly { readonly name: string; readonly code?: string }[];
  /** As the API writes card types: 借记卡, 贷记卡, 准贷记卡, 预付卡. */
  readonly types: readonly string[];
}

export interface PrefixTable {
  lookUp(number: string): PrefixFacts;
}
