/** What the parts of the contract share: a store for each test, and short ways to put cards into it. */
import { afterEach, beforeEach } from 'vitest';
import type { Card, CardChange } from '../../../src/core/cards/ports';
import type { DeskStore } from '../../../src/core/desk-store';
import type { BatchId, CardId } from '../../../src/shared/ids';

export interface MadeStore {
  readonly store: DeskStore;
  /** Closes it and removes what it left. */
  dispose(): void;
}
export type MakeStore = () => MadeStore;

export interface Given {
  readonly store: DeskStore;
  batch(name?: string): BatchId;
  /** A card out of a file, changed at once where a change is given. */
  add(batchId: BatchId, name: string, change?: CardChange): CardId;
  card(id: CardId): Card;
}

/** The time at which things are stored where a test does not care. */
export const AT = 1_000;

/** To be called within a `describe`. */
export function givenStore(make: MakeStore): Given {
  let made: MadeStore;
  beforeEach(() => {
    made = make();
  });
  afterEach(() => made.dispose());
  return {
    get store() {
      return made.store;
    },
    batch: (name = 'morning') => made.store.createBatch(name, AT),
    add(batchId, name, change) {
      const [id] = made.store.addCards(batchId, [{ kind: 'file', name, location: `/in/${name}` }], AT);
      if (id === undefined) throw new Error(`Expected a name that the batch has not but received ${name}`);
      if (change) made.store.change(id, change, AT);
      return id;
    },
    card(id) {
      const card = made.store.card(id);
      if (!card) throw new Error(`Expected a card with the id ${id}`);
      return card;
    },
  };
}
