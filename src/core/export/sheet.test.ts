import { beforeEach, describe, expect, it } from 'vitest';
import { openMemoryDesk, type MemoryDesk } from '../../../test/helpers/memory-desk';
import { CARD_STATES } from '../../shared/cards';
import { SHEET_COLUMNS, type SheetColumn, type SheetRequest } from '../../shared/sheet';
import { fail, ok } from '../../shared/result';
import type { CardChange } from '../cards/ports';
import type { CancelSignal } from '../recognition/ports';
import type { Cell, SheetBook, SheetWriter } from './ports';
import { exportSheet, type SheetOrder } from './sheet';

const NUMBER = '6222021234567890128';
const NEVER: CancelSignal = { aborted: false, addEventListener() {}, removeEventListener() {} };

let desk: MemoryDesk;
let book: (SheetBook & { readonly lines: readonly (readonly Cell[])[] }) | undefined;
let answer: Awaited<ReturnType<SheetWriter['write']>>;
beforeEach(() => {
  desk = openMemoryDesk();
  book = undefined;
  answer = ok(true);
});

const writer: SheetWriter = {
  async write(_target, given, _signal, written) {
    const lines = [...given.rows];
    book = { ...given, lines };
    written(lines.length);
    return answer;
  },
};
async function write(request: Partial<SheetOrder> = {}) {
  const order: SheetRequest = {
    states: [...CARD_STATES],
    columns: ['name'],
    fullNumbers: false,
    language: 'en',
    ...request,
  };
  const told: unknown[] = [];
  const done = await exportSheet(
    { store: desk.store, clock: desk.clock, writer, who: () => 'An' },
    '/out/sheet.xlsx',
    { ...request, ...order },
    NEVER,
    (rows, of) => told.push([rows, of]),
  );
  return { done, told };
}
/** The cell of one column for a card. */
async function cellOf(column: SheetColumn, change: CardChange, request: Partial<SheetOrder> = {}) {
  const id = desk.add(`card ${desk.store.idsAfter(0, 99).length}`, change);
  await write({ ...request, columns: [column], ids: [id] });
  return book?.lines[0]?.[0];
}
const text = (value: string): Cell => ({ kind: 'text', text: value });

describe('a cell', () => {
  it('of a number is text, masked unless whole numbers are asked for', async () => {
    const fields = { cardNumber: NUMBER };
    expect(await cellOf('cardNumber', { fields }, { fullNumbers: true })).toEqual(text(NUMBER));
    const masked = await cellOf('cardNumber', { fields });
    expect(JSON.stringify(masked)).toContain('•');
    expect(JSON.stringify(masked)).not.toContain(NUMBER.slice(6, -4));
  });

  it.each(['note', 'name', 'batch', 'reason'] as const)(
    'beside it (%s) has the number masked too',
    async (column) => {
      desk.store.renameBatch(desk.batchId, NUMBER);
      const id = desk.add(`${NUMBER}.jpg`, {
        note: `is ${NUMBER}`,
        state: { kind: 'rejected', by: 'An', at: 1, reason: 'other', note: NUMBER },
      });
      await write({ columns: [column], ids: [id] });
      expect(JSON.stringify(book?.lines)).not.toContain(NUMBER);
      await write({ columns: [column], ids: [id], fullNumbers: true });
      expect(JSON.stringify(book?.lines)).toContain(NUMBER);
    },
  );

  it('of a date is a month, and of what is no date the text as it was read', async () => {
    const validDate = (value: string) => cellOf('validDate', { fields: { validDate: value } });
    expect(await validDate('08/2030')).toEqual({ kind: 'month', year: 2030, month: 8 });
    expect(await validDate('13/2030')).toEqual(text('13/2030'));
  });

  it('never starts as a formula', async () => {
    expect(await cellOf('cardName', { fields: { cardName: '=1+1' } })).toEqual(text("'=1+1"));
  });

  it('of who decided names both, or nobody where a rule did', async () => {
    const approved = { kind: 'approved', by: 'An', at: 5 } as const;
    expect(await cellOf('decidedBy', { state: { ...approved, also: 'Bo' } })).toEqual(text('An, Bo'));
    expect(await cellOf('decidedBy', { state: { ...approved, rule: 'bothAgree' } })).toBeUndefined();
    expect(await cellOf('decidedAt', { state: approved })).toEqual({ kind: 'moment', at: 5 });
    expect(await cellOf('decidedBy', {})).toBeUndefined();
  });

  it('of a request is that of the newest call that had one', async () => {
    const id = desk.add('asked');
    for (const requestId of ['one', 'two', undefined]) {
      const attempt = desk.store.beginAttempt(id, 'tencent', 1, {});
      desk.store.endAttempt(attempt, { finishedAt: 2, outcome: 'failed', maybeCharged: false, requestId });
    }
    await write({ columns: ['requestId'], ids: [id] });
    expect(book?.lines).toEqual([[text('two')]]);
  });

  it('of every column is there in both languages, also for a card of which nothing is known', async () => {
    desk.add('empty');
    for (const language of ['zh-CN', 'en'] as const) {
      expect((await write({ columns: [...SHEET_COLUMNS], language })).done).toEqual(ok({ rows: 1 }));
      expect(book?.lines[0]).toHaveLength(SHEET_COLUMNS.length);
      expect(new Set(book?.columns.map(({ header }) => header)).size).toBe(SHEET_COLUMNS.length);
    }
  });
});

describe('a sheet', () => {
  it('holds the chosen states of the chosen batch in the order of intake, and tells how far it is', async () => {
    for (const name of ['c', 'a']) desk.add(name);
    desk.add('rescan', { state: { kind: 'rescan', by: 'An', at: 1 } });
    const other = desk.store.createBatch('noon', 1);
    desk.store.addCards(other, [{ kind: 'file', name: 'elsewhere', location: '/x' }], 1);
    const { done, told } = await write({ states: ['pending'], batchId: desk.batchId });
    expect(done).toEqual(ok({ rows: 2 }));
    expect(told).toEqual([[2, 2]]);
    expect(book?.lines).toEqual([[text('c')], [text('a')]]);
  });

  it('balances: what was taken in, and what of it is in the sheet, state by state', async () => {
    desk.add('a');
    desk.add('b', { state: { kind: 'rescan', by: 'An', at: 1 } });
    await write({ states: ['rescan'] });
    const [table] = book?.tables ?? [];
    expect(table?.lines.at(-1)?.numbers).toEqual([2, 1]);
    const sums = [0, 1].map((at) =>
      table?.lines.slice(0, -1).reduce((sum, { numbers }) => sum + (numbers[at] ?? 0), 0),
    );
    expect(sums).toEqual([2, 1]);
  });

  it('of these very cards holds them in their order, also where they are very many', async () => {
    const ids = Array.from({ length: 1001 }, (_none, at) => desk.add(`m${at}`)).reverse();
    await write({ ids });
    expect(book?.lines).toHaveLength(1001);
    expect(book?.lines[0]).toEqual([text('m1000')]);
    expect(book?.tables[0]?.lines.at(-1)?.numbers).toEqual([1001, 1001]);
  });

  it('with nothing in it is none', async () => {
    expect((await write()).done).toMatchObject({ error: { code: 'sheet.empty' } });
    expect(book).toBeUndefined();
  });

  it('that could not be written says why', async () => {
    desk.add('a');
    answer = fail('sheet.cannotWrite');
    expect((await write()).done).toMatchObject({ error: { code: 'sheet.cannotWrite' } });
  });
});
