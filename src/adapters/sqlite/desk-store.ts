/** All that the desk knows, in one encrypted file: the parts of the store over one connection. */
import type { DeskStore } from '../../core/desk-store';
import { createAttemptStore } from './attempt-store';
import { createAuditLog } from './audit-log';
import { createBatchStore } from './batch-store';
import { createCardQueries } from './card-queries';
import { createCardStore } from './card-store';
import type { Database } from './database';
import { createDecisionStore } from './decision-store';
import { createEditStore } from './edit-store';
import { createPersonStore } from './person-store';
import { createSettingStore } from './setting-store';
import { createSql } from './sql';
import { createUpkeep, type Sealed } from './upkeep';

/** `sealed`: what keeps the seal of the database, where it has one. */
export function createDeskStore(database: Database, sealed?: Sealed): DeskStore {
  const sql = createSql(database, sealed?.committed);
  return {
    transaction: sql.transaction,
    ...createBatchStore(sql),
    ...createCardStore(sql),
    ...createCardQueries(sql),
    ...createAttemptStore(sql),
    ...createEditStore(sql),
    ...createDecisionStore(sql),
    ...createPersonStore(sql),
    ...createAuditLog(sql),
    ...createSettingStore(sql),
    ...createUpkeep(database, sealed),
  };
}
