/** Views over many cards: filters of every column, groups, and an order that follows single changes as if all were ordered anew. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GROUPS, SORT_KEYS, type Filter, type Group, type Sort } from '../../src/shared/cards';
import type { BatchId, CardId, ViewId } from '../../src/shared/ids';
import { reportBook } from '../../src/core/report/report-book';
import type { Card } from '../../src/core/cards/ports';
import { toDetail } from '../../src/core/views/rows';
import { makeReport } from '../../src/core/report/report';
import { openTestDesk, type TestDesk } from '../helpers/test-desk';

let test: TestDesk;
beforeEach(() => {
  test = openTestDesk();
});
afterEach(() => test.dispose());

const BANKS = ['工商银行(01020000)', '招商银行(03080000)', undefined];
const BY_RISK: Sort = { key: 'risk', descending: true };

/** Puts cards straight into the store: no engine is needed to order them. */
function fill(count: number): readonly CardId[] {
  const { store } = test;
  const batches = ['morning', 'noon'].map((name) => store.createBatch(name, 1));
  return Array.from({ length: count }, (_none, at) => {
    const batchId = batches[at % 2] as BatchId;
    const [id] = store.addCards(batchId, [{ kind: 'file', name: `scan-${at}.jpg`, location: `/x/${at}` }], 1);
    store.change(id as CardId, change(at, at), 1);
    return id as CardId;
  });
}

function change(at: number, seed: number) {
  return {
    state: seed % 4 === 3 ? { kind: 'approved' as const, by: 'a', at: 1 } : { kind: 'pending' as const },
    fields: {
      cardNumber: seed % 7 === 6 ? undefined : `622202${String(1000000000 + seed * 7919)}`,
      bankInfo: BANKS[seed % 3],
      validDate: `0${1 + (seed % 9)}/20${28 + (seed % 5)}`,
    },
    warnings: seed % 5 === 0 ? ([-9112] as const) : [],
    // What a person typed is in doubt too, so that nearly every card has been assessed.
    corrected: seed % 6 === 1 ? [] : (['cardName'] as const),
    quality: (seed * 13) % 100,
    assignedTo: at % 5 === 2 ? 'An' : undefined,
  };
}

const names = (filter: Partial<Filter>, sort: Sort = { key: 'takenIn', descending: false }) => {
  const { store } = test;
  return store.cards(store.ids(filter, sort)).map(({ name }) => name);
};

describe('a filter', () => {
  beforeEach(() => void fill(12));

  it.each<readonly [string, Partial<Filter>, (at: number) => boolean]>([
    ['a bank', { columns: { bankInfo: '招商' } }, (at) => at % 3 === 1],
    ['a batch by its name', { columns: { batch: 'noon' } }, (at) => at % 2 === 1],
    ['a range of quality', { columns: { quality: '<50' } }, (at) => (at * 13) % 100 < 50],
    [
      'a range between two',
      { columns: { quality: '30-60' } },
      (at) => (at * 13) % 100 >= 30 && (at * 13) % 100 <= 60,
    ],
    ['how many warnings there are', { columns: { warnings: '>=1' } }, (at) => at % 5 === 0],
    ['an expiry', { columns: { validDate: '/2029' } }, (at) => at % 5 === 1],
    ['whom it is for', { assignedTo: 'An' }, (at) => at % 5 === 2],
    ['a doubt', { doubt: 'reflectionWarning' }, (at) => at % 5 === 0 && at % 6 !== 1],
    ['two at once', { columns: { bankInfo: '工商', batch: 'morning' } }, (at) => at % 6 === 0],
  ])('lets through %s', (_what, filter, through) => {
    const expected = Array.from({ length: 12 }, (_none, at) => at).filter(through);
    expect(names(filter)).toEqual(expected.map((at) => `scan-${at}.jpg`));
  });

  it('hides nothing while a range is half typed', () => {
    expect(names({ columns: { quality: '<' } })).toHaveLength(12);
  });

  it.each(['622202 1000 0395', '1000039595', '9595'])('finds a number typed as %s', (search) => {
    expect(names({ search })).toEqual(['scan-5.jpg']);
  });
});

describe('an order', () => {
  it('has the riskiest first', () => {
    fill(12);
    const { store } = test;
    const scores = store.cards(store.ids({}, BY_RISK)).map(({ score }) => score);
    expect(scores.filter((score) => score !== undefined)).toEqual(
      scores.filter((score) => score !== undefined).toSorted((one, other) => other - one),
    );
    expect(scores[0]).toBeGreaterThan(0);
  });

  it.each(GROUPS)('keeps the cards of a %s together, and tells how many', (group) => {
    fill(12);
    const { store } = test;
    const keys = store
      .cards(store.ids({}, BY_RISK, group))
      .map(({ batchId, fields, state, doubts }) =>
        String(
          { batch: batchId, bankInfo: fields.bankInfo, state: state.kind, doubt: doubts[0]?.name }[group] ??
            '',
        ),
      );
    const told = store
      .groups({}, group)
      .flatMap(({ key, count }) => Array.from({ length: count }, () => key));
    expect(keys).toEqual(told);
    expect(new Set(keys).size).toBe(store.groups({}, group).length);
  });

  it('leaves what a person edits where it is, until the view is opened again', () => {
    fill(12);
    const { store } = test;
    const { views } = test.desk;
    const { viewId } = views.open({ states: ['pending'] }, BY_RISK);
    const before = views.all(viewId as never, []);
    const [first, second] = before as [CardId, CardId];
    store.change(first, { warnings: [], corrected: [] }, 2);
    views.changed([first], true);
    store.change(second, { state: { kind: 'approved', by: 'a', at: 1 } }, 2);
    views.changed([second], true);
    test.clock.advance(1000);
    expect(views.all(viewId as never, [])).toEqual(before.filter((id) => id !== second));
    const again = views.open({ states: ['pending'] }, BY_RISK);
    expect(views.all(again.viewId as never, [])).toEqual(store.ids({ states: ['pending'] }, BY_RISK));
    expect(views.all(again.viewId as never, [])[0]).not.toBe(first);
  });

  it('follows single changes to where ordering all anew would put them', () => {
    const ids = fill(30);
    const sorts = fc.record({ key: fc.constantFrom(...SORT_KEYS), descending: fc.boolean() });
    const groups = fc.option(fc.constantFrom<Group>(...GROUPS), { nil: undefined });
    const filters = fc.constantFrom<Partial<Filter>>(
      {},
      { states: ['pending'] },
      { columns: { bankInfo: '工商' } },
      { doubt: 'corrected' },
    );
    const edits = fc.array(fc.tuple(fc.nat(29), fc.nat(40)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sorts, groups, filters, edits, (sort, group, filter, changes) => {
        const { store } = test;
        const { views } = test.desk;
        const { viewId } = views.open(filter, sort, group);
        for (const [at, seed] of changes) {
          store.change(ids[at] as CardId, change(at, seed), 2);
          views.changed([ids[at] as CardId]);
        }
        test.clock.advance(1000);
        expect(views.all(viewId as never, [])).toEqual(store.ids(filter, sort, group));
        views.close();
      }),
      { numRuns: 60 },
    );
  });
});

describe('the report', () => {
  it.each([undefined, 1, 2])('counts the cards of each doubt, not of each file: batch %s', (batch) => {
    const ids = fill(23);
    const batchId = batch as BatchId | undefined;
    const { store } = test;
    const wanted = new Map<string, number>();
    for (const card of store.cards(ids)) {
      if (batchId !== undefined && card.batchId !== batchId) continue;
      for (const doubt of new Set(card.doubts.map(({ name }) => name)))
        wanted.set(doubt, (wanted.get(doubt) ?? 0) + 1);
    }
    expect(wanted.size).toBeGreaterThan(3);
    const report = makeReport(store, batchId);
    expect(new Map(report.doubts.map(({ name, cards }) => [name, cards]))).toEqual(wanted);
    expect(report.doubts).toHaveLength(wanted.size);
    const lines = reportBook(report, 'en').tables.find(({ title }) => title === 'Doubts')?.lines ?? [];
    expect(new Set(lines.map(({ label }) => label)).size).toBe(wanted.size);
  });
});

describe('a name that holds the number of a card', () => {
  const NUMBER = '6222020000000000000';

  it('is masked in rows, groups, details, patches and progress, and found by the whole of it', () => {
    const { store } = test;
    const { views } = test.desk;
    const batchId = store.createBatch(`of ${NUMBER}`, 1);
    const [id] = store.addCards(
      batchId,
      [{ kind: 'file', name: `${NUMBER} (1/2).jpg`, location: `/in/${NUMBER}.jpg` }],
      1,
    ) as [CardId];
    store.change(id, { state: { kind: 'pending' }, fields: { cardNumber: NUMBER } }, 1);
    const state = views.open({ search: NUMBER }, BY_RISK, 'batch');
    expect(state.total).toBe(1);
    const shown = [
      state,
      views.rows(state.viewId as ViewId, 0, 10),
      toDetail(store.card(id) as Card, store, { who: 'tester', supervisor: true }),
    ];
    views.changed([id]);
    test.clock.advance(1000);
    expect(test.patches).toHaveLength(1);
    const text = JSON.stringify([shown, test.patches]);
    expect(text).not.toContain(NUMBER);
    expect(text).toContain('622202•••••••••0000 (1/2).jpg');
    expect(text).toContain('of 622202•••••••••0000');
  });
});
