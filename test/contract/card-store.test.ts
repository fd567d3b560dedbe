/** One contract over both stores, and both stores asked the same of the same cards. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../src/adapters/memory/desk-store';
import { openDatabase } from '../../src/adapters/sqlite/database';
import { createDeskStore } from '../../src/adapters/sqlite/desk-store';
import type { DeskStore } from '../../src/core/desk-store';
import { GROUPS } from '../../src/shared/cards';
import { TEST_KEY } from '../helpers/test-desk';
import { cardStoreContract } from './card-store';
import type { MadeStore } from './card-store/given';
import { anyCards, anyFilter, anySort, fillBoth } from './card-store/random-cards';

function inMemory(): MadeStore {
  const store = createMemoryStore();
  return { store, dispose: () => store.close() };
}

function inEncryptedFile(): MadeStore {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-store-'));
  const opened = openDatabase({
    file: path.join(folder, 'cards.db'),
    keyHex: TEST_KEY,
    migrationsDir: path.resolve('resources/migrations'),
  });
  if (!opened.ok) throw new Error(opened.error.code, { cause: opened.error.cause });
  const store = createDeskStore(opened.value);
  return {
    store,
    dispose() {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe('the store in memory', () => {
  cardStoreContract(inMemory);
});
describe('the store in an encrypted file', () => {
  cardStoreContract(inEncryptedFile);
});

describe('both stores, asked the same', () => {
  const made = [inMemory, inEncryptedFile];
  let stores: MadeStore[];
  let memory: DeskStore;
  let file: DeskStore;
  beforeAll(() => {
    stores = made.map((make) => make());
    [memory, file] = stores.map(({ store }) => store) as [DeskStore, DeskStore];
    fillBoth([memory, file], anyCards());
  });
  afterAll(() => stores.forEach(({ dispose }) => dispose()));

  const group = fc.option(fc.constantFrom(...GROUPS), { nil: undefined });

  it('hold the same cards', () => {
    const all = (store: DeskStore) => store.cards(store.idsAfter(0, 1000));
    expect(all(memory)).toEqual(all(file));
    expect(all(memory).map((card) => memory.duplicates(card))).toEqual(
      all(file).map((card) => file.duplicates(card)),
    );
  });

  it('let the same cards through a filter, in the same order', () => {
    fc.assert(
      fc.property(anyFilter, anySort, group, (filter, sort, by) => {
        expect(memory.ids(filter, sort, by)).toEqual(file.ids(filter, sort, by));
      }),
      { numRuns: 600 },
    );
  });

  it('count and group the same', () => {
    fc.assert(
      fc.property(anyFilter, fc.constantFrom(...GROUPS), (filter, by) => {
        expect(memory.counts(filter)).toEqual(file.counts(filter));
        expect(memory.groups(filter, by)).toEqual(file.groups(filter, by));
      }),
      { numRuns: 300 },
    );
  });

  it('tell the same of some cards, and of two which comes first', () => {
    const ids = memory.idsAfter(0, 1000);
    fc.assert(
      fc.property(
        anyFilter,
        anySort,
        group,
        fc.subarray([...ids], { minLength: 2 }),
        (filter, sort, by, some) => {
          const matching = (store: DeskStore) => [...store.matching(some, filter)].sort((a, b) => a - b);
          expect(matching(memory)).toEqual(matching(file));
          const [one, other] = [some[0] as (typeof ids)[0], some.at(-1) as (typeof ids)[0]];
          expect(memory.first(other, one, sort, by)).toBe(file.first(other, one, sort, by));
        },
      ),
      { numRuns: 300 },
    );
  });
});
