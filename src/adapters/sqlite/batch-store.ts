/** Batches, and the folders of them that are not wholly listed yet. */
import type { BatchStore } from '../../core/batches/ports';
import { noCounts, type BatchSummary, type CardStateName } from '../../shared/cards';
import type { BatchId } from '../../shared/ids';
import type { Sql } from './sql';

export function createBatchStore(sql: Sql): BatchStore {
  function batches(): readonly BatchSummary[] {
    const rows = sql.all<{ id: number; name: string; created_at: number }>(
      'SELECT * FROM batch ORDER BY id DESC',
    );
    const counts = new Map(rows.map((row) => [row.id, noCounts()]));
    for (const row of sql.all<{ batch_id: number; state: CardStateName; n: number }>(
      'SELECT batch_id, state, n FROM card_count',
    )) {
      const ofBatch = counts.get(row.batch_id);
      if (ofBatch) ofBatch[row.state] = row.n;
    }
    return rows.map((row) => ({
      id: row.id as BatchId,
      name: row.name,
      createdAt: row.created_at,
      counts: counts.get(row.id) ?? noCounts(),
    }));
  }

  return {
    createBatch: (name, at, anew = false) =>
      sql.insert(
        'INSERT INTO batch (name, created_at, anew) VALUES (?, ?, ?)',
        name,
        at,
        anew ? 1 : 0,
      ) as BatchId,
    renameBatch: (id, name) => sql.run('UPDATE batch SET name = ? WHERE id = ?', name, id).changes > 0,
    batches,
    addFolder: (batchId, path) =>
      sql.insert('INSERT INTO intake_folder (batch_id, path) VALUES (?, ?)', batchId, path),
    folderDone: (folderId) => void sql.run('DELETE FROM intake_folder WHERE id = ?', folderId),
    foldersToWalk: () =>
      sql
        .all<{ id: number; batch_id: number; path: string }>('SELECT * FROM intake_folder ORDER BY id')
        .map((row) => ({ id: row.id, batchId: row.batch_id as BatchId, path: row.path })),
  };
}
