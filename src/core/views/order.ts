/** The ids of a view in their order: all anew, or a few changed cards put in their new places by halving. */
import type { Filter, Group, Sort } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { CardStore, Found } from '../cards/ports';
import type { Changes } from './changes';

export interface Ordered {
  readonly filter: Partial<Filter>;
  readonly sort: Sort;
  readonly group?: Group;
  readonly ids: readonly CardId[];
}

/** Up to here finding each card's new place by halving is quicker than ordering all. */
const FEW = 100;

export function sameOrder(one: readonly CardId[], other: readonly CardId[]): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
}

/** Where a card belongs among ids that are in order. */
function placeOf(
  store: CardStore,
  id: CardId,
  ids: readonly CardId[],
  { sort, group }: Pick<Ordered, 'sort' | 'group'>,
): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = ids[middle] as CardId;
    if (store.first(other, id, sort, group) === other) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the view holds after these changes. A card that changed, still belongs and need not move keeps its place. */
export function foundAfter(store: CardStore, view: Ordered, { touched, moving }: Changes): Found {
  if (touched.size > FEW) return store.found(view.filter, view.sort, view.group);
  const belong = new Set(store.matching([...touched], view.filter));
  const ids = view.ids.filter((id) => !touched.has(id) || (belong.has(id) && !moving.has(id)));
  const kept = new Set(ids.filter((id) => touched.has(id)));
  for (const id of belong) if (!kept.has(id)) ids.splice(placeOf(store, id, ids, view), 0, id);
  return { ids, counts: store.counts({ ...view.filter, states: [] }) };
}
