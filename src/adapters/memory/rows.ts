/** The tables of the memory store: what more than one of its parts reads. */
import type { Card, PictureNames } from '../../core/cards/ports';
import type { Asked, Attempt, AttemptEnd } from '../../core/recognition/ports';
import type { DecisionLine } from '../../core/review/ports';
import type { BatchId, CardId } from '../../shared/ids';
import type { Table, Tables } from './tables';

export interface BatchRow {
  readonly id: BatchId;
  readonly name: string;
  readonly createdAt: number;
  readonly anew: boolean;
}

/** A batch can be renamed: its name is not kept with its cards. */
export interface CardRow extends Omit<Card, 'batchName'> {
  /** Epoch ms before which a queued card should not go to an engine; 0 for all others. */
  readonly notBefore: number;
}

export interface AttemptRow {
  readonly attempt: Attempt;
  readonly asked: Asked;
  /** With what is not shown of an attempt. */
  readonly end?: AttemptEnd;
  readonly crops: PictureNames;
}

export interface DecisionRow {
  readonly id: number;
  readonly line: DecisionLine;
  readonly undone: boolean;
}

export interface Rows extends Tables {
  readonly batches: Table<BatchId, BatchRow>;
  readonly cards: Table<CardId, CardRow>;
  readonly attempts: Table<number, AttemptRow>;
  readonly decisions: Table<number, DecisionRow>;
}

export function createRows(tables: Tables): Rows {
  return {
    ...tables,
    batches: tables.table(),
    cards: tables.table(),
    attempts: tables.table(),
    decisions: tables.table(),
  };
}

/** What a row is about has to be there. */
export function expectRow<Row>(row: Row | undefined, what: string): Row {
  if (row === undefined) throw new Error(`Expected a ${what} that is stored`);
  return row;
}
