/** What was decided, line by line, and the counts that a report is made of. */
import type { CardStore } from '../../core/cards/ports';
import type { DecisionLine, DecisionStore } from '../../core/review/ports';
import type { BatchId, CardId } from '../../shared/ids';
import { FIELD_NAMES, type FieldName } from '../../shared/recognition';
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

/** An id is a whole number by its schema: it may stand in the text. (libsql takes no NULL as the first parameter.) */
const inBatch = (batchId: BatchId | undefined): string =>
  batchId === undefined ? '' : `AND batch_id = ${Number(batchId)}`;

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

export function createDecisionStore(
  sql: Sql,
): DecisionStore & Pick<CardStore, 'doubtCounts' | 'correctionCounts'> {
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
    doubtCounts: (batchId) =>
      sql
        // No alias that is a column's name too: GROUP BY would take the column, here the file's name.
        .all<{ doubt_name: string; cards: number }>(
          `SELECT doubt.value ->> 'name' AS doubt_name, count(DISTINCT card.id) AS cards
           FROM card, json_each(card.doubts) AS doubt
           WHERE 1 ${inBatch(batchId)} GROUP BY doubt_name ORDER BY cards DESC, doubt_name`,
        )
        .map(({ doubt_name: name, cards }) => ({ name, cards })),
    correctionCounts(batchId) {
      const rows = sql.all<{ corrected: string; cards: number }>(
        `SELECT corrected, count(*) AS cards FROM card
         WHERE corrected <> '[]' ${inBatch(batchId)} GROUP BY corrected`,
      );
      const fields = Object.fromEntries(FIELD_NAMES.map((name) => [name, 0])) as Record<FieldName, number>;
      let cards = 0;
      for (const row of rows) {
        cards += row.cards;
        for (const name of JSON.parse(row.corrected) as FieldName[]) fields[name] += row.cards;
      }
      return { cards, fields };
    },
  };
}
