/**
 * A connection that ends without a checkpoint. SQLite makes one at the end of a connection, and so at the end of a process that
 * is not killed; under a seal, that would leave pages that nobody vouches for. An interrupt that no statement takes up any more
 * has it stop before the first page.
 */
import type Libsql from 'libsql';

const open = new Set<Libsql.Database>();

function interrupt(database: Libsql.Database): void {
  // libsql's types lack it.
  (database as Libsql.Database & { interrupt(): void }).interrupt();
}

const interruptAll = (): void => open.forEach(interrupt);

/** However the process ends from now on, the log stays as it is. */
export function keepLogAtEnd(database: Libsql.Database): void {
  if (!process.listeners('exit').includes(interruptAll)) process.on('exit', interruptAll);
  open.add(database);
}

export function closeWithLog(database: Libsql.Database): void {
  open.delete(database);
  interrupt(database);
  database.close();
}
