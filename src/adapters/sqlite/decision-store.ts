/** What was decided, line by line. */
import type { DecisionLine, DecisionStore } from '../../core/review/ports';
import type { BatchId, CardId } from '../../shared/ids';
import type { FieldName } from '../../shared/recognition';
import { inBatch } from './filter';
import type { Sql } from './sql';

interface Row {
  id: number;
  edit_id: number;
  at: number;
  who: string;
  card_id: number;
  batch_id: number;
  kind: string;
  about: string | null;
  by_rule: number;
  corrected: string;
  keys: number | null;
  duration_ms: number | null;
}

const ROWS_AT_ONCE = 2000;

function toLine(row: Row): DecisionLine {
  return {
    editId: row.edit_id,
    at: row.at,
    who: row.who,
    cardId: row.card_id as CardId,
    batchId: row.batch_id as BatchId,
    kind: row.kind as DecisionLine['kind'],
    about: row.about ?? undefined,
    byRule: row.by_rule === 1,
    corrected: JSON.parse(row.corrected) as FieldName[],
    keys: row.keys ?? undefined,
    durationMs: row.duration_ms ?? undefined,
  };
}

export function createDecisionStore(sql: Sql): DecisionStore {
  return {
    addDecisions(lines) {
      for (const line of lines) {
        sql.run(
          `INSERT INTO decision (edit_id, at, who, card_id, batch_id, kind, about, by_rule, corrected, keys, duration_ms)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          line.editId,
          line.at,
          line.who,
          line.cardId,
          line.batchId,
          line.kind,
          line.about ?? null,
          line.byRule ? 1 : 0,
          JSON.stringify(line.corrected),
          line.keys ?? null,
          line.durationMs ?? null,
        );
      }
    },
    *decisions(batchId) {
      for (let after = 0; ;) {
        const rows = sql.all<Row>(
          `SELECT * FROM decision WHERE undone = 0 AND id > ? ${inBatch(batchId)} ORDER BY id LIMIT ?`,
          after,
          ROWS_AT_ONCE,
        );
        for (const row of rows) {
          after = row.id;
          yield toLine(row);
        }
        if (rows.length < ROWS_AT_ONCE) return;
      }
    },
  };
}
