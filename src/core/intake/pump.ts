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
  newCanceller(): Canceller;
  /** Never rejects. */
  work(card: Card, signal: CancelSignal): Promise<void>;
  /** There is room for another one. */
  ended(): void;
}

/** Decoding is sharp's own threads, so two keep disk and processor busy. */
const AT_ONCE = 2;

export function createPump({ store, newCanceller, work, ended }: PumpTools): Pump {
  const busy = new Map<CardId, { readonly batchId: BatchId; readonly canceller: Canceller }>();
  return {
    fill() {
      const free = AT_ONCE - busy.size;
      if (free <= 0) return;
      const next = store.cardsIn('arriving', AT_ONCE * 2).filter(({ id }) => !busy.has(id));
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
