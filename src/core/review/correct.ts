/** What a person writes on a card: values in place of those that were read, a note, and who is to look at it. */
import type { SeenCard } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { FailureOf, Output } from '../../shared/ipc';
import { parseCardNumber, parseValidDate } from '../../shared/number';
import type { FieldName } from '../../shared/recognition';
import { fail, ok, type Result } from '../../shared/result';
import { isDecided, moveTo, type CardState } from '../cards/card';
import type { Card } from '../cards/ports';
import { seenOne, unchanged } from './seen';
import type { PartTools } from './tools';

type CorrectFailure = FailureOf<'cards:correct'>;

export interface Correcting {
  correct(card: SeenCard, field: FieldName, text: string): Output<'cards:correct'>;
  note(id: CardId, text: string): Output<'cards:note'>;
  assign(ids: readonly CardId[], to: string | undefined): Output<'cards:assign'>;
}

/** Longest text of a bank, a type or a name; the longest issuer in the BIN table has under 30 characters. */
const MAX_TEXT = 60;

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

export function createCorrecting({ people, edits, who }: PartTools): Correcting {
  /** A value typed for a card that no engine could read makes it one to decide on. */
  function stateToCorrect(card: Card): Result<CardState, CorrectFailure> {
    const { state } = card;
    if (isDecided(state)) return fail('card.decided');
    if (state.kind === 'pending' || state.kind === 'held' || state.kind === 'disputed') return ok(state);
    if (state.kind === 'second') return state.first.by === who() ? fail('card.samePerson') : ok(state);
    if (state.kind === 'recognising') return fail('card.wrongState', { from: state.kind });
    return moveTo(state, { kind: 'pending' });
  }

  return {
    correct(shown, field, text) {
      const value = correctedValue(field, text);
      if (!value.ok) return value;
      return edits.edit<CorrectFailure>([shown.id], 'corrected', (card) => {
        const same = unchanged(card, seenOne(shown));
        if (!same.ok) return same;
        const state = stateToCorrect(card);
        if (!state.ok) return state;
        const { [field]: _replaced, ...others } = card.fields;
        const fields = value.value === undefined ? others : { ...others, [field]: value.value };
        const corrected = [...new Set([...card.corrected, field])];
        return ok({ to: { state: state.value, fields, corrected }, params: { field } });
      });
    },

    note: (id, text) =>
      edits.edit([id], 'noted', (card) => {
        const written = text.trim() === '' ? undefined : text.trim();
        // Whoever reviews second was not shown what stands there: it is not theirs to take away.
        const above = card.state.kind === 'second' ? card.note : undefined;
        const note = above === undefined ? written : [above, written].filter(Boolean).join('\n');
        return ok({ to: { note } });
      }),

    assign(ids, to) {
      if (to !== undefined && !people.known(to)) return fail('people.unknown');
      return edits.edit(ids, 'assigned', () =>
        ok({ to: { assignedTo: to }, params: to === undefined ? undefined : { to } }),
      );
    },
  };
}
