/** Writes .xlsx as a stream with exceljs. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import path from 'node:path';
import type ExcelJS from 'exceljs';
import type { CardStateName } from '../../shared/cards';
import { fail, ok } from '../../shared/result';
import type { Cell, SheetTable, SheetWriter } from '../../core/export/ports';

/** Background of the state's cell: soft, dark text stays readable (contrast over 7:1). */
const STATE_FILL: Readonly<Record<CardStateName, string>> = {
  arriving: 'FFF1F3F5',
  queued: 'FFF1F3F5',
  recognising: 'FFE3EEFA',
  pending: 'FFFFF4D6',
  held: 'FFFFF4D6',
  second: 'FFE3EEFA',
  disputed: 'FFFBE0E0',
  approved: 'FFDDF3E4',
  rejected: 'FFFBE0E0',
  rescan: 'FFF0E6FA',
  failed: 'FFFBE0E0',
};
const ROWS_BETWEEN_BREATHS = 500;

function value(cell: Exclude<Cell, undefined>): ExcelJS.CellValue {
  switch (cell.kind) {
    case 'text':
    case 'state':
      return cell.text;
    case 'number':
      return cell.value;
    case 'month':
      // The card is good through the last day of its month.
      return new Date(Date.UTC(cell.year, cell.month, 0));
    case 'moment':
      // Spreadsheets know no time zones: the wall clock of this computer is what people expect to read.
      return new Date(cell.at - new Date(cell.at).getTimezoneOffset() * 60_000);
  }
}

/** One object for each look: exceljs knows a style it has met by its object, and else compares it whole for every cell. */
const TEXT: Partial<ExcelJS.Style> = { numFmt: '@' };
const MONTH: Partial<ExcelJS.Style> = { numFmt: 'mm/yyyy' };
const MOMENT: Partial<ExcelJS.Style> = { numFmt: 'yyyy-mm-dd hh:mm' };
const STATE = Object.fromEntries(
  Object.entries(STATE_FILL).map(([state, argb]) => [
    state,
    { fill: { type: 'pattern', pattern: 'solid', fgColor: { argb } } },
  ]),
) as Readonly<Record<CardStateName, Partial<ExcelJS.Style>>>;

function look(cell: Exclude<Cell, undefined>): Partial<ExcelJS.Style> | undefined {
  switch (cell.kind) {
    case 'text':
      return TEXT;
    case 'month':
      return MONTH;
    case 'moment':
      return MOMENT;
    case 'state':
      return STATE[cell.state];
    case 'number':
      return undefined;
  }
}

function fill(row: ExcelJS.Row, cells: readonly Cell[]): void {
  cells.forEach((cell, at) => {
    if (cell === undefined) return;
    const target = row.getCell(at + 1);
    target.value = value(cell);
    const style = look(cell);
    if (style) target.style = style;
  });
}

function addTable(workbook: ExcelJS.stream.xlsx.WorkbookWriter, table: SheetTable): void {
  const sheet = workbook.addWorksheet(table.title);
  sheet.columns = table.headers.map((_header, at) => ({ width: at === 0 ? 24 : 16 }));
  sheet.addRow([...table.headers]).font = { bold: true };
  table.lines.forEach(({ label, numbers }, at) => {
    const row = sheet.addRow([label, ...numbers]);
    if (table.summed && at === table.lines.length - 1) row.font = { bold: true };
    row.commit();
  });
  sheet.commit();
}

export const sheetWriter: SheetWriter = {
  async write(target, book, signal, written) {
    const part = path.join(
      path.dirname(target),
      `.${path.basename(target)}.${randomUUID().slice(0, 8)}.part`,
    );
    try {
      const stream = createWriteStream(part, { flags: 'wx', mode: 0o600 });
      const ended = finished(stream);
      // A disk that is full fails the stream between two rows: noticed at the next breath.
      let broken: unknown;
      ended.catch((error: unknown) => (broken = error ?? true));
      // Loaded with the first sheet, not at every start.
      const { default: exceljs } = await import('exceljs');
      const workbook = new exceljs.stream.xlsx.WorkbookWriter({
        stream,
        useStyles: true,
        useSharedStrings: false,
      });
      const sheet = workbook.addWorksheet(book.title, { views: [{ state: 'frozen', ySplit: 1 }] });
      sheet.columns = book.columns.map(({ width }) => ({ width }));
      sheet.autoFilter = {
        from: { row: 1, column: 1 },
        to: { row: book.rowCount + 1, column: book.columns.length },
      };
      const header = sheet.addRow(book.columns.map((column) => column.header));
      header.font = { bold: true };
      header.commit();

      let count = 0;
      for (const cells of book.rows) {
        const row = sheet.addRow([]);
        fill(row, cells);
        row.commit();
        if (++count % ROWS_BETWEEN_BREATHS === 0) {
          written(count);
          await new Promise((resolve) => setImmediate(resolve));
          if (broken !== undefined) throw broken;
          if (signal.aborted) {
            stream.destroy();
            await rm(part, { force: true });
            return fail('sheet.cancelled');
          }
        }
      }
      sheet.commit();
      for (const table of book.tables) addTable(workbook, table);
      await Promise.race([workbook.commit(), ended.then(() => undefined)]);
      await ended;
      const file = await open(part, 'r+');
      await file.sync();
      await file.close();
      await rename(part, target);
      written(count);
      return ok(true);
    } catch (cause) {
      await rm(part, { force: true });
      return fail('sheet.cannotWrite', undefined, cause);
    }
  },
};
