import type Libsql from 'libsql';
import type { Database } from './database';
import type { Column } from './rows';
import { createTransactions } from './transaction';

export interface Written {
  /** Rows. */
  readonly changes: number;
  /** Of the row that was inserted last. */
  readonly id: number;
}

/** What the parts of the store read and write with; statements are prepared once. */
export interface Sql {
  all<Row>(text: string, ...parameters: Column[]): Row[];
  one<Row>(text: string, ...parameters: Column[]): Row | undefined;
  run(text: string, ...parameters: Column[]): Written;
  /** Answers the id of the new row. */
  insert(text: string, ...parameters: Column[]): number;
  transaction<T>(work: () => T): T;
}

export function createSql(database: Database, committed?: () => void): Sql {
  const statements = new Map<string, Libsql.Statement>();
  /** Statements are prepared once; the set of texts is small and closed (filters vary in a few terms). */
  function prepared(text: string): Libsql.Statement {
    let statement = statements.get(text);
    if (!statement) statements.set(text, (statement = database.prepare(text)));
    return statement;
  }
  const transactions = createTransactions(database, committed);
  function run(text: string, ...parameters: Column[]): Written {
    const written = transactions.writing(() => prepared(text).run(...parameters));
    return { changes: written.changes, id: Number(written.lastInsertRowid) };
  }
  return {
    all: <Row>(text: string, ...parameters: Column[]) => prepared(text).all(...parameters) as Row[],
    one: <Row>(text: string, ...parameters: Column[]) => prepared(text).get(...parameters) as Row | undefined,
    run,
    insert: (text, ...parameters) => run(text, ...parameters).id,
    transaction: transactions.run,
  };
}
