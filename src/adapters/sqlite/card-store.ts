/** The cards: how they come, what they are, and how they change. */
import type { Card, CardStore } from '../../core/cards/ports';
import type { CardId } from '../../shared/ids';
import type { CardQueries } from './card-queries';
import { createDuplicates } from './duplicates';
import { changedColumns, toCard, type CardRecord } from './rows';
import type { Sql } from './sql';

const CARD = 'SELECT card.*, batch.name AS batch_name FROM card JOIN batch ON batch.id = card.batch_id';

export function createCardStore(sql: Sql): Omit<CardStore, keyof CardQueries> {
  return {
    addCards(batchId, sources, at) {
      const text = `INSERT OR IGNORE INTO card
        (batch_id, name, source_kind, location, state, state_data, picture_source, taken_in_at, updated_at)
        VALUES (?, ?, ?, ?, 'arriving', '{}', ?, ?, ?)`;
      return sql.transaction(() =>
        sources.flatMap((source) => {
          const location = source.kind === 'clipboard' ? null : source.location;
          const picture = source.kind === 'clipboard' ? source.picture : null;
          const added = sql.run(text, batchId, source.name, source.kind, location, picture, at, at);
          return added.changes > 0 ? [added.id as CardId] : [];
        }),
      );
    },

    splitCard(id, names, at) {
      const [first, ...others] = names;
      return sql.transaction(() => {
        sql.run(
          'UPDATE card SET name = ?, piece = 1, updated_at = ?, revision = revision + 1 WHERE id = ?',
          first ?? '',
          at,
          id,
        );
        const text = `INSERT INTO card
          (batch_id, name, source_kind, location, state, state_data, taken_in_at, updated_at, piece)
          SELECT batch_id, ?, source_kind, location, state, state_data, taken_in_at, ?, ? FROM card WHERE id = ?`;
        return [id, ...others.map((name, index) => sql.insert(text, name, at, index + 2, id) as CardId)];
      });
    },

    cardsIn: (state, limit) =>
      sql
        .all<CardRecord>(
          `${CARD} WHERE card.state = ? ORDER BY card.not_before, card.id LIMIT ?`,
          state,
          limit,
        )
        .map(toCard),
    // The term of the index that holds queued cards by the engine they name; libsql takes no NULL as the first parameter.
    queuedFor: (engine, limit, now) =>
      sql
        .all<CardRecord>(
          `${CARD} WHERE card.state = 'queued' AND ifnull(card.state_data ->> 'engine', '') = ?
         AND card.not_before <= ? ORDER BY card.not_before, card.id LIMIT ?`,
          engine ?? '',
          now,
          limit,
        )
        .map(toCard),
    nextWake: (now) =>
      sql.one<{ at: number | null }>(
        "SELECT min(not_before) AS at FROM card WHERE state = 'queued' AND not_before > ?",
        now,
      )?.at ?? undefined,
    endWaits: (now) =>
      void sql.run("UPDATE card SET not_before = ? WHERE state = 'queued' AND not_before > ?", now, now),

    card(id) {
      const row = sql.one<CardRecord>(`${CARD} WHERE card.id = ?`, id);
      return row && toCard(row);
    },
    cardsAt: (location) =>
      sql.all<CardRecord>(`${CARD} WHERE card.location = ? ORDER BY card.id`, location).map(toCard),
    cards(ids) {
      const found = new Map(
        sql
          .all<CardRecord>(`${CARD} WHERE card.id IN (SELECT value FROM json_each(?))`, JSON.stringify(ids))
          .map((row) => [row.id, toCard(row)]),
      );
      return ids.flatMap((id) => found.get(id) ?? ([] as Card[]));
    },
    change(id, change, at) {
      const columns = changedColumns(change);
      const sets = columns
        .map(([column]) => `${column} = ?`)
        .concat('updated_at = ?', 'revision = revision + 1');
      sql.run(
        `UPDATE card SET ${sets.join(', ')} WHERE id = ?`,
        ...columns.map(([, value]) => value),
        at,
        id,
      );
    },
    ...createDuplicates(sql),
    idsAfter: (after, limit) =>
      sql
        .all<{ id: number }>('SELECT id FROM card WHERE id > ? ORDER BY id LIMIT ?', after, limit)
        .map((row) => row.id as CardId),
  };
}
