/** How far the taking in of each batch is: how many pictures were found, and what became of them. */
import type { BatchId } from '../../shared/ids';
import type { IntakeProgress } from '../../shared/ipc';
import { maskNumbersIn } from '../../shared/mask';
import type { BatchStore } from '../batches/ports';

export interface Tally {
  /** Of a batch that is new. */
  begin(batchId: BatchId, name: string): void;
  count(batchId: BatchId, what: 'found' | 'taken' | 'failed', cards: number): void;
  tell(batchId: BatchId): void;
}

export interface TallyTools {
  readonly store: Pick<BatchStore, 'batches'>;
  /** Whether more of a batch is still to be found. */
  searching(batchId: BatchId): boolean;
  progressed(progress: IntakeProgress): void;
}

interface Numbers {
  readonly name: string;
  found: number;
  taken: number;
  failed: number;
}

export function createTally({ store, searching, progressed }: TallyTools): Tally {
  const batches = new Map<BatchId, Numbers>();

  function begin(batchId: BatchId, name: string): Numbers {
    const numbers = { name, found: 0, taken: 0, failed: 0 };
    batches.set(batchId, numbers);
    return numbers;
  }

  /** Those of a batch that an earlier run began are counted from here on. */
  function of(batchId: BatchId): Numbers {
    return (
      batches.get(batchId) ?? begin(batchId, store.batches().find(({ id }) => id === batchId)?.name ?? '')
    );
  }

  return {
    begin,
    count: (batchId, what, cards) => void (of(batchId)[what] += cards),
    tell(batchId) {
      const { name, ...numbers } = of(batchId);
      const left = numbers.found - numbers.taken - numbers.failed;
      const finished = left === 0 && !searching(batchId);
      progressed({ batchId, batchName: maskNumbersIn(name), ...numbers, finished });
      if (finished) batches.delete(batchId);
    },
  };
}
