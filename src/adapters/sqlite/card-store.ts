import type Database from 'libsql';
import {
  CARD_STATES,
  type BatchSummary,
  type CardStateName,
  type Counts,
  type HistoryEntry,
} from '../../shared/cards';
import type { BatchId, CardId } from '../../shared/ids';
import type { Card } from '../../core/cards/ports';
import type { DeskStore } from '../../core/desk-store';
import type { Edit, EditedCard } from '../../core/review/ports';
import { createAttemptStore } from './attempt-store';
import { createDecisionStore } from './decision-store';
import { groupBy, orderBy, where, type Where } from './filter';
import { createLookThrough } from './look-through';
import { createPersonStore } from './person-store';
import type { Sql } from './sql';
import { createTransactions } from './transaction';
import { changedColumns, toCard, type CardRecord, type Column } from './rows';

const CARD = 'SELECT card.*, batch.name AS batch_name FROM card JOIN batch ON batch.id = card.batch_id';

/** Edits kept for undoing: weeks of a person's work. Older ones stay in the history of their cards. */
const EDITS_KEPT = 20_000;

export function createCardStore(database: Database.Database): DeskStore {
  const statements = new Map<string, Database.Statement>();
  /** Statements are prepared once; the set of texts is small and closed (filters vary in a few terms). */
  function prepared(sql: string): Database.Statement {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = database.prepare(sql)));
    return statement;
  }
  const all = <Row>(sql: string, ...parameters: Column[]) => prepared(sql).all(...parameters) as Row[];
  const one = <Row>(sql: string, ...parameters: Column[]) =>
    prepared(sql).get(...parameters) as Row | undefined;
  const transactions = createTransactions(database);
  const run = (sql: string, ...parameters: Column[]) =>
    transactions.writing(() => prepared(sql).run(...parameters));
  const insert = (sql: string, ...parameters: Column[]) => Number(run(sql, ...parameters).lastInsertRowid);
  const sql: Sql = { all, one, run, insert };

  /** Ids in their order, out of the database as one text: a hundred thousand rows as objects cost ten times as much. */
  function idList(rest: string, ...parameters: Column[]): readonly CardId[] {
    const found = one<{ ids: string | null }>(
      `SELECT group_concat(id) AS ids FROM (SELECT card.id AS id FROM card ${rest})`,
      ...parameters,
    );
    return JSON.parse(`[${found?.ids ?? ''}]`) as CardId[];
  }
  const among = (ids: readonly CardId[]): Where => ({
    sql: 'card.id IN (SELECT value FROM json_each(?))',
    parameters: [JSON.stringify(ids)],
  });

  const transaction = transactions.run;

  function emptyCounts(): Record<CardStateName, number> {
    return Object.fromEntries(CARD_STATES.map((state) => [state, 0])) as Record<CardStateName, number>;
  }

  function batches(): readonly BatchSummary[] {
    const rows = all<{ id: number; name: string; created_at: number }>(
      'SELECT * FROM batch ORDER BY id DESC',
    );
    const counts = new Map(rows.map((row) => [row.id, emptyCounts()]));
    for (const row of all<{ batch_id: number; state: CardStateName; n: number }>(
      'SELECT batch_id, state, count(*) AS n FROM card GROUP BY batch_id, state',
    )) {
      const ofBatch = counts.get(row.batch_id);
      if (ofBatch) ofBatch[row.state] = row.n;
    }
    return rows.map((row) => ({
      id: row.id as BatchId,
      name: row.name,
      createdAt: row.created_at,
      counts: counts.get(row.id) ?? emptyCounts(),
    }));
  }

  function edit(row: { id: number; what: string; cards: string } | undefined): Edit | undefined {
    return row && { id: row.id, what: row.what, cards: JSON.parse(row.cards) as EditedCard[] };
  }

  return {
    transaction,

    createBatch: (name, at, anew = false) =>
      insert(
        'INSERT INTO batch (name, created_at, anew) VALUES (?, ?, ?)',
        name,
        at,
        anew ? 1 : 0,
      ) as BatchId,
    batches,
    addFolder: (batchId, path) =>
      insert('INSERT INTO intake_folder (batch_id, path) VALUES (?, ?)', batchId, path),
    folderDone: (folderId) => void run('DELETE FROM intake_folder WHERE id = ?', folderId),
    foldersToWalk: () =>
      all<{ id: number; batch_id: number; path: string }>('SELECT * FROM intake_folder ORDER BY id').map(
        (row) => ({
          id: row.id,
          batchId: row.batch_id as BatchId,
          path: row.path,
        }),
      ),

    addCards(batchId, sources, at) {
      const sql = `INSERT OR IGNORE INTO card
        (batch_id, name, source_kind, location, state, state_data, picture_source, taken_in_at, updated_at)
        VALUES (?, ?, ?, ?, 'arriving', '{}', ?, ?, ?)`;
      return transaction(() =>
        sources.flatMap((source) => {
          const location = source.kind === 'clipboard' ? null : source.location;
          const picture = source.kind === 'clipboard' ? source.picture : null;
          const added = run(sql, batchId, source.name, source.kind, location, picture, at, at);
          return added.changes > 0 ? [Number(added.lastInsertRowid) as CardId] : [];
        }),
      );
    },

    splitCard(id, names, at) {
      const [first, ...others] = names;
      return transaction(() => {
        run(
          'UPDATE card SET name = ?, piece = 1, updated_at = ?, revision = revision + 1 WHERE id = ?',
          first ?? '',
          at,
          id,
        );
        const sql = `INSERT INTO card
          (batch_id, name, source_kind, location, state, state_data, taken_in_at, updated_at, piece)
          SELECT batch_id, ?, source_kind, location, state, state_data, taken_in_at, ?, ? FROM card WHERE id = ?`;
        return [id, ...others.map((name, index) => insert(sql, name, at, index + 2, id) as CardId)];
      });
    },

    cardsIn: (state, limit) =>
      all<CardRecord>(
        `${CARD} WHERE card.state = ? ORDER BY card.not_before, card.id LIMIT ?`,
        state,
        limit,
      ).map(toCard),
    // The term of the index that holds queued cards by the engine they name; libsql takes no NULL as the first parameter.
    queuedFor: (engine, limit, now) =>
      all<CardRecord>(
        `${CARD} WHERE card.state = 'queued' AND ifnull(card.state_data ->> 'engine', '') = ?
         AND card.not_before <= ? ORDER BY card.not_before, card.id LIMIT ?`,
        engine ?? '',
        now,
        limit,
      ).map(toCard),
    nextWake: (now) =>
      one<{ at: number | null }>(
        "SELECT min(not_before) AS at FROM card WHERE state = 'queued' AND not_before > ?",
        now,
      )?.at ?? undefined,

    card(id) {
      const row = one<CardRecord>(`${CARD} WHERE card.id = ?`, id);
      return row && toCard(row);
    },
    cardsAt: (location) =>
      all<CardRecord>(`${CARD} WHERE card.location = ? ORDER BY card.id`, location).map(toCard),
    cards(ids) {
      const found = new Map(
        all<CardRecord>(`${CARD} WHERE card.id IN (SELECT value FROM json_each(?))`, JSON.stringify(ids)).map(
          (row) => [row.id, toCard(row)],
        ),
      );
      return ids.flatMap((id) => found.get(id) ?? ([] as Card[]));
    },
    change(id, change, at) {
      const columns = changedColumns(change);
      const sets = columns
        .map(([column]) => `${column} = ?`)
        .concat('updated_at = ?', 'revision = revision + 1');
      run(`UPDATE card SET ${sets.join(', ')} WHERE id = ?`, ...columns.map(([, value]) => value), at, id);
    },
    counts(filter = {}): Counts {
      const terms = where(filter);
      const counts = emptyCounts();
      // Only where all are counted is the index by state the short way; the plus keeps it out of the others.
      const state = terms.sql === '' ? 'card.state' : '+card.state';
      for (const row of all<{ state: CardStateName; n: number }>(
        `SELECT card.state AS state, count(*) AS n FROM card ${terms.sql} GROUP BY ${state}`,
        ...terms.parameters,
      )) {
        counts[row.state] = row.n;
      }
      return counts;
    },
    ids(filter, sort, group) {
      const { sql: terms, parameters } = where(filter);
      const riskiest = sort.key === 'risk' && sort.descending && !group;
      // In its order already, and with what filters mostly ask for; indexes of single columns look quicker than they are.
      const source = riskiest ? 'INDEXED BY card_score' : '';
      return idList(`${source} ${terms} ${orderBy(sort, group)}`, ...parameters);
    },
    matching(ids, filter) {
      const { sql: terms, parameters } = where(filter, among(ids));
      return idList(terms, ...parameters);
    },
    first(a, b, sort, group) {
      const found = one<{ id: number }>(
        `SELECT card.id AS id FROM card WHERE card.id IN (?, ?) ${orderBy(sort, group)} LIMIT 1`,
        a,
        b,
      );
      return (found?.id ?? a) as CardId;
    },
    groups(filter, group) {
      const { sql: terms, parameters } = where(filter);
      const { key, tail } = groupBy(group);
      const found = all<{ key: string | number | null; count: number }>(
        `SELECT ${key} AS key, count(*) AS count FROM card ${terms} ${tail}`,
        ...parameters,
      );
      const names =
        group === 'batch'
          ? new Map(
              all<{ id: number; name: string }>('SELECT id, name FROM batch').map((row) => [
                row.id,
                row.name,
              ]),
            )
          : undefined;
      return found.map((row) => ({
        key: String(row.key ?? ''),
        label: names?.get(Number(row.key)),
        count: row.count,
      }));
    },
    duplicates({ id, batchId, fields, sha256, piece }) {
      const count = (column: string, value: string | undefined, also = '') =>
        value === undefined
          ? { inside: 0, outside: 0 }
          : (one<{ inside: number; outside: number }>(
              `SELECT count(*) FILTER (WHERE batch_id = ?) AS inside, count(*) FILTER (WHERE batch_id <> ?) AS outside
               FROM card WHERE ${column} = ? AND id <> ? ${also}`,
              batchId,
              batchId,
              value,
              id,
            ) ?? { inside: 0, outside: 0 });
      const number = count('card_number', fields.cardNumber);
      // The pieces of one picture have its hash and are other cards.
      const picture = count(
        'sha256',
        sha256,
        piece === undefined ? '' : `AND ifnull(piece, ${piece}) = ${piece}`,
      );
      return {
        numberInBatch: number.inside,
        numberElsewhere: number.outside,
        pictureInBatch: picture.inside,
        pictureElsewhere: picture.outside,
      };
    },
    duplicatesOf: (number, sha256, limit) =>
      all<{ id: number }>(
        `SELECT id FROM card WHERE card_number = ? UNION SELECT id FROM card WHERE sha256 = ? LIMIT ?`,
        // No number and no hash is empty; libsql takes no NULL as the first parameter.
        number ?? '',
        sha256 ?? '',
        limit,
      ).map((row) => row.id as CardId),
    idsAfter: (after, limit) =>
      all<{ id: number }>('SELECT id FROM card WHERE id > ? ORDER BY id LIMIT ?', after, limit).map(
        (row) => row.id as CardId,
      ),

    addEdit(who, what, cards, at) {
      return transaction(() => {
        run('DELETE FROM edit WHERE who = ? AND undone = 1', who);
        const id = insert(
          'INSERT INTO edit (at, who, what, cards) VALUES (?, ?, ?, ?)',
          at,
          who,
          what,
          JSON.stringify(cards),
        );
        run('DELETE FROM edit WHERE id <= ?', id - EDITS_KEPT);
        return id;
      });
    },
    editToUndo: (who) =>
      edit(
        one('SELECT id, what, cards FROM edit WHERE who = ? AND undone = 0 ORDER BY id DESC LIMIT 1', who),
      ),
    editToRedo: (who) =>
      edit(one('SELECT id, what, cards FROM edit WHERE who = ? AND undone = 1 ORDER BY id LIMIT 1', who)),
    markEdit(id, undone) {
      run('UPDATE edit SET undone = ? WHERE id = ?', undone ? 1 : 0, id);
    },
    markDecisions(editId, undone) {
      run('UPDATE decision SET undone = ? WHERE edit_id = ?', undone ? 1 : 0, editId);
    },

    ...createAttemptStore(sql),
    ...createDecisionStore(sql),
    ...createPersonStore(sql),
    renameBatch: (id, name) => run('UPDATE batch SET name = ? WHERE id = ?', name, id).changes > 0,

    addAudit(who, what, cardId, params, at) {
      run(
        'INSERT INTO audit (at, who, what, card_id, params) VALUES (?, ?, ?, ?, ?)',
        at,
        who,
        what,
        cardId ?? null,
        JSON.stringify(params),
      );
    },
    history: (cardId) =>
      all<{ at: number; who: string; what: string; params: string }>(
        'SELECT at, who, what, params FROM audit WHERE card_id = ? ORDER BY id',
        cardId,
      ).map((row) => ({ ...row, params: JSON.parse(row.params) as HistoryEntry['params'] })),

    setting: (name) => one<{ value: string }>('SELECT value FROM setting WHERE name = ?', name)?.value,
    setSetting: (name, value) =>
      void run(
        'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        name,
        value,
      ),

    lookThrough: createLookThrough(database),

    close() {
      try {
        // libsql leaves it all in the log beside the file; at rest it belongs into the file.
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // On a full disk, say: what is in the log is safe there, and is taken in at the next start.
      }
      database.close();
    },
  };
}
