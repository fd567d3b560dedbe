/** Writes .xlsx as a stream with exceljs. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import path from 'node:path';
import ExcelJS from 'exceljs';
import type { CardStateName } from '../../shared/cards';
import { fail, ok } from '../../shared/result';
import type { Cell, SheetBook, SheetWriter } from '../../core/export/ports';

/** Background of the state's cell: soft, dark text stays readable (contrast over 7:1). */
const STATE_FILL: Readonly<Record<CardStateName, string>> = {
  arriving: 'FFF1F3F5',
  queued: 'FFF1F3F5',
  recognising: 'FFE3EEFA',
  pending: 'FFFFF4D6',
  approved: 'FFDDF3E4',
  rejected: 'FFFBE0E0',
  rescan: 'FFF0E6FA',
  failed: 'FFFBE0E0',
};
const ROWS_BETWEEN_BREATHS = 500;

function value(cell: Cell): ExcelJS.CellValue {
  if (cell === undefined) return null;
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

function dress(target: ExcelJS.Cell, cell: Cell): void {
  if (cell?.kind === 'text') target.numFmt = '@';
  if (cell?.kind === 'month') target.numFmt = 'mm/yyyy';
  if (cell?.kind === 'moment') target.numFmt = 'yyyy-mm-dd hh:mm';
  if (cell?.kind === 'state') {
    target.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: STATE_FILL[cell.state] } };
  }
}

function addTotals(workbook: ExcelJS.stream.xlsx.WorkbookWriter, totals: SheetBook['totals']): void {
  const sheet = workbook.addWorksheet(totals.title);
  sheet.columns = totals.headers.map(() => ({ width: 16 }));
  sheet.addRow([...totals.headers]).font = { bold: true };
  totals.lines.forEach(({ label, numbers }, at) => {
    const row = sheet.addRow([label, ...numbers]);
    if (at === totals.lines.length - 1) row.font = { bold: true };
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
      const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
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
        const row = sheet.addRow(cells.map(value));
        cells.forEach((cell, at) => dress(row.getCell(at + 1), cell));
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
      addTotals(workbook, book.totals);
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
