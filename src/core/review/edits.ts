/** Changes of cards as edits: written with their audit line, taken back and done again by the person who made them. */
import type { HistoryEntry } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { Done, Output, UndoState } from '../../shared/ipc';
import { fail, ok, type Failure, type Result } from '../../shared/result';
import type { AuditLog } from '../audit/ports';
import type { Card, CardStore, Clock, Transactions } from '../cards/ports';
import type { AttemptStore } from '../recognition/ports';
import type { CardEditState, DecisionLine, DecisionStore, Edit, EditStore, EditedCard } from './ports';

export interface EditTools {
  readonly store: CardStore & AttemptStore & EditStore & DecisionStore & AuditLog & Transactions;
  readonly clock: Clock;
  /** The name of whoever sits at the desk. */
  who(): string;
  changed(ids: readonly CardId[]): void;
  undoChanged(state: UndoState): void;
  /** Cards were sent back to the queue. */
  requeued(): void;
}

/** What one change makes of one card. */
export interface Change {
  readonly to: CardEditState;
  /** The audit line's word and particulars, where they are other than the edit's. */
  readonly what?: string;
  readonly params?: HistoryEntry['params'];
  /** For the report, where the change is a decision. */
  readonly decision?: Pick<DecisionLine, 'kind' | 'about' | 'corrected' | 'keys' | 'durationMs'>;
}

export type UndoAnswer = Output<'edit:undo'>;

export interface Edits {
  /**
   * Applies one change to many cards. With a single card its refusal is the answer; with many, those that do not allow the
   * change are left as they are and counted.
   */
  edit<Code extends string>(
    ids: readonly CardId[],
    what: string,
    change: (card: Card) => Result<Change, Code>,
    /** Counts also where no card allows the change. */
    counting?: 'always',
  ): Result<Done, Code | 'card.gone'>;
  state(): UndoState;
  undo(): UndoAnswer;
  redo(): UndoAnswer;
}

export function createEdits(tools: EditTools): Edits {
  const { store, clock } = tools;

  function state(): UndoState {
    return { undo: store.editToUndo(tools.who())?.what, redo: store.editToRedo(tools.who())?.what };
  }

  /** Puts cards from one side of an edit to the other, all or none: not when one of them changed since. */
  function take(found: Edit | undefined, direction: 'undo' | 'redo'): UndoAnswer {
    if (!found) return fail('edit.nothing');
    const [from, to] = direction === 'undo' ? (['after', 'before'] as const) : (['before', 'after'] as const);
    const moved = store.transaction(() => {
      const now = clock.now();
      const current = new Map(store.cards(found.cards.map(({ id }) => id)).map((card) => [card.id, card]));
      const untouched = found.cards.every((edited) => {
        const card = current.get(edited.id);
        return stands(card, edited, from) && mayBecome(card, edited, to);
      });
      // Marked also where it cannot be taken: else it would stand in the way of those before it for ever.
      store.markEdit(found.id, direction === 'undo');
      if (!untouched) return false;
      store.markDecisions(found.id, direction === 'undo');
      for (const edited of found.cards) {
        store.change(edited.id, whole(edited, to), now);
        const what = direction === 'undo' ? 'undone' : 'redone';
        store.addAudit(tools.who(), what, edited.id, { what: found.what }, now);
      }
      return true;
    });
    tools.changed(found.cards.map(({ id }) => id));
    tools.undoChanged(state());
    if (!moved) return fail('edit.changedSince');
    if (found.cards.some((edited) => edited[to].state?.kind === 'queued')) tools.requeued();
    return ok({ cardId: found.cards.length === 1 ? found.cards[0]?.id : undefined, state: state() });
  }

  return {
    edit<Code extends string>(
      ids: readonly CardId[],
      what: string,
      change: (card: Card) => Result<Change, Code>,
      counting?: 'always',
    ): Result<Done, Code | 'card.gone'> {
      const edited: EditedCard[] = [];
      const why: Record<string, number> = {};
      const refuse = (error: Failure<Code | 'card.gone'>, cards = 1) => {
        refusal = error;
        why[error.code] = (why[error.code] ?? 0) + cards;
      };
      const decisions: Omit<DecisionLine, 'editId'>[] = [];
      let refusal: Failure<Code | 'card.gone'> | undefined;
      store.transaction(() => {
        const now = clock.now();
        const who = tools.who();
        const cards = store.cards(ids);
        if (cards.length < ids.length) refuse({ code: 'card.gone' }, ids.length - cards.length);
        for (const card of cards) {
          const made = change(card);
          if (!made.ok) {
            refuse(made.error);
            continue;
          }
          const { to, decision } = made.value;
          store.change(card.id, to, now);
          store.addAudit(who, made.value.what ?? what, card.id, made.value.params ?? {}, now);
          edited.push({ id: card.id, before: sameParts(card, to), after: to, ...beside(store, card, to) });
          if (decision) {
            decisions.push({
              ...decision,
              at: now,
              who,
              cardId: card.id,
              batchId: card.batchId,
              byRule: false,
            });
          }
        }
        if (edited.length === 0) return;
        const editId = store.addEdit(who, what, edited, now);
        store.addDecisions(decisions.map((line) => ({ ...line, editId })));
      });
      if (edited.length === 0 && refusal) {
        return counting ? ok({ changed: 0, skipped: ids.length, why }) : { ok: false, error: refusal };
      }
      tools.changed(edited.map(({ id }) => id));
      tools.undoChanged(state());
      if (edited.some(({ after }) => after.state?.kind === 'queued')) tools.requeued();
      const skipped = ids.length - edited.length;
      return ok({
        changed: edited.length,
        skipped,
        ...(skipped > 0 && { why }),
        ...(ids.length === 1 && { revision: store.card(ids[0] as CardId)?.revision }),
      });
    },
    state,
    undo: () => take(store.editToUndo(tools.who()), 'undo'),
    redo: () => take(store.editToRedo(tools.who()), 'redo'),
  };
}

/** A card's present values of the parts that a change names. */
function sameParts(card: Card, change: CardEditState): CardEditState {
  return Object.fromEntries(
    (Object.keys(change) as (keyof CardEditState)[]).map((key) => [key, card[key]]),
  ) as CardEditState;
}

/** One side of an edit with all parts that either side names: a part that was absent is written as absent. */
function whole({ before, after }: EditedCard, side: 'before' | 'after'): CardEditState {
  const chosen = side === 'before' ? before : after;
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof CardEditState>;
  return Object.fromEntries([...keys].map((key) => [key, chosen[key]])) as CardEditState;
}

function stands(card: Card | undefined, edited: EditedCard, side: 'before' | 'after'): card is Card {
  if (card === undefined) return false;
  const expected = whole(edited, side);
  return (Object.keys(expected) as (keyof CardEditState)[]).every((key) => same(card[key], expected[key]));
}

/** What a card is where it is not the approved side of an edit, if either is. */
function beside(store: CardStore, card: Card, to: CardEditState): Pick<EditedCard, 'beside'> {
  if (to.state === undefined) return {};
  const other = to.state.kind === 'approved' ? card : card.state.kind === 'approved' && store.card(card.id);
  if (!other) return {};
  const { fields, warnings, doubts } = other;
  return { beside: { fields, warnings, doubts } };
}

/** Nothing becomes approved with a value that was not the approved one, or with a doubt that nobody has met. */
function mayBecome(card: Card, { beside: known, ...edited }: EditedCard, side: 'before' | 'after'): boolean {
  if (edited[side].state?.kind !== 'approved') return true;
  if (known === undefined) return false;
  return (
    same(card.fields, known.fields) &&
    same(card.warnings, known.warnings) &&
    sameInAnyOrder(card.doubts, known.doubts)
  );
}

/** Versions differ in the order in which they tell doubts that weigh the same. */
function sameInAnyOrder(some: Card['doubts'], others: Card['doubts']): boolean {
  return some.length === others.length && some.every((one) => others.some((other) => same(one, other)));
}

/** Equality of plain data, whatever the order of its keys; absent and undefined are the same. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) =>
    same((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
  );
}
