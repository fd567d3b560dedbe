import type { BatchStore } from '../../core/batches/ports';
import { noCounts, type BatchSummary, type CardStateName } from '../../shared/cards';
import type { BatchId } from '../../shared/ids';
import { expectRow, type Rows } from './rows';

interface FolderRow {
  readonly id: number;
  readonly batchId: BatchId;
  readonly path: string;
}

export function createBatchStore({ batches, cards, table }: Rows): BatchStore {
  const folders = table<number, FolderRow>();

  function summaries(): readonly BatchSummary[] {
    const counts = new Map<BatchId, Record<CardStateName, number>>();
    for (const { id } of batches.rows()) counts.set(id, noCounts());
    for (const { batchId, state } of cards.rows()) {
      const ofBatch = counts.get(batchId);
      if (ofBatch) ofBatch[state.kind]++;
    }
    return [...batches.rows()]
      .map(({ id, name, createdAt }) => ({ id, name, createdAt, counts: counts.get(id) ?? noCounts() }))
      .reverse();
  }

  return {
    createBatch(name, at, anew = false) {
      const id = batches.next() as BatchId;
      batches.put(id, { id, name, createdAt: at, anew });
      return id;
    },
    renameBatch(id, name) {
      const batch = batches.get(id);
      if (batch) batches.put(id, { ...batch, name });
      return batch !== undefined;
    },
    batches: summaries,
    addFolder(batchId, path) {
      expectRow(batches.get(batchId), 'batch');
      const id = folders.next();
      folders.put(id, { id, batchId, path });
      return id;
    },
    folderDone: (folderId) => folders.remove(folderId),
    foldersToWalk: () => [...folders.rows()],
  };
}
