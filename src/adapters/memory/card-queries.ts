/** What is asked about many cards at once: which a filter lets through, in which order, in which groups, and how many. */
import type { CardStore } from '../../core/cards/ports';
import { noCounts, type ViewGroup } from '../../shared/cards';
import type { BatchId } from '../../shared/ids';
import { FIELD_NAMES, type FieldName } from '../../shared/recognition';
import { filterMatches, type NameOf } from './filter';
import { compareCards, compareGroups, groupKey } from './order';
import type { CardRow, Rows } from './rows';
import { compareText } from './text';

export type CardQueries = Pick<
  CardStore,
  'counts' | 'ids' | 'found' | 'matching' | 'first' | 'groups' | 'doubtCounts' | 'correctionCounts'
>;

export function createCardQueries({ cards, batches }: Rows): CardQueries {
  const nameOf: NameOf = (batchId) => batches.get(batchId)?.name;
  const those = (filter: Parameters<CardStore['ids']>[0]): CardRow[] =>
    [...cards.rows()].filter(filterMatches(filter, nameOf));
  const ofBatch = (batchId: BatchId | undefined): CardRow[] =>
    [...cards.rows()].filter((card) => batchId === undefined || card.batchId === batchId);

  return {
    counts(filter = {}) {
      const counts = noCounts();
      for (const { state } of those(filter)) counts[state.kind]++;
      return counts;
    },
    ids: (filter, sort, group) =>
      those(filter)
        .sort(compareCards(sort, group))
        .map(({ id }) => id),
    found(filter, sort, group) {
      const { states = [] } = filter;
      const all = those({ ...filter, states: [] });
      const counts = noCounts();
      for (const { state } of all) counts[state.kind]++;
      const ids = all
        .filter(({ state }) => states.length === 0 || states.includes(state.kind))
        .sort(compareCards(sort, group))
        .map(({ id }) => id);
      return { ids, counts };
    },
    matching(ids, filter) {
      const matches = filterMatches(filter, nameOf);
      return [...new Set(ids)].filter((id) => {
        const card = cards.get(id);
        return card !== undefined && matches(card);
      });
    },
    first(a, b, sort, group) {
      const [one, other] = [cards.get(a), cards.get(b)];
      if (!one || !other) return one || !other ? a : b;
      return compareCards(sort, group)(one, other) <= 0 ? a : b;
    },
    groups(filter, group) {
      const found = new Map<string | number | undefined, CardRow[]>();
      for (const card of those(filter)) {
        const key = groupKey(card, group);
        const others = found.get(key);
        if (others) others.push(card);
        else found.set(key, [card]);
      }
      const compare = compareGroups(group);
      return [...found.entries()]
        .sort(([, [one]], [, [other]]) => (one && other ? compare(one, other) : 0))
        .map(([key, { length: count }]): ViewGroup => ({
          key: String(key ?? ''),
          label: group === 'batch' ? nameOf(key as BatchId) : undefined,
          count,
        }));
    },
    doubtCounts(batchId) {
      const counts = new Map<string, number>();
      for (const { doubts } of ofBatch(batchId)) {
        for (const name of new Set(doubts.map((doubt) => doubt.name)))
          counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      return [...counts]
        .map(([name, count]) => ({ name, cards: count }))
        .sort((one, other) => other.cards - one.cards || compareText(one.name, other.name));
    },
    correctionCounts(batchId) {
      const fields = Object.fromEntries(FIELD_NAMES.map((name) => [name, 0])) as Record<FieldName, number>;
      const corrected = ofBatch(batchId).filter((card) => card.corrected.length > 0);
      for (const name of corrected.flatMap((card) => card.corrected)) fields[name]++;
      return { cards: corrected.length, fields };
    },
  };
}
