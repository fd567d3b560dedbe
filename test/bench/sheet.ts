/** A sheet of 100,000 cards out of the encrypted database, against exceljs streaming the same values as plain text. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { createDeskStore } from '../../src/adapters/sqlite/desk-store';
import { openDatabase } from '../../src/adapters/sqlite/database';
import { createWholeFiles } from '../../src/adapters/files/whole-files';
import { createSheetWriter } from '../../src/adapters/xlsx/sheet-writer';
import { systemClock } from '../../src/adapters/clock';
import { exportSheet } from '../../src/core/export/sheet';
import type { DeskStore } from '../../src/core/desk-store';
import { CARD_STATES } from '../../src/shared/cards';
import { DEFAULT_COLUMNS } from '../../src/shared/sheet';
import { inTurns, type Figure } from './figure';

export const ROWS = 100_000;
const ROUNDS = 3;

export function fillStore(store: DeskStore, rows: number): void {
  store.transaction(() => {
    const batch = store.createBatch('bench', 1);
    const sources = Array.from({ length: rows }, (_none, at) => ({
      kind: 'file' as const,
      name: `card-${at}.jpg`,
      location: `/in/${at}`,
    }));
    store.addCards(batch, sources, 1).forEach((id, at) => {
      const cardNumber = `6222020200${String(at).padStart(9, '0')}`;
      const fields = {
        cardNumber,
        bankInfo: '中国工商银行(01020000)',
        cardType: '借记卡',
        validDate: '07/2030',
      };
      store.change(id, { state: { kind: 'pending' }, fields, quality: at % 100, engine: 'local' }, 2);
    });
  });
}

async function plainExceljs(file: string): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file });
  const sheet = workbook.addWorksheet('Cards');
  for (let at = 0; at < ROWS; at++) {
    const number = `622202•••••••••${String(at).padStart(4, '0')}`;
    const rest = [
      '中国工商银行(01020000)',
      '借记卡',
      null,
      '07/2030',
      'To review',
      null,
      null,
      at % 100,
      'This computer',
      null,
      null,
      'bench',
    ];
    sheet.addRow([number, ...rest, `card-${at}.jpg`]).commit();
  }
  sheet.commit();
  await workbook.commit();
}

export async function benchSheet(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cardproof-bench-'));
  try {
    const database = openDatabase({
      file: path.join(folder, 'cards.db'),
      keyHex: '00'.repeat(32),
      migrationsDir: path.resolve('resources/migrations'),
    });
    if (!database.ok) throw new Error(database.error.code);
    const store = createDeskStore(database.value);
    fillStore(store, ROWS);
    const { signal } = new AbortController();
    const times = await inTurns(
      ROUNDS,
      async () => {
        const done = await exportSheet(
          {
            store,
            clock: systemClock,
            writer: createSheetWriter(createWholeFiles(path.join(folder, 'unfinished'))),
            who: () => 'bench',
          },
          path.join(folder, 'ours.xlsx'),
          { states: [...CARD_STATES], columns: [...DEFAULT_COLUMNS], fullNumbers: false, language: 'en' },
          signal,
          () => undefined,
        );
        if (!done.ok) throw new Error(done.error.code);
      },
      () => plainExceljs(path.join(folder, 'peer.xlsx')),
    );
    const [ours, peer] = [times.ours / 1000, times.peer / 1000];
    return [{ name: 'sheet.100000', ours, peer, unit: 's', ratio: ours / peer }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
