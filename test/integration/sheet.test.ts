/** The sheet, read back with another library than the one that wrote it. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import readBook, { readSheet } from 'read-excel-file/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formulaSafe } from '../../src/core/export/sheet';
import { cellText } from '../../src/core/export/text';
import { CARD_STATES } from '../../src/shared/cards';
import type { CardId } from '../../src/shared/ids';
import { DEFAULT_COLUMNS, SHEET_COLUMNS, type SheetRequest } from '../../src/shared/sheet';
import { openTestDesk, type TestDesk } from '../helpers/test-desk';

const NUMBER = '6222020200112233448';
let test: TestDesk;
beforeEach(() => {
  test = openTestDesk();
});
afterEach(() => test.dispose());

const REQUEST: SheetRequest = {
  states: [...CARD_STATES],
  columns: [...DEFAULT_COLUMNS],
  fullNumbers: false,
  language: 'en',
};
const signal = (aborted = false) => ({
  aborted,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
});

function fill(count: number): void {
  const { store } = test;
  store.transaction(() => {
    const batch = store.createBatch('=cmd|calc', 1);
    const sources = Array.from({ length: count }, (_none, at) => ({
      kind: 'file' as const,
      name: `card ${at}.jpg`,
      location: `/in/${at}`,
    }));
    store.addCards(batch, sources, Date.UTC(2026, 0, 1)).forEach((id, at) => {
      store.change(
        id,
        {
          state:
            at % 2 === 0
              ? { kind: 'approved', by: 'tester', at: Date.UTC(2026, 0, 2) }
              : { kind: 'failed', code: 'file.empty', at: 1 },
          fields: at % 2 === 0 ? { cardNumber: NUMBER, validDate: '07/2030', bankInfo: '+SUM(A1)' } : {},
          warnings: at % 2 === 0 ? [-9112] : [],
        },
        1,
      );
    });
  });
}

async function write(request: SheetRequest = REQUEST, aborted = false) {
  const file = path.join(test.folder, 'sheet.xlsx');
  const done = await test.desk.exportSheet(file, request, signal(aborted), () => undefined);
  return { file, done };
}

describe('sheet', () => {
  it('holds the chosen columns with masked numbers as text, real dates and safe text', async () => {
    fill(4);
    const { file, done } = await write();
    expect(done).toMatchObject({ ok: true, value: { rows: 4 } });
    const [header, first, second] = await readSheet(file);
    expect(header?.slice(0, 6)).toEqual(['Card number', 'Bank', 'Card type', 'Card name', 'Expiry', 'State']);
    const cells = Object.fromEntries((header ?? []).map((name, at) => [name, first?.[at]]));
    expect(cells['Card number']).toBe('622202•••••••••3448');
    expect(cells['Expiry']).toEqual(new Date(Date.UTC(2030, 6, 31)));
    expect(cells['Bank']).toBe("'+SUM(A1)");
    expect(cells['Batch']).toBe("'=cmd|calc");
    expect(cells['Warnings']).toBe('Reflection (-9112)');
    expect(second?.[header?.indexOf('Reason') ?? 0]).toBe('The file is empty; scan the card again');
  });

  it('gives whole numbers only when asked, and writes that to the audit log first', async () => {
    fill(2);
    const { file } = await write({ ...REQUEST, fullNumbers: true });
    expect((await readSheet(file))[1]?.[0]).toBe(NUMBER);
  });

  it('masks the same number in what stands beside it, unless whole numbers are asked for', async () => {
    const { store } = test;
    const batch = store.createBatch(`of ${NUMBER}`, 1);
    const [id] = store.addCards(batch, [{ kind: 'file', name: `${NUMBER}.jpg`, location: '/in/1' }], 1);
    const state = { kind: 'rejected', by: 'a', at: 1, reason: 'other', note: `is ${NUMBER}` } as const;
    store.change(id as CardId, { state, note: `6222 0202 0011 2233 448`, fields: { cardNumber: NUMBER } }, 1);
    const columns = [...SHEET_COLUMNS];
    const masked = JSON.stringify(await readBook((await write({ ...REQUEST, columns })).file));
    expect(masked.replace(/[ -]/g, '')).not.toContain(NUMBER);
    expect(masked).toContain('622202•••••••••3448.jpg');
    const whole = JSON.stringify(
      await readBook((await write({ ...REQUEST, columns, fullNumbers: true })).file),
    );
    expect(whole).toContain(`${NUMBER}.jpg`);
  });

  it('balances: the states add up to what was taken in and to what is in the sheet', async () => {
    fill(5);
    const { file } = await write({ ...REQUEST, states: ['approved'] });
    const [, totals] = await readBook(file);
    const lines = (totals?.data ?? []).slice(1);
    const sum = (column: number) =>
      lines.slice(0, -1).reduce((total, line) => total + Number(line[column]), 0);
    expect([sum(1), sum(2)]).toEqual([5, 3]);
    expect(lines.at(-1)).toEqual(['Total', 5, 3]);
    expect(await readSheet(file)).toHaveLength(4);
  });

  it('has every column in both languages', async () => {
    fill(2);
    for (const language of ['en', 'zh-CN'] as const) {
      const { file } = await write({ ...REQUEST, columns: [...SHEET_COLUMNS], language });
      const [header] = await readSheet(file);
      expect(new Set(header).size).toBe(SHEET_COLUMNS.length);
    }
  });

  it('holds what no XML may, and what no cell may, as what can be read', async () => {
    const odd = [
      'a\u0001b',
      'c\ufffed',
      'e\uffff',
      'f\ud800g',
      '\udc00h',
      '\ufffe=1+1',
      'long '.repeat(8000),
    ];
    const { store } = test;
    const batch = store.createBatch('batch \ufffe', 1);
    store
      .addCards(
        batch,
        odd.map((name, at) => ({ kind: 'file', name, location: `/in/${at}` })),
        1,
      )
      .forEach((id, at) => store.change(id, { note: odd[at], fields: { bankInfo: odd[at] } }, 1));
    const { file, done } = await write({ ...REQUEST, columns: ['name', 'note', 'bankInfo', 'batch'] });
    expect(done.ok).toBe(true);
    const rows = (await readSheet(file)).slice(1);
    expect(rows).toHaveLength(odd.length);
    const wanted = ['a�b', 'c�d', 'e�', 'f�g', '�h', '�=1+1'];
    for (const [at, text] of wanted.entries()) expect(rows[at]).toEqual([text, text, text, 'batch �']);
    for (const cell of rows.at(-1)?.slice(0, 3) ?? []) {
      expect(String(cell)).toHaveLength(32_767);
      expect(String(cell).endsWith('…')).toBe(true);
    }
  });

  it('says so when nothing fits', async () => {
    expect((await write()).done).toMatchObject({ error: { code: 'sheet.empty' } });
  });
});

describe('the file of a sheet', () => {
  it('leaves the old file and no half one when it fails or is cancelled', async () => {
    fill(2000);
    const old = path.join(test.folder, 'sheet.xlsx');
    await writeFile(old, 'the old sheet');
    const { done } = await write(REQUEST, true);
    expect(done).toMatchObject({ error: { code: 'sheet.cancelled' } });
    expect(await readFile(old, 'utf8')).toBe('the old sheet');

    await mkdir(path.join(test.folder, 'taken.xlsx'));
    const failed = await test.desk.exportSheet(
      path.join(test.folder, 'taken.xlsx'),
      REQUEST,
      signal(),
      () => undefined,
    );
    expect(failed).toMatchObject({ error: { code: 'sheet.cannotWrite' } });
    const nowhere = await test.desk.exportSheet(
      path.join(test.folder, 'no/such/place.xlsx'),
      REQUEST,
      signal(),
      () => undefined,
    );
    expect(nowhere).toMatchObject({ error: { code: 'sheet.noPlace' } });
    expect(readdirSync(test.folder).filter((name) => name.includes('.part'))).toEqual([]);
    expect(existsSync(old)).toBe(true);
  });

  it('shows nothing in its place, or beside it, before it is whole', async () => {
    fill(2000);
    const out = path.join(test.folder, 'out');
    await mkdir(out);
    const seen: string[][] = [];
    await test.desk.exportSheet(path.join(out, 'sheet.xlsx'), REQUEST, signal(), (count) => {
      if (count < 2000) seen.push(readdirSync(out));
    });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.flat()).toEqual([]);
    expect(readdirSync(out)).toEqual(['sheet.xlsx']);
  });
});

describe('formula-safe text', () => {
  it('never starts like a formula, and is otherwise what it was', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', 'a', ''),
        (rest, start) => {
          const text = start + rest;
          const safe = formulaSafe(text);
          expect(safe).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
          expect([text, `'${text}`]).toContain(safe);
        },
      ),
    );
  });
});

describe('text of a cell', () => {
  it('is whole characters that XML allows, and no longer than a cell', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 0xffff })),
        fc.constantFrom('', '卡'.repeat(32_760)),
        (units, long) => {
          const text = cellText(long + String.fromCharCode(...units));
          expect(text.length).toBeLessThanOrEqual(32_767);
          expect(text).toMatch(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u);
        },
      ),
    );
    expect(cellText('中文 “quoted” 🂡 \t\n')).toBe('中文 “quoted” 🂡 \t\n');
  });
});
