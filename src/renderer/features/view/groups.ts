/** Where a grouped view puts the heads of its groups, and what stands at each place of the list. */
import type { ViewGroup } from '../../../shared/cards';

export type Place =
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'head'; readonly group: ViewGroup; readonly folded: boolean };

export interface Layout {
  /** Places of the list: rows and heads. */
  readonly count: number;
  at(place: number): Place;
  /** The place of a row; undefined while its group is folded. */
  placeOf(index: number): number | undefined;
  /** The group of a row. */
  groupOf(index: number): ViewGroup | undefined;
}

interface Part {
  readonly group: ViewGroup;
  readonly folded: boolean;
  /** Place of its head, and the index of its first row. */
  readonly place: number;
  readonly first: number;
}

export function layoutOf(
  total: number,
  groups: readonly ViewGroup[] | undefined,
  folded: ReadonlySet<string>,
): Layout {
  if (!groups) {
    return {
      count: total,
      at: (place) => ({ kind: 'row', index: place }),
      placeOf: (index) => index,
      groupOf: () => undefined,
    };
  }
  const parts: Part[] = [];
  let [place, first] = [0, 0];
  for (const group of groups) {
    const isFolded = folded.has(group.key);
    parts.push({ group, folded: isFolded, place, first });
    place += 1 + (isFolded ? 0 : group.count);
    first += group.count;
  }

  /** The last part that begins at or before a value. */
  function find(by: 'place' | 'first', value: number): Part | undefined {
    let [low, high] = [0, parts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((parts[middle] as Part)[by] <= value) low = middle + 1;
      else high = middle;
    }
    return parts[low - 1];
  }

  return {
    count: place,
    at(wanted) {
      const part = find('place', wanted);
      if (!part) return { kind: 'row', index: wanted };
      if (part.place === wanted) return { kind: 'head', group: part.group, folded: part.folded };
      return { kind: 'row', index: part.first + wanted - part.place - 1 };
    },
    placeOf(index) {
      const part = find('first', index);
      return part && !part.folded ? part.place + 1 + index - part.first : undefined;
    },
    groupOf: (index) => find('first', index)?.group,
  };
}
