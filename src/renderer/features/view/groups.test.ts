import { describe, expect, it } from 'vitest';
import { layoutOf, type Layout } from './groups';

const GROUPS = [
  { key: 'a', count: 2 },
  { key: 'b', count: 1 },
  { key: '', count: 3 },
];
const places = (layout: Layout) =>
  Array.from({ length: layout.count }, (_none, place) => {
    const there = layout.at(place);
    return there.kind === 'row' ? there.index : `${there.group.key}${there.folded ? '+' : ''}`;
  });

describe('a list in groups', () => {
  it('is the rows alone where nothing is grouped', () => {
    expect(places(layoutOf(3, undefined, new Set()))).toEqual([0, 1, 2]);
  });

  it('has a head before the rows of each group', () => {
    expect(places(layoutOf(6, GROUPS, new Set()))).toEqual(['a', 0, 1, 'b', 2, '', 3, 4, 5]);
  });

  it('hides the rows of a folded group, not its head', () => {
    const layout = layoutOf(6, GROUPS, new Set(['a', '']));
    expect(places(layout)).toEqual(['a+', 'b', 2, '+']);
    expect([0, 2, 5].map((index) => layout.placeOf(index))).toEqual([undefined, 2, undefined]);
  });

  it('finds each row where it put it, and the group that it is in', () => {
    const layout = layoutOf(6, GROUPS, new Set(['b']));
    for (const index of [0, 1, 3, 4, 5]) {
      expect(layout.at(layout.placeOf(index) ?? -1)).toEqual({ kind: 'row', index });
    }
    expect([0, 2, 4].map((index) => layout.groupOf(index)?.key)).toEqual(['a', 'b', '']);
  });
});
