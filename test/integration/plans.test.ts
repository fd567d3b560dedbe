/** How the database comes to the answers about many cards: each page that it reads has to be decrypted. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeskStore } from '../../src/adapters/sqlite/desk-store';
import { openDatabase, type Database } from '../../src/adapters/sqlite/database';
import type { DeskStore } from '../../src/core/desk-store';
import { GROUPS, SORT_KEYS, type Filter, type Sort } from '../../src/shared/cards';
import type { BatchId, CardId } from '../../src/shared/ids';
import { TEST_KEY } from '../helpers/test-desk';

let folder: string;
let database: Database;
let store: DeskStore;
/** The questions that the store has put, each with how it is come by. */
let plans: string[][];
let texts: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-plans-'));
  const opened = openDatabase({
    file: path.join(folder, 'cards.db'),
    keyHex: TEST_KEY,
    migrationsDir: path.resolve('resources/migrations'),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  database = opened.value;
  [plans, texts] = [[], []];
  store = createDeskStore(explained(database));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function explained(real: Database): Database {
  const prepare = (text: string) => {
    const statement = real.prepare(text);
    const asked =
      (ask: 'all' | 'get') =>
      (...parameters: unknown[]) => {
        const rows = real.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...parameters) as { detail: string }[];
        plans.push(rows.map(({ detail }) => detail));
        texts.push(text);
        return statement[ask](...parameters);
      };
    return { all: asked('all'), get: asked('get') };
  };
  return new Proxy(real, {
    get: (target, name) => {
      if (name === 'prepare') return prepare;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** Steps that read cards. */
const readings = (plan: readonly string[]) => plan.filter((step) => /^(SCAN|SEARCH) card\b/.test(step));
const sorting = (plan: readonly string[]) => plan.filter((step) => step.includes('TEMP B-TREE'));

const IN_ORDER: readonly (readonly [Sort['key'], string])[] = [
  ['cardNumber', 'card_by_number'],
  ['name', 'card_by_name'],
  ['bankInfo', 'card_by_bank'],
  ['cardType', 'card_by_type'],
  ['validDate', 'card_by_expiry'],
];
const SCOPES: readonly Partial<Filter>[] = [
  {},
  { batchId: 1 as BatchId },
  { states: ['pending'] },
  { batchId: 1 as BatchId, states: ['pending', 'held'] },
];
const NARROWED: readonly Partial<Filter>[] = [
  { search: '招商' },
  { search: '4821', batchId: 1 as BatchId, states: ['pending'] },
  { columns: { cardType: '贷' } },
  { columns: { risk: '>20' } },
  { onlyWithWarnings: true },
  { doubt: 'luhn' },
  { assignedTo: 'An' },
  { samplesDue: true },
];

describe.each(IN_ORDER)('the order by %s', (key, index) => {
  it.each(SCOPES)('of all cards in %j is read, not made', (filter) => {
    store.found(filter, { key, descending: false });
    const [ids] = plans;
    expect(readings(ids ?? [])).toEqual([expect.stringContaining(index)]);
    expect(sorting(ids ?? [])).toEqual([]);
  });

  it.each(SCOPES)('downwards in %j is read too: what is put in order is equal ones only', (filter) => {
    store.found(filter, { key, descending: true });
    const [ids] = plans;
    expect(readings(ids ?? [])).toEqual([expect.stringContaining(index)]);
    expect(sorting(ids ?? [])).toEqual([expect.stringMatching(/RIGHT PART|LAST TERM/)]);
  });
});

describe('what a view shows', () => {
  it('of the riskiest is read in their order', () => {
    for (const filter of SCOPES) store.ids(filter, { key: 'risk', descending: true });
    expect(plans.map(readings)).toEqual(SCOPES.map(() => [expect.stringContaining('card_score')]));
    expect(plans.flatMap(sorting)).toEqual([]);
  });

  it.each(NARROWED)('through %j comes of one question, and one look at the cards', (filter) => {
    for (const key of SORT_KEYS) {
      for (const group of [undefined, ...GROUPS]) {
        plans = [];
        store.found(filter, { key, descending: true }, group);
        expect(plans.map((plan) => readings(plan).length)).toEqual([1]);
      }
    }
  });

  it('of a batch or a state reads its cards from an index, and no card to count them', () => {
    for (const filter of SCOPES) {
      [plans, texts] = [[], []];
      store.found(filter, { key: 'risk', descending: true });
      expect(readings(plans[0] ?? [])).toEqual([expect.stringContaining('COVERING INDEX')]);
      expect(texts.map((text) => /FROM (\w+)/.exec(text.split('FROM (').at(-1) ?? '')?.[1])).toEqual([
        'card',
        'card_count',
      ]);
    }
  });

  it('of a search reads no row of cards that it does not find', () => {
    store.found({ search: '4821' }, { key: 'risk', descending: true });
    store.found({ search: '4821' }, { key: 'cardNumber', descending: false });
    store.counts({ search: '4821' });
    store.groups({ search: '4821' }, 'bankInfo');
    expect(plans.map(readings)).toEqual(
      [1, 2, 3, 4].map(() => [expect.stringContaining('COVERING INDEX card_score')]),
    );
  });
});

describe('what is asked of single cards', () => {
  it('goes to those cards, whatever order they stand in', () => {
    for (const key of SORT_KEYS) store.first(1 as CardId, 2 as CardId, { key, descending: false });
    store.matching([1 as CardId], { search: 'x', states: ['pending'] });
    const steps = plans.flatMap(readings);
    expect(steps).toHaveLength(SORT_KEYS.length + 1);
    for (const step of steps) expect(step).toContain('USING INTEGER PRIMARY KEY');
  });

  it('for its number goes by the number', () => {
    const card = { id: 1 as CardId, batchId: 1 as BatchId, fields: { cardNumber: '6222' } };
    store.duplicates(card);
    expect(plans.flatMap(readings)).toEqual([expect.stringContaining('COVERING INDEX card_by_number')]);
  });
});
