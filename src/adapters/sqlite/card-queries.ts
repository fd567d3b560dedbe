/** What is asked about many cards at once: which a filter lets through, in which order, in which groups, and how many. */
import type { CardStore } from '../../core/cards/ports';
import { CARD_STATES, noCounts, type CardStateName, type Counts, type Filter } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import { FIELD_NAMES, type FieldName } from '../../shared/recognition';
import { groupBy, inBatch, orderBy, where, type Where } from './filter';
import type { Column } from './rows';
import { idIn, isScope, PACKED, sourceOf, stateIn } from './source';
import type { Sql } from './sql';

export type CardQueries = Pick<
  CardStore,
  'counts' | 'ids' | 'found' | 'matching' | 'first' | 'groups' | 'doubtCounts' | 'correctionCounts'
>;

export function createCardQueries(sql: Sql): CardQueries {
  /** Numbers in their order, out of the database as one text: a hundred thousand rows as objects cost ten times as much. */
  function numbers(of: string, rest: string, ...parameters: Column[]): number[] {
    const found = sql.one<{ numbers: string | null }>(
      `SELECT group_concat(number) AS numbers FROM (SELECT ${of} AS number FROM card ${rest})`,
      ...parameters,
    );
    return JSON.parse(`[${found?.numbers ?? ''}]`) as number[];
  }
  const idList = (rest: string, ...parameters: Column[]): readonly CardId[] =>
    numbers('card.id', rest, ...parameters) as CardId[];
  const among = (ids: readonly CardId[]): Where => ({
    sql: 'card.id IN (SELECT value FROM json_each(?))',
    parameters: [JSON.stringify(ids)],
  });

  function counts(filter: Partial<Filter> = {}): Counts {
    const { sql: terms, parameters } = where(filter);
    const counted = noCounts();
    // The database keeps the counts of a scope. Elsewhere the plus keeps the index by state out, which is the long way.
    const query = isScope(filter)
      ? `SELECT card.state AS state, sum(card.n) AS n FROM card_count AS card ${terms} GROUP BY card.state`
      : `SELECT card.state AS state, count(*) AS n FROM card ${sourceOf({ filter })} ${terms} GROUP BY +card.state`;
    for (const row of sql.all<{ state: CardStateName; n: number }>(query, ...parameters)) {
      counted[row.state] = row.n;
    }
    return counted;
  }
  const ids: CardQueries['ids'] = (filter, sort, group) => {
    const { sql: terms, parameters } = where(filter);
    return idList(`${sourceOf({ filter, sort, group })} ${terms} ${orderBy(sort, group)}`, ...parameters);
  };

  return {
    counts,
    ids,
    found(filter, sort, group) {
      const scope = { ...filter, states: [] };
      // The counts of a scope are kept: they need not be taken out of the ids' states.
      if (isScope(filter)) return { ids: ids(filter, sort, group), counts: counts(scope) };
      const { sql: terms, parameters } = where(scope);
      const source = sourceOf({ filter: scope, sort, group });
      const packed = numbers(PACKED, `${source} ${terms} ${orderBy(sort, group)}`, ...parameters);
      const counted = noCounts();
      const wanted = CARD_STATES.map((state) => !filter.states?.length || filter.states.includes(state));
      const found: CardId[] = [];
      for (const number of packed) {
        const state = stateIn(number);
        counted[CARD_STATES[state] as CardStateName]++;
        if (wanted[state]) found.push(idIn(number) as CardId);
      }
      return { ids: found, counts: counted };
    },
    matching(ids, filter) {
      const { sql: terms, parameters } = where(filter, among(ids));
      // By their ids, never by all that are in a state.
      return idList(`NOT INDEXED ${terms}`, ...parameters);
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
      const source = isScope(filter) ? '' : sourceOf({ filter, group });
      const found = sql.all<{ key: string | number | null; count: number }>(
        `SELECT ${key} AS key, count(*) AS count FROM card ${source} ${terms} ${tail}`,
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
