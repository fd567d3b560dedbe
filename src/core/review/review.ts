/** What a person decides: every change is one edit that can be undone and done again, and one line of the audit log. */
import type { Decision, HistoryEntry, RevealedNumber } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { Done, UndoState } from '../../shared/ipc';
import type { EngineName, FieldName } from '../../shared/recognition';
import { assertNever, fail, ok, type Failure, type Result } from '../../shared/result';
import { moveTo, type CardState } from '../cards/card';
import { parseCardNumber, parseValidDate } from '../../shared/number';
import type { Card, CardEditState, CardStore, Clock, Edit, EditedCard } from '../cards/ports';
import { toRevealed } from './rows';

export interface ReviewTools {
  readonly store: CardStore;
  readonly clock: Clock;
  /** Who sits at the desk; the operating system's account name. */
  readonly who: string;
  changed(ids: readonly CardId[]): void;
  undoChanged(state: UndoState): void;
  /** Cards were sent back to the queue. */
  requeued(): void;
}

export type DecideFailure =
  'card.gone' | 'card.wrongState' | 'card.warningsNotAcknowledged' | 'card.noNumber';
export type CorrectFailure =
  'card.gone' | 'card.wrongState' | 'field.badNumber' | 'field.badDate' | 'field.tooLong';
export type UndoFailure = 'edit.nothing' | 'edit.changedSince';

export interface Review {
  decide(
    ids: readonly CardId[],
    decision: Decision,
    warningsAcknowledged: boolean,
  ): Result<Done, DecideFailure>;
  correct(id: CardId, field: FieldName, text: string): Result<Done, CorrectFailure>;
  recogniseAgain(
    ids: readonly CardId[],
    engine: EngineName | undefined,
  ): Result<Done, 'card.gone' | 'card.wrongState' | 'card.noPicture'>;
  reopen(ids: readonly CardId[]): Result<Done, 'card.gone' | 'card.wrongState'>;
  /** Gives the whole number and writes down that it was asked for. */
  reveal(id: CardId): Result<RevealedNumber, 'card.gone'>;
  undoState(): UndoState;
  undo(): Result<{ cardId?: CardId; state: UndoState }, UndoFailure>;
  redo(): Result<{ cardId?: CardId; state: UndoState }, UndoFailure>;
}

/** Longest text of a bank, a type or a name; the longest issuer in the BIN table has under 30 characters. */
const MAX_TEXT = 60;
/** Cards that a person asked for go before those that wait their turn: `notBefore` orders the queue. */
const AT_ONCE = -1;

export function createReview(tools: ReviewTools): Review {
  const { store, clock, who } = tools;

  function editState({ state, fields, corrected }: Card): CardEditState {
    return { state, fields, corrected };
  }

  /**
   * Applies one change to many cards. With a single card its refusal is the answer; with many, those whose state does not
   * allow the change are left as they are and counted.
   */
  function edit<Code extends string>(
    ids: readonly CardId[],
    what: string,
    params: Readonly<Record<string, string | number>>,
    change: (card: Card) => Result<CardEditState, Code>,
  ): Result<Done, Code | 'card.gone'> {
    const edited: EditedCard[] = [];
    let refusal: Failure<Code | 'card.gone'> | undefined;
    store.transaction(() => {
      const now = clock.now();
      const cards = store.cards(ids);
      if (cards.length < ids.length) refusal = { code: 'card.gone' };
      for (const card of cards) {
        const after = change(card);
        if (!after.ok) {
          refusal = after.error;
          continue;
        }
        store.change(card.id, after.value, now);
        store.addAudit(who, what, card.id, params, now);
        edited.push({ id: card.id, before: editState(card), after: after.value });
      }
      if (edited.length > 0) store.addEdit(who, what, edited, now);
    });
    if (edited.length === 0 && refusal) return { ok: false, error: refusal };
    tools.changed(edited.map(({ id }) => id));
    tools.undoChanged(undoState());
    return ok({ changed: edited.length, skipped: ids.length - edited.length });
  }

  function decided(decision: Decision): CardState {
    const at = clock.now();
    switch (decision.kind) {
      case 'approve':
        return { kind: 'approved', by: who, at };
      case 'reject':
        return { kind: 'rejected', by: who, at, reason: decision.reason, note: decision.note };
      case 'rescan':
        return { kind: 'rescan', by: who, at };
      default:
        return assertNever(decision);
    }
  }

  function correctedValue(field: FieldName, text: string): Result<string | undefined, CorrectFailure> {
    const value = text.trim();
    if (value === '') return ok(undefined);
    if (field === 'cardNumber') {
      const digits = parseCardNumber(value);
      return digits === undefined ? fail('field.badNumber') : ok(digits);
    }
    if (field === 'validDate') {
      const date = parseValidDate(value);
      return date === undefined ? fail('field.badDate') : ok(date);
    }
    return value.length > MAX_TEXT ? fail('field.tooLong', { max: MAX_TEXT }) : ok(value);
  }

  function undoState(): UndoState {
    return { undo: store.editToUndo()?.what, redo: store.editToRedo()?.what };
  }

  function unchanged(card: Card | undefined, expected: CardEditState): card is Card {
    return (
      card !== undefined &&
      same(card.state, expected.state) &&
      same(card.fields, expected.fields) &&
      same(card.corrected, expected.corrected)
    );
  }

  /** Puts cards from one side of an edit to the other, all or none: not when one of them changed since. */
  function take(found: Edit | undefined, direction: 'undo' | 'redo') {
    if (!found) return fail('edit.nothing');
    const [from, to] = direction === 'undo' ? (['after', 'before'] as const) : (['before', 'after'] as const);
    const moved = store.transaction(() => {
      const now = clock.now();
      const current = new Map(store.cards(found.cards.map(({ id }) => id)).map((card) => [card.id, card]));
      store.markEdit(found.id, direction === 'undo');
      if (!found.cards.every((edited) => unchanged(current.get(edited.id), edited[from]))) return false;
      for (const edited of found.cards) {
        store.change(edited.id, edited[to], now);
        store.addAudit(who, direction === 'undo' ? 'undone' : 'redone', edited.id, { what: found.what }, now);
      }
      return true;
    });
    tools.changed(found.cards.map(({ id }) => id));
    tools.undoChanged(undoState());
    if (!moved) return fail('edit.changedSince');
    if (found.cards.some((edited) => edited[to].state.kind === 'queued')) tools.requeued();
    return ok({ cardId: found.cards.length === 1 ? found.cards[0]?.id : undefined, state: undoState() });
  }

  return {
    decide(ids, decision, warningsAcknowledged) {
      const params: HistoryEntry['params'] = decision.kind === 'reject' ? { reason: decision.reason } : {};
      const to = decided(decision);
      return edit<DecideFailure>(ids, to.kind, params, (card) => {
        if (decision.kind === 'approve') {
          if (card.fields.cardNumber === undefined) return fail('card.noNumber');
          if (card.warnings.length > 0 && !warningsAcknowledged) return fail('card.warningsNotAcknowledged');
        }
        const moved = moveTo(card.state, to);
        return moved.ok ? ok({ ...editState(card), state: moved.value }) : moved;
      });
    },

    correct(id, field, text) {
      const value = correctedValue(field, text);
      if (!value.ok) return value;
      return edit<CorrectFailure>([id], 'corrected', { field }, (card) => {
        // A value typed for a card that no engine could read makes it one to decide on; a decided card is reopened.
        const moved =
          card.state.kind === 'pending' ? ok(card.state) : moveTo(card.state, { kind: 'pending' });
        if (!moved.ok || card.state.kind === 'recognising')
          return fail('card.wrongState', { from: card.state.kind });
        const { [field]: _replaced, ...others } = card.fields;
        return ok({
          state: moved.value,
          fields: value.value === undefined ? others : { ...others, [field]: value.value },
          corrected: [...new Set([...card.corrected, field])],
        });
      });
    },

    recogniseAgain(ids, engine) {
      const params: HistoryEntry['params'] = engine ? { engine } : {};
      const done = edit<'card.wrongState' | 'card.noPicture'>(ids, 'recogniseAgain', params, (card) => {
        if (!card.pictures.original) return fail('card.noPicture');
        const moved = moveTo(card.state, { kind: 'queued', engine, notBefore: AT_ONCE });
        return moved.ok ? ok({ ...editState(card), state: moved.value }) : moved;
      });
      tools.requeued();
      return done;
    },

    reopen: (ids) =>
      edit<'card.wrongState'>(ids, 'reopened', {}, (card) => {
        const moved = moveTo(card.state, { kind: 'pending' });
        return moved.ok ? ok({ ...editState(card), state: moved.value }) : moved;
      }),

    reveal(id) {
      const card = store.card(id);
      if (!card) return fail('card.gone');
      store.addAudit(who, 'revealed', id, {}, clock.now());
      return ok(toRevealed(card, store));
    },

    undoState,
    undo: () => take(store.editToUndo(), 'undo'),
    redo: () => take(store.editToRedo(), 'redo'),
  };
}

/** Equality of plain data, whatever the order of its keys; absent and undefined are the same. */
function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) =>
    same((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
  );
}
