/**
 * All that the desk knows, in memory: for the demonstration and for quick tests. It means the same as the encrypted file does,
 * to which `test/contract/card-store.ts` holds both. Nothing of Node: it runs in a browser too. Meant for some thousand cards.
 */
import type { DeskStore } from '../../core/desk-store';
import { createAttemptStore } from './attempt-store';
import { createAuditLog } from './audit-log';
import { createBatchStore } from './batch-store';
import { createCardQueries } from './card-queries';
import { createCardStore } from './card-store';
import { createDecisionStore } from './decision-store';
import { createEditStore } from './edit-store';
import { createPersonStore } from './person-store';
import { createRows } from './rows';
import { createSettingStore } from './setting-store';
import { createTables } from './tables';

export function createMemoryStore(): DeskStore {
  const rows = createRows(createTables());
  return {
    transaction: rows.transaction,
    ...createBatchStore(rows),
    ...createCardStore(rows),
    ...createCardQueries(rows),
    ...createAttemptStore(rows),
    ...createEditStore(rows),
    ...createDecisionStore(rows),
    ...createPersonStore(rows),
    ...createAuditLog(rows),
    ...createSettingStore(rows),
    // Nothing here can be damaged, and nothing is held.
    lookThrough: () => false,
    close: () => undefined,
  };
}
