import { beforeEach, describe, expect, it } from 'vitest';
import { openMemoryDesk, type MemoryDesk } from '../../../test/helpers/memory-desk';
import { MOST_HOURS } from '../../shared/report';
import type { BatchId, CardId } from '../../shared/ids';
import type { DecisionLine } from '../review/ports';
import { reportBook } from './report-book';
import { makeReport } from './report';

const HOUR_MS = 3_600_000;
let desk: MemoryDesk;
beforeEach(() => {
  desk = openMemoryDesk();
});

function decided(kind: DecisionLine['kind'], more: Partial<DecisionLine> = {}): void {
  const line: DecisionLine = {
    editId: 1,
    at: 0,
    who: 'An',
    cardId: 1 as CardId,
    batchId: desk.batchId,
    kind,
    byRule: false,
    corrected: [],
    ...more,
  };
  desk.store.addDecisions([line]);
}
const report = (batchId?: BatchId) => makeReport(desk.store, batchId);

describe('a report', () => {
  it('balances: the states add up to what was taken in', () => {
    desk.add('a');
    desk.add('b', { state: { kind: 'rescan', by: 'An', at: 1 } });
    expect(report()).toMatchObject({ taken: 2, counts: { pending: 1, rescan: 1 } });
    expect(report(99 as BatchId).taken).toBe(0);
  });

  it('has a line for each person: what they decided, and at what cost in the middle', () => {
    decided('approved', { keys: 1, durationMs: 1000, corrected: ['cardNumber'] });
    decided('second', { keys: 3, durationMs: 3000 });
    decided('rejected', { keys: 8, durationMs: 9000, at: HOUR_MS });
    decided('rescan', { keys: 4, durationMs: 4000, at: HOUR_MS });
    decided('rescan', { who: 'Bo' });
    expect(report().reviewers).toEqual([
      {
        who: 'An',
        decided: 4,
        approved: 2,
        rejected: 1,
        rescan: 1,
        corrected: 1,
        checked: 0,
        right: 0,
        keysPerCard: 3.5,
        secondsPerCard: 3.5,
        perHour: 2,
      },
      expect.objectContaining({ who: 'Bo', decided: 1, keysPerCard: undefined, perHour: 1 }),
    ]);
    expect(report().byPerson).toBe(5);
  });

  it('counts what was put aside as no decision', () => {
    decided('held');
    expect(report()).toMatchObject({ byPerson: 0, hours: [], reviewers: [] });
  });

  it('counts a check for whose approval it was about, a person or the rule', () => {
    decided('checkedRight', { who: 'Su', about: 'An' });
    decided('checkedWrong', { who: 'Su', about: 'An' });
    decided('checkedRight', { who: 'Su', about: 'bothAgree' });
    decided('approved', { who: 'bothAgree', byRule: true });
    const { reviewers, rule, byRule, byPerson } = report();
    expect(reviewers).toMatchObject([{ who: 'An', decided: 0, checked: 2, right: 1 }]);
    expect(rule).toEqual({ approved: 1, checked: 1, right: 1 });
    expect([byRule, byPerson]).toEqual([1, 0]);
  });

  it('counts nothing that was taken back', () => {
    decided('approved');
    desk.store.markDecisions(1, true);
    expect(report()).toMatchObject({ byPerson: 0, reviewers: [] });
  });

  it('shows the newest hours, in their order', () => {
    for (let hour = MOST_HOURS + 2; hour >= 0; hour--) decided('approved', { at: hour * HOUR_MS + 5 });
    const { hours } = report();
    expect(hours).toHaveLength(MOST_HOURS);
    expect(hours.at(-1)).toEqual({ at: (MOST_HOURS + 2) * HOUR_MS, decided: 1 });
  });

  it('counts doubts, corrections and samples that wait for a check', () => {
    desk.add('a', { doubts: [{ name: 'luhn', weight: 1 }], corrected: ['cardNumber'] });
    desk.add('b', { state: { kind: 'approved', by: 'An', at: 1 }, sample: 'due' });
    expect(report()).toMatchObject({
      doubts: [{ name: 'luhn', cards: 1 }],
      corrected: 1,
      corrections: { cardNumber: 1, bankInfo: 0 },
      samplesDue: 1,
    });
  });

  it('is a book with the same figures in either language', () => {
    desk.add('a', { doubts: [{ name: 'luhn', weight: 1 }] });
    decided('approved', { who: '=An', keys: 1, durationMs: 1234 });
    const books = (['zh-CN', 'en'] as const).map((language) => reportBook(report(), language));
    const figures = books.map(({ rows, tables }) => ({
      rows: [...rows],
      tables: tables.map(({ lines }) => lines.map(({ numbers }) => numbers)),
    }));
    expect(figures[0]).toEqual(figures[1]);
    expect(figures[0]?.rows[0]?.[0]).toEqual({ kind: 'text', text: "'=An" });
    expect(figures[0]?.rows[0]).toContainEqual({ kind: 'number', value: 1.23 });
    expect(books[0]?.tables[0]?.lines.at(-1)?.numbers).toEqual([1]);
  });
});
