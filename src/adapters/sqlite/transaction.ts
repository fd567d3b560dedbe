/**
 * Transactions as functions; one within another is part of it. When the disk is full or fails, SQLite takes the whole
 * transaction back by itself: what would be written after that would stand alone, so nothing is, and the first cause is what
 * the caller learns.
 */
import type Database from 'libsql';

export interface Transactions {
  run<T>(work: () => T): T;
  /** Around every write: notes why it failed, and refuses it where its transaction is gone. */
  writing<T>(write: () => T): T;
}

/** `committed` is called after each commit. */
export function createTransactions(
  database: Database.Database,
  committed: () => void = () => undefined,
): Transactions {
  let depth = 0;
  let firstCause: unknown;

  function refuseWhereGone(): void {
    if (depth > 0 && !database.inTransaction)
      throw new Error('Expected a transaction but SQLite took it back', { cause: firstCause });
  }

  function takeBack(error: unknown): void {
    if (!database.inTransaction) return;
    try {
      database.exec('ROLLBACK');
    } catch (second) {
      throw new AggregateError([error, second], 'Expected to take a transaction back', { cause: second });
    }
  }

  return {
    run(work) {
      if (depth > 0) {
        refuseWhereGone();
        return work();
      }
      database.exec('BEGIN IMMEDIATE');
      depth = 1;
      firstCause = undefined;
      try {
        const result = work();
        refuseWhereGone();
        database.exec('COMMIT');
        committed();
        return result;
      } catch (error) {
        takeBack(error);
        throw error;
      } finally {
        depth = 0;
      }
    },
    writing(write) {
      refuseWhereGone();
      try {
        const written = write();
        if (depth === 0) committed();
        return written;
      } catch (error) {
        firstCause ??= error;
        throw error;
      }
    },
  };
}
