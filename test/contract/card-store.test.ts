/** One contract over every store, and all stores asked the same of the same cards. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskStore } from '../../src/core/desk-store';
import { GROUPS } from '../../src/shared/cards';
import type { CardId } from '../../src/shared/ids';
import { cardStoreContract } from './card-store';
import type { MadeStore } from './card-store/given';
import { anyCards, anyFilter, anySort, fillAll } from './card-store/random-cards';
import { STORES } from './card-store/stores';

describe.each(Object.entries(STORES))('the store %s', (_where, make) => {
  cardStoreContract(make);
});

describe('all stores, asked the same', () => {
  let made: MadeStore[];
  beforeAll(() => {
    made = Object.values(STORES).map((make) => make());
    fillAll(
      made.map(({ store }) => store),
      anyCards(),
    );
  });
  afterAll(() => made.forEach(({ dispose }) => dispose()));

  const group = fc.option(fc.constantFrom(...GROUPS), { nil: undefined });
  function answers(ask: (store: DeskStore) => unknown) {
    const [first, ...others] = made.map(({ store }) => ask(store));
    return { others, expected: others.map(() => first) };
  }
  const allIds = (): readonly CardId[] => made[0]?.store.idsAfter(0, 1000) ?? [];

  it('hold the same cards', () => {
    expect(allIds()).toHaveLength(300);
    const { others, expected } = answers((store) => {
      const cards = store.cards(store.idsAfter(0, 1000));
      return [cards, cards.map((card) => store.duplicates(card))];
    });
    expect(others).toEqual(expected);
  });

  it('let the same cards through a filter, in the same order', () => {
    fc.assert(
      fc.property(anyFilter, anySort, group, (filter, sort, by) => {
        const { others, expected } = answers((store) => store.ids(filter, sort, by));
        expect(others).toEqual(expected);
      }),
      { numRuns: 600 },
    );
  });

  it('find in one look what they find by two questions', () => {
    fc.assert(
      fc.property(anyFilter, anySort, group, (filter, sort, by) => {
        for (const { store } of made) {
          const counts = store.counts({ ...filter, states: [] });
          expect(store.found(filter, sort, by)).toEqual({ ids: store.ids(filter, sort, by), counts });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('count and group the same', () => {
    fc.assert(
      fc.property(anyFilter, fc.constantFrom(...GROUPS), (filter, by) => {
        const { others, expected } = answers((store) => [store.counts(filter), store.groups(filter, by)]);
        expect(others).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('tell the same of some cards, and of two which comes first', () => {
    const some = fc.subarray([...allIds()], { minLength: 2 });
    fc.assert(
      fc.property(anyFilter, anySort, group, some, (filter, sort, by, ids) => {
        const [one, other] = [ids[0], ids.at(-1)] as [CardId, CardId];
        const { others, expected } = answers((store) => [
          [...store.matching(ids, filter)].sort((a, b) => a - b),
          store.first(other, one, sort, by),
        ]);
        expect(others).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
