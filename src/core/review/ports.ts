import type { BatchId, CardId } from '../../shared/ids';
import type { FieldName } from '../../shared/recognition';
import type { Card } from '../cards/ports';

/** What an edit changed of a card, before and after, so that it can be taken back: only what it changed is in it. */
export interface EditedCard {
  readonly id: CardId;
  readonly before: CardEditState;
  readonly after: CardEditState;
  /** Where one side is an approval: what the card was beside it. It becomes approved anew only as that. */
  readonly beside?: Pick<Card, 'fields' | 'warnings' | 'doubts'>;
}
export type CardEditState = Partial<
  Pick<Card, 'state' | 'fields' | 'corrected' | 'sample' | 'assignedTo' | 'note'>
>;
export interface Edit {
  readonly id: number;
  readonly what: string;
  readonly cards: readonly EditedCard[];
}

/** What people did, so that it can be taken back and done again. */
export interface EditStore {
  /** Answers the edit's id. What this person took back before can be done again no more. */
  addEdit(who: string, what: string, cards: readonly EditedCard[], at: number): number;
  /** A person's newest edit that stands, and the oldest that they took back after it. */
  editToUndo(who: string): Edit | undefined;
  editToRedo(who: string): Edit | undefined;
  markEdit(id: number, undone: boolean): void;
  /** Whether the decisions of an edit stand. */
  markDecisions(editId: number, undone: boolean): void;
}

/** One decision about one card, for the report. `editId` is the edit that it was part of: undone, it counts no more. */
export interface DecisionLine {
  readonly editId: number;
  readonly at: number;
  /** A person's name; the rule's where no person decided. */
  readonly who: string;
  readonly cardId: CardId;
  readonly batchId: BatchId;
  readonly kind:
    'approved' | 'rejected' | 'rescan' | 'held' | 'second' | 'disputed' | 'checkedRight' | 'checkedWrong';
  /** For a check: whose approval it was about. */
  readonly about?: string;
  readonly byRule: boolean;
  readonly corrected: readonly FieldName[];
  /** Absent where many cards were decided at once. */
  readonly keys?: number;
  readonly durationMs?: number;
}

export interface DecisionStore {
  addDecisions(lines: readonly DecisionLine[]): void;
  /** Decisions that stand, oldest first. */
  decisions(batchId: BatchId | undefined): Iterable<DecisionLine>;
}
