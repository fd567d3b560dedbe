/** What the report of a batch, or of all, says; made by `core/report`. */
import type { Counts } from './cards';
import type { DoubtName } from './doubts';
import type { FieldName } from './recognition';

export interface ReviewerLine {
  /** A person's name. */
  readonly who: string;
  readonly decided: number;
  readonly approved: number;
  readonly rejected: number;
  readonly rescan: number;
  /** Cards among them in which they corrected a field. */
  readonly corrected: number;
  /** Medians over the cards that were decided one at a time; absent without such. */
  readonly keysPerCard?: number;
  readonly secondsPerCard?: number;
  /** Cards in an hour in which they decided at all. */
  readonly perHour?: number;
  /** Approvals that a quality check looked at, and those that it found right. */
  readonly checked: number;
  readonly right: number;
}

export interface Report {
  /** In = approved + rejected + rescan + held + pending (second review and disputes among them, and what is on its way) + failed. */
  readonly counts: Counts;
  readonly taken: number;
  /** Cards decided by hand and by the rule, and those of all in which a person corrected a field. */
  readonly byPerson: number;
  readonly byRule: number;
  readonly corrected: number;
  readonly corrections: Readonly<Record<FieldName, number>>;
  /** Decisions in each hour that had one, oldest first, at most the last `MOST_HOURS` such hours. `at` is the hour's start, epoch ms. */
  readonly hours: readonly { readonly at: number; readonly decided: number }[];
  readonly reviewers: readonly ReviewerLine[];
  readonly rule: { readonly approved: number; readonly checked: number; readonly right: number };
  /** How many cards have each doubt, most first. */
  readonly doubts: readonly { readonly name: DoubtName; readonly cards: number }[];
  readonly samplesDue: number;
}

export const MOST_HOURS = 72;
