/** In which order cards and groups stand. */
import { CARD_STATES, type Group, type Sort } from '../../shared/cards';
import { DOUBT_NAMES } from '../../shared/doubts';
import type { CardRow } from './rows';
import { compareNames, compareText } from './text';

type Value = string | number | undefined;
export type Compare = (one: CardRow, other: CardRow) => number;

/** `MM/YYYY` by year, then month. */
function byYear(validDate: string | undefined): string | undefined {
  if (validDate === undefined) return undefined;
  const points = [...validDate];
  return points.slice(3).join('') + points.slice(0, 2).join('');
}

const SORTED: Readonly<Record<Sort['key'], (card: CardRow) => Value>> = {
  risk: ({ score }) => score,
  takenIn: ({ id }) => id,
  name: ({ name }) => name,
  cardNumber: ({ fields }) => fields.cardNumber,
  bankInfo: ({ fields }) => fields.bankInfo,
  cardType: ({ fields }) => fields.cardType,
  cardName: ({ fields }) => fields.cardName,
  validDate: ({ fields }) => byYear(fields.validDate),
  quality: ({ quality }) => quality,
  warnings: ({ warnings }) => warnings.length,
  state: ({ state }) => state.kind,
  engine: ({ engine }) => engine,
  batch: ({ batchId }) => batchId,
  assignedTo: ({ assignedTo }) => assignedTo,
  updated: ({ updatedAt }) => updatedAt,
};

function compareValues(one: Value, other: Value, texts = compareText): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return texts(String(one), String(other));
}

/** What is empty comes last, whichever way the others stand. */
function emptyLast(one: Value, other: Value, compare: (one: Value, other: Value) => number): number {
  if (one === undefined || other === undefined) {
    return Number(one === undefined) - Number(other === undefined);
  }
  return compare(one, other);
}

const placeIn = (names: readonly string[], name: string | undefined): number | undefined => {
  const at = name === undefined ? -1 : names.indexOf(name);
  return at < 0 ? undefined : at;
};

interface Grouping {
  key(card: CardRow): Value;
  /** Smallest first. */
  order(card: CardRow): Value;
}

/** Newest batch first, then as people think of states and doubts. */
const GROUPING: Readonly<Record<Group, Grouping>> = {
  batch: { key: ({ batchId }) => batchId, order: ({ batchId }) => -Number(batchId) },
  bankInfo: { key: ({ fields }) => fields.bankInfo, order: ({ fields }) => fields.bankInfo },
  state: { key: ({ state }) => state.kind, order: ({ state }) => placeIn(CARD_STATES, state.kind) },
  doubt: {
    key: ({ doubts }) => doubts[0]?.name,
    order: ({ doubts }) => placeIn(DOUBT_NAMES, doubts[0]?.name),
  },
};

export function groupKey(card: CardRow, group: Group): Value {
  return GROUPING[group].key(card);
}

export function compareGroups(group: Group): Compare {
  const { order } = GROUPING[group];
  return (one, other) => emptyLast(order(one), order(other), compareValues);
}

/** Empty values come last in both directions; ties keep the order of intake. */
export function compareCards({ key, descending }: Sort, group?: Group): Compare {
  const value = SORTED[key];
  const texts = key === 'name' ? compareNames : compareText;
  const turn = descending ? -1 : 1;
  const groups = group && compareGroups(group);
  return (one, other) =>
    (groups?.(one, other) ?? 0) ||
    emptyLast(value(one), value(other), (a, b) => turn * compareValues(a, b, texts)) ||
    one.id - other.id;
}
