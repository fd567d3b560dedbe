/** A person's decision: the first and only one, the second of two, or about a dispute; and taking it back. */
import type { Decision, Effort } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { FailureOf, Output } from '../../shared/ipc';
import { assertNever, fail, ok, type Result } from '../../shared/result';
import { isDecided, moveTo, type CardState } from '../cards/card';
import type { Card } from '../cards/ports';
import type { Change } from './edits';
import { needsLook } from './look';
import type { CardEditState, DecisionLine } from './ports';
import { asRead, decideSecond, maySettle, verdict } from './second-review';
import { unchanged, type Seen } from './seen';
import type { PartTools } from './tools';

type DecideFailure = FailureOf<'cards:decide'>;

export interface Deciding {
  /** A card that is decided already, or is another by now than it was when it was shown, is left as it is. */
  decide(
    seen: Seen,
    decision: Decision,
    warningsAcknowledged: boolean,
    effort?: Effort,
  ): Output<'cards:decide'>;
  reopen(ids: readonly CardId[]): Output<'cards:reopen'>;
}

export function createDeciding(tools: PartTools): Deciding {
  const { store, clock, people, edits } = tools;

  function needsSecond(card: Card): boolean {
    const { secondReview } = tools.settings();
    if (secondReview === 'off' || !people.several()) return false;
    return secondReview === 'all' || (card.score ?? 0) > 0;
  }

  function drawn(share: number): 'due' | undefined {
    return tools.random() * 100 < share ? 'due' : undefined;
  }

  /** What a first or only decision makes of a card. */
  function decideAlone(card: Card, decision: Decision): Result<CardEditState, DecideFailure> {
    const [by, at] = [tools.who(), clock.now()];
    const moved = (to: CardState, more: CardEditState = {}) => {
      const state = moveTo(card.state, to);
      return state.ok ? ok({ state: state.value, ...more }) : state;
    };
    switch (decision.kind) {
      case 'approve':
        // Settling a dispute is a third look already.
        if (card.state.kind !== 'disputed' && needsSecond(card)) {
          const first = verdict(card, by, at, decision);
          const read = { fields: asRead(card, store.attempts(card.id)), corrected: [] };
          return moved({ kind: 'second', first }, read);
        }
        return moved({ kind: 'approved', by, at }, { sample: drawn(tools.settings().sampleOfPeople) });
      case 'reject':
        return moved({ kind: 'rejected', by, at, reason: decision.reason, note: decision.note });
      case 'rescan':
        return moved({ kind: 'rescan', by, at });
      case 'hold':
        return moved({ kind: 'held', by, at });
      default:
        return assertNever(decision);
    }
  }

  function decideOne(
    card: Card,
    decision: Decision,
    acknowledged: boolean,
    seen: Seen,
  ): Result<CardEditState, DecideFailure> {
    if (isDecided(card.state)) return fail('card.decided');
    const same = unchanged(card, seen);
    if (!same.ok) return same;
    if (decision.kind === 'approve') {
      if (!seen.singly && needsLook(card)) return fail('card.needsLook');
      const may = mayApprove(card, acknowledged);
      if (!may.ok) return may;
    }
    if (card.state.kind === 'second') {
      if (decision.kind === 'hold') return fail('card.wrongState', { from: 'second', to: 'held' });
      return decideSecond(card.state.first, verdict(card, tools.who(), clock.now(), decision));
    }
    if (card.state.kind === 'disputed') {
      if (!people.may('supervisor')) return fail('session.notAllowed');
      if (!maySettle(card.state, tools.who())) return fail('card.samePerson');
    }
    return decideAlone(card, decision);
  }

  return {
    decide(seen, decision, warningsAcknowledged, effort) {
      // What many cards cost together says nothing of one, and nobody acknowledges a warning for many.
      const own = seen.singly ? effort : undefined;
      const acknowledged = seen.singly && warningsAcknowledged;
      const change = (card: Card): Result<Change, DecideFailure> => {
        const to = decideOne(card, decision, acknowledged, seen);
        if (!to.ok) return to;
        const params = decision.kind === 'reject' ? { reason: decision.reason } : undefined;
        const what = to.value.state && wordOf(to.value.state);
        return ok({ to: to.value, what, params, decision: lineOf(card, to.value, own) });
      };
      // Weights that were set a moment ago, or a month that has begun, count for what nobody looks at for itself.
      if (decision.kind === 'approve' && !seen.singly) tools.assessed(seen.ids);
      return edits.edit(seen.ids, wordOfDecision(decision), change, seen.singly ? undefined : 'always');
    },

    reopen: (ids) =>
      edits.edit<'card.wrongState' | 'session.notAllowed'>(ids, 'reopened', (card) => {
        const moved = moveTo(card.state, { kind: 'pending' });
        if (!moved.ok) return moved;
        if (card.state.kind !== 'second') return ok({ to: { state: moved.value } });
        // Whoever takes it out sees the first person's values: that person, or whoever is over both.
        const { first } = card.state;
        if (first.by !== tools.who() && !people.may('supervisor')) return fail('session.notAllowed');
        return ok({ to: { state: moved.value, fields: first.fields, corrected: first.corrected } });
      }),
  };
}

function wordOfDecision(decision: Decision): string {
  return { approve: 'approved', reject: 'rejected', rescan: 'rescan', hold: 'held' }[decision.kind];
}

/** The audit's word for what a decision came to. */
function wordOf(state: CardState): string {
  if (state.kind === 'second') return 'firstApproved';
  return state.kind === 'approved' && state.also !== undefined ? 'secondAgreed' : state.kind;
}

function lineOf(card: Card, to: CardEditState, effort: Effort | undefined): Change['decision'] {
  const kind = to.state?.kind as DecisionLine['kind'];
  // In the first approval of two the corrections went into the verdict.
  const { corrected } = card;
  return { kind, corrected, keys: effort?.keys, durationMs: effort?.durationMs };
}

function mayApprove(card: Card, acknowledged: boolean): Result<true, DecideFailure> {
  if (card.fields.cardNumber === undefined) return fail('card.noNumber');
  if (card.warnings.length > 0 && !acknowledged) return fail('card.warningsNotAcknowledged');
  return ok(true);
}
