/** A look at what others decided: a supervisor settles a dispute, and samples of approvals are checked. */
import type { SeenCard } from '../../shared/cards';
import type { FailureOf, Output } from '../../shared/ipc';
import { fail, ok } from '../../shared/result';
import type { CardState } from '../cards/card';
import { mayCheck } from './next';
import { maySettle } from './second-review';
import { seenOne, unchanged } from './seen';
import type { PartTools } from './tools';

type CheckFailure = FailureOf<'cards:check'>;

export interface Checking {
  settle(card: SeenCard, side: 'first' | 'second'): Output<'cards:settle'>;
  check(card: SeenCard, right: boolean): Output<'cards:check'>;
}

export function createChecking({ clock, people, edits, who: whoever }: PartTools): Checking {
  return {
    settle: (shown, side) =>
      edits.edit<FailureOf<'cards:settle'>>([shown.id], 'settled', (card) => {
        const same = unchanged(card, seenOne(shown));
        if (!same.ok) return same;
        const { state } = card;
        if (state.kind !== 'disputed') return fail('card.wrongState', { from: state.kind });
        if (!people.may('supervisor')) return fail('session.notAllowed');
        if (!maySettle(state, whoever())) return fail('card.samePerson');
        const { decision, fields, corrected, by } = state[side];
        const [at, who] = [clock.now(), whoever()];
        const settled: CardState =
          decision.kind === 'approve'
            ? { kind: 'approved', by, also: who, at }
            : decision.kind === 'reject'
              ? { kind: 'rejected', by: who, at, reason: decision.reason, note: decision.note }
              : { kind: 'rescan', by: who, at };
        return ok({
          to: { state: settled, fields, corrected },
          params: { by },
          decision: { kind: settled.kind, corrected: [] },
        });
      }),

    check: (shown, right) =>
      edits.edit<CheckFailure>([shown.id], right ? 'checkedRight' : 'checkedWrong', (card) => {
        const same = unchanged(card, seenOne(shown));
        if (!same.ok) return same;
        const { state } = card;
        if (state.kind !== 'approved' || card.sample !== 'due')
          return fail('card.wrongState', { from: state.kind });
        const checker = { who: whoever(), several: people.several() };
        if (!mayCheck(card, checker)) return fail('card.samePerson');
        const about = state.rule ?? state.by;
        return ok(
          right
            ? { to: { sample: 'right' }, decision: { kind: 'checkedRight', about, corrected: [] } }
            : {
                to: { sample: 'wrong', state: { kind: 'pending' } },
                decision: { kind: 'checkedWrong', about, corrected: [] },
              },
        );
      }),
  };
}
