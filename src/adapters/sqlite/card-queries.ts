/** What is asked about many cards at once: which a filter lets through, in which order, in which groups, and how many. */
import type { CardStore } from '../../core/cards/ports';
import { noCounts, type CardStateName, type Counts } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import { FIELD_NAMES, type FieldName } from '../../shared/recognition';
import { groupBy, inBatch, orderBy, where, type Where } from './filter';
import type { Column } from './rows';
import type { Sql } from './sql';

export type CardQueries = Pick<
  CardStore,
  'counts' | 'ids' | 'matching' | 'first' | 'groups' | 'doubtCounts' | 'correctionCounts'
>;

export function createCardQueries(sql: Sql): CardQueries {
  /** Ids in their order, out of the database as one text: a hundred thousand rows as objects cost ten times as much. */
  function idList(rest: string, ...parameters: Column[]): readonly CardId[] {
    const found = sql.one<{ ids: string | null }>(
      `SELECT group_concat(id) AS ids FROM (SELECT card.id AS id FROM card ${rest})`,
      ...parameters,
    );
    return JSON.parse(`[${found?.ids ?? ''}]`) as CardId[];
  }
  const among = (ids: readonly CardId[]): Where => ({
    sql: 'card.id IN (SELECT value FROM json_each(?))',
    parameters: [JSON.stringify(ids)],
  });

  return {
    counts(filter = {}): Counts {
      const terms = where(filter);
      const counts = noCounts();
      // Only where all are counted is the index by state the short way; the plus keeps it out of the others.
      const state = terms.sql === '' ? 'card.state' : '+card.state';
      for (const row of sql.all<{ state: CardStateName; n: number }>(
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
      const found = sql.one<{ id: number }>(
        `SELECT card.id AS id FROM card WHERE card.id IN (?, ?) ${orderBy(sort, group)} LIMIT 1`,
        a,
        b,
      );
      return (found?.id ?? a) as CardId;
    },
    groups(filter, group) {
      const { sql: terms, parameters } = where(filter);
      const { key, tail } = groupBy(group);
      const found = sql.all<{ key: string | number | null; count: number }>(
        `SELECT ${key} AS key, count(*) AS count FROM card ${terms} ${tail}`,
        ...parameters,
      );
      const names =
        group === 'batch'
          ? new Map(
              sql
                .all<{ id: number; name: string }>('SELECT id, name FROM batch')
                .map((row) => [row.id, row.name]),
            )
          : undefined;
      return found.map((row) => ({
        key: String(row.key ?? ''),
        label: names?.get(Number(row.key)),
        count: row.count,
      }));
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
