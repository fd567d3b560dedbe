/** What a crash left: attempts that were begun and never ended. */
import type { CardId } from '../../shared/ids';
import type { CardStore, Clock, Transactions } from '../cards/ports';
import type { AttemptStore } from '../recognition/ports';
import { jobOf } from '../cards/card';
import { changeState, failedOrBack } from './outcome';

/** A card may lose this many answers that the cloud possibly charged for; then a person decides. */
const LOST_AT_MOST = 1;

/** Ends them and sends their cards again, where that may be; answers the cards. */
export function recover(store: CardStore & AttemptStore & Transactions, clock: Clock): readonly CardId[] {
  return store.transaction(() => {
    const now = clock.now();
    const ids: CardId[] = [];
    for (const attempt of store.unfinishedAttempts()) {
      const paid = attempt.engine === 'tencent';
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
