import type { Column } from './rows';

/** What the parts of the store read and write with; statements are prepared once. */
export interface Sql {
  all<Row>(sql: string, ...parameters: Column[]): Row[];
  one<Row>(sql: string, ...parameters: Column[]): Row | undefined;
  run(sql: string, ...parameters: Column[]): void;
  insert(sql: string, ...parameters: Column[]): number;
}
