/**
 * Blind second review as pure rules. The first person's approval takes the card back to what was read, so that there is
 * nothing of theirs to see; the second person's decision either agrees in everything or makes a dispute, which a supervisor
 * who was neither of them settles.
 */
import type { Decision, VerdictDetail } from '../../shared/cards';
import { FIELD_NAMES, type FieldName, type Fields } from '../../shared/recognition';
import { fail, ok, type Result } from '../../shared/result';
import type { CardState, Verdict } from '../cards/card';
import type { Card } from '../cards/ports';
import type { Attempt } from '../recognition/ports';

/** What the engine read that gave the card its values, as if nobody had looked at it. */
export function asRead(card: Card, attempts: readonly Attempt[]): Fields {
  const finished = attempts.filter(({ outcome }) => outcome === 'finished');
  return (finished.findLast(({ engine }) => engine === card.engine) ?? finished.at(-1))?.fields ?? {};
}

export function verdict(card: Card, by: string, at: number, decision: Decision): Verdict {
  return { by, at, decision, fields: card.fields, corrected: card.corrected };
}

function agree(first: Verdict, second: Verdict): boolean {
  return (
    first.decision.kind === 'approve' &&
    second.decision.kind === 'approve' &&
    FIELD_NAMES.every((name) => first.fields[name] === second.fields[name])
  );
}

interface Outcome {
  readonly state: CardState;
  readonly fields: Fields;
  readonly corrected: readonly FieldName[];
}

/** What becomes of a card on which a second person has decided. */
export function decideSecond(first: Verdict, second: Verdict): Result<Outcome, 'card.samePerson'> {
  if (first.by === second.by) return fail('card.samePerson');
  const { fields, corrected } = second;
  return agree(first, second)
    ? ok({
        state: { kind: 'approved', by: first.by, also: second.by, at: second.at },
        fields,
        corrected: first.corrected,
      })
    : ok({ state: { kind: 'disputed', first, second }, fields, corrected });
}

/** Nobody settles a dispute that is their own. */
export function maySettle(state: CardState & { kind: 'disputed' }, who: string): boolean {
  return state.first.by !== who && state.second.by !== who;
}

export function toVerdictDetail(
  { by, at, decision, fields }: Verdict,
  masked: (number: string) => string,
): VerdictDetail {
  const { cardNumber } = fields;
  return {
    who: by,
    at,
    decision: decision.kind,
    reason: decision.kind === 'reject' ? decision.reason : undefined,
    fields: cardNumber === undefined ? fields : { ...fields, cardNumber: masked(cardNumber) },
  };
}
