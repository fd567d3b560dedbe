/** Reads all that is stored, a few rows at a time, so that damage is found before a person meets it and no window waits for it. */
import type { Database } from './database';

interface Table {
  readonly name: string;
  readonly sql: string;
}

const ROWS = 400;
/** Tables up to so many rows are checked with their indexes too, in one go: some tenths of a second. */
const CHECKED_WHOLE_ROWS = 100_000;

function tablesOf(database: Database): readonly Table[] {
  const names = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all() as { name: string }[];
  return names.map(({ name }) => {
    const columns = database.prepare(`SELECT name FROM pragma_table_info('${name}')`).all() as {
      name: string;
    }[];
    // The length of a text is known only when all of it was read.
    const lengths = columns.map((column) => `ifnull(length("${column.name}"), 0)`).join(' + ');
    const some = `SELECT rowid AS at, ${lengths} AS read FROM "${name}" WHERE rowid > ? ORDER BY rowid LIMIT ${ROWS}`;
    return { name, sql: `SELECT max(at) AS last, count(*) AS rows, sum(read) AS read FROM (${some})` };
  });
}

function checkWhole(database: Database, name: string): void {
  const { quick_check: found } = database.prepare(`PRAGMA quick_check('${name}')`).get() as {
    quick_check: string;
  };
  if (found !== 'ok') throw Object.assign(new Error(found), { code: 'SQLITE_CORRUPT' });
}

/** Each call reads on; false when all was read. Throws SQLite's own error where something is damaged. */
export function createLookThrough(database: Database): () => boolean {
  let tables: Table[] | undefined;
  let after = 0;
  let rows = 0;
  return () => {
    tables ??= [...tablesOf(database)];
    const [table] = tables;
    if (!table) return false;
    const found = database.prepare(table.sql).get(after) as { last: number | null; rows: number };
    after = found.last ?? 0;
    rows += found.rows;
    if (found.last !== null) return true;
    if (rows <= CHECKED_WHOLE_ROWS) checkWhole(database, table.name);
    rows = 0;
    tables.shift();
    return true;
  };
}
