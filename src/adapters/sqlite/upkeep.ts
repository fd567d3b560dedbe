import type { Upkeep } from '../../core/environment/ports';
import type { Keeper } from '../seal/keeper';
import type { Database } from './database';
import { closeWithLog } from './ending';
import { createLookThrough } from './look-through';

export type Sealed = Pick<Keeper, 'committed' | 'lookOn' | 'close'>;

export function createUpkeep(database: Database, sealed?: Sealed): Upkeep {
  return {
    // Pages that are what was written need not be read by SQLite to be known as sound.
    lookThrough: sealed?.lookOn ?? createLookThrough(database),
    close() {
      try {
        if (sealed) sealed.close();
        // libsql leaves it all in the log beside the file; at rest it belongs into the file.
        else database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // On a full disk, say: what is in the log is safe there, and is taken in at the next start.
      }
      // What could not be taken in now must not be taken in behind the seal's back.
      if (sealed) closeWithLog(database);
      else database.close();
    },
  };
}
