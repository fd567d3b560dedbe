/** A file that one process at a time holds until it ends, however it ends: SQLite's lock, which every system knows. */
import Database from 'libsql';

/** Answers how to let go; undefined while another process holds it. */
export function holdLock(file: string, waitMs: number): (() => void) | undefined {
  const database = new Database(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${waitMs}`);
    // Nothing is written: no journal is left beside it.
    database.exec('PRAGMA journal_mode = MEMORY');
    database.exec('BEGIN EXCLUSIVE');
    return () => void database.close();
  } catch (cause) {
    database.close();
    if (/database is locked|SQLITE_BUSY/.test(String(cause))) return undefined;
    throw cause;
  }
}
