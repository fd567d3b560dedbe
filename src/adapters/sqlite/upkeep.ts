import type { Upkeep } from '../../core/environment/ports';
import type { Database } from './database';
import { createLookThrough } from './look-through';

export function createUpkeep(database: Database): Upkeep {
  return {
    lookThrough: createLookThrough(database),
    close() {
      try {
        // libsql leaves it all in the log beside the file; at rest it belongs into the file.
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // On a full disk, say: what is in the log is safe there, and is taken in at the next start.
      }
      database.close();
    },
  };
}
