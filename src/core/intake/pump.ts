/** Works on what is on the list, on a few at once: one after the other as they came. */
import type { BatchId, CardId } from '../../shared/ids';
import type { Card, CardStore } from '../cards/ports';
import type { CancelSignal, Canceller } from '../recognition/ports';

export interface Pump {
  /** Begins with as many as there is room for. */
  fill(): void;
  resting(): boolean;
  /** Calls off what is worked on, of one batch or of all. */
  cancel(batchId?: BatchId): void;
}

export interface PumpTools {
  readonly store: Pick<CardStore, 'cardsIn'>;
  /** How many looks go on side by side: by far the longest part of taking a picture in. */
  readonly slots: number;
  newCanceller(): Canceller;
  /** Never rejects. */
  work(card: Card, signal: CancelSignal): Promise<void>;
  /** There is room for another one. */
  ended(): void;
}

/** While as many are looked at as can be, the next one is read and prepared. */
const AHEAD = 1;

export function createPump({ store, slots, newCanceller, work, ended }: PumpTools): Pump {
  const atOnce = slots + AHEAD;
  const busy = new Map<CardId, { readonly batchId: BatchId; readonly canceller: Canceller }>();
  return {
    fill() {
      const free = atOnce - busy.size;
      if (free <= 0) return;
      const next = store.cardsIn('arriving', atOnce * 2).filter(({ id }) => !busy.has(id));
      for (const card of next.slice(0, free)) {
        const canceller = newCanceller();
        busy.set(card.id, { batchId: card.batchId, canceller });
        void work(card, canceller.signal).finally(() => {
          busy.delete(card.id);
          ended();
        });
      }
    },
    resting: () => busy.size === 0,
    cancel(batchId) {
      for (const one of busy.values())
        if (batchId === undefined || one.batchId === batchId) one.canceller.cancel();
    },
  };
}
