/** For quick tests of one step of the flow: a store in memory, a clock that a test moves, and cards in a batch. */
import { createMemoryStore } from '../../src/adapters/memory/desk-store';
import type { Card, CardChange } from '../../src/core/cards/ports';
import type { DeskStore } from '../../src/core/desk-store';
import type { BatchId, CardId } from '../../src/shared/ids';
import { createTestClock } from './clock';

export interface MemoryDesk {
  readonly store: DeskStore;
  readonly clock: ReturnType<typeof createTestClock>;
  readonly batchId: BatchId;
  /** Adds a card that waits for a person, unless the change says otherwise. */
  add(name: string, change?: CardChange): CardId;
  card(id: CardId): Card;
  /** What was written down about a card, without who and when. */
  written(id: CardId): readonly string[];
}

export function openMemoryDesk(): MemoryDesk {
  const store = createMemoryStore();
  const clock = createTestClock();
  const batchId = store.createBatch('morning', clock.now());
  return {
    store,
    clock,
    batchId,
    add(name, change = {}) {
      const source = { kind: 'file', name, location: `/in/${name}` } as const;
      const [id] = store.addCards(batchId, [source], clock.now());
      if (id === undefined) throw new Error(`Expected a name that the batch has not but received ${name}`);
      store.change(id, { state: { kind: 'pending' }, ...change }, clock.now());
      return id;
    },
    card(id) {
      const card = store.card(id);
      if (!card) throw new Error(`Expected a card with the id ${id}`);
      return card;
    },
    written: (id) => store.history(id).map(({ what }) => what),
  };
}
