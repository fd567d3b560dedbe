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
  /** Never rejects. `aside`: it only waits to be written down with others, and takes no room. */
  work(card: Card, signal: CancelSignal, aside: () => void): Promise<void>;
  /** Writes down what waits aside. */
  writeAside(): void;
  /** There is room for another one. */
  ended(): void;
}

/** While as many are looked at as can be, the next one is read and prepared. */
const AHEAD = 1;
/** Written together: as much as is lost at most, and read again. */
const ASIDE_AT_MOST = 32;

interface Busy {
  readonly batchId: BatchId;
  readonly canceller: Canceller;
  aside: boolean;
}

export function createPump({ store, slots, newCanceller, work, ended, writeAside }: PumpTools): Pump {
  const atOnce = slots + AHEAD;
  const busy = new Map<CardId, Busy>();
  let aside = 0;

  function begin(card: Card): void {
    const one: Busy = { batchId: card.batchId, canceller: newCanceller(), aside: false };
    busy.set(card.id, one);
    const putAside = () => {
      if (one.aside) return;
      one.aside = true;
      aside++;
      ended();
    };
    void work(card, one.canceller.signal, putAside).finally(() => {
      busy.delete(card.id);
      if (one.aside) aside--;
      // The disk was waited for just now.
      else writeAside();
      ended();
    });
  }

  /** Answers whether some are left to begin with. */
  function beginNext(): boolean {
    const free = atOnce - (busy.size - aside);
    const next = store.cardsIn('arriving', busy.size + atOnce).filter(({ id }) => !busy.has(id));
    next.slice(0, Math.max(0, free)).forEach(begin);
    return next.length > 0;
  }

  return {
    fill() {
      const more = aside < ASIDE_AT_MOST && beginNext();
      // Nothing comes to join them, or they are enough.
      if (aside > 0 && !more) writeAside();
    },
    resting: () => busy.size === 0,
    cancel(batchId) {
      for (const one of busy.values())
        if (batchId === undefined || one.batchId === batchId) one.canceller.cancel();
      writeAside();
    },
  };
}
