/** What an earlier run left: attempts that were begun and never ended, and waits by a clock that may have been set since. */
import type { CardId } from '../../shared/ids';
import type { CardStore, Clock, Transactions } from '../cards/ports';
import type { AttemptStore } from '../recognition/ports';
import { jobOf } from '../cards/card';
import type { Engines } from '../recognition/engines';
import { changeState, failedOrBack } from './outcome';

/** A card may lose this many answers that were possibly charged for; then a person decides. */
const LOST_AT_MOST = 1;

export interface RecoveryTools {
  readonly store: CardStore & AttemptStore & Transactions;
  readonly clock: Clock;
  /** The time by which waits are measured, epoch ms. */
  steady(): number;
  readonly engines: Pick<Engines, 'traits'>;
  changed(ids: readonly CardId[]): void;
}

export interface Recovery {
  /** Settles it, unless this run has done so: before any call is begun. */
  once(): void;
}

export function createRecovery(tools: RecoveryTools): Recovery {
  let settled = false;
  return {
    once() {
      if (settled) return;
      const ids = recover(tools);
      settled = true;
      tools.changed(ids);
    },
  };
}

/** Ends them and sends their cards again, where that may be; answers the cards. */
function recover({ store, clock, steady, engines }: RecoveryTools): readonly CardId[] {
  return store.transaction(() => {
    const now = clock.now();
    const ids: CardId[] = [];
    // None is longer than seconds: after a restart there is nothing left to wait for.
    store.endWaits(steady());
    for (const attempt of store.unfinishedAttempts()) {
      const paid = engines.traits(attempt.engine).charges;
      store.endAttempt(attempt.id, {
        finishedAt: now,
        outcome: paid ? 'unknown' : 'cancelled',
        errorCode: paid ? 'client.answerLost' : undefined,
        maybeCharged: paid,
      });
      const card = store.card(attempt.cardId);
      if (card?.state.kind !== 'recognising') continue;
      const lost = store.attempts(card.id).filter(({ maybeCharged }) => maybeCharged).length;
      const state =
        lost > LOST_AT_MOST
          ? failedOrBack(card, 'client.answerLost', now)
          : ({ kind: 'queued', ...jobOf(card.state) } as const);
      changeState(store, card.id, state, now);
      ids.push(card.id);
    }
    return ids;
  });
}
