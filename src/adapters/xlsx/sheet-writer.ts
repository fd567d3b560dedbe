/** Writes .xlsx as a stream with exceljs. */
import type { Writable } from 'node:stream';
import type ExcelJS from 'exceljs';
import type { CardStateName } from '../../shared/cards';
import { fail, ok } from '../../shared/result';
import { NOT_WRITTEN } from '../../shared/sheet';
import type { Cell, SheetBook, SheetTable, SheetWriter } from '../../core/export/ports';
import { cellText } from '../../core/export/text';
import type { CancelSignal } from '../../core/recognition/ports';
import type { WholeFiles } from '../files/whole-files';

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
      return cellText(cell.text);
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
  sheet.addRow(table.headers.map(cellText)).font = { bold: true };
  table.lines.forEach(({ label, numbers }, at) => {
    const row = sheet.addRow([cellText(label), ...numbers]);
    if (table.summed && at === table.lines.length - 1) row.font = { bold: true };
    row.commit();
  });
  sheet.commit();
}

/** Fills the stream with the whole book and ends it; answers false when the signal fired. */
async function fillWith(
  book: SheetBook,
  stream: Writable,
  broken: Promise<never>,
  signal: CancelSignal,
  written: (rows: number) => void,
): Promise<boolean> {
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
  const header = sheet.addRow(book.columns.map((column) => cellText(column.header)));
  header.font = { bold: true };
  header.commit();

  let count = 0;
  for (const cells of book.rows) {
    const row = sheet.addRow([]);
    fill(row, cells);
    row.commit();
    if (++count % ROWS_BETWEEN_BREATHS === 0) {
      written(count);
      // A disk that is full fails the stream between two rows: noticed at the next breath.
      await Promise.race([broken, new Promise((resolve) => setImmediate(resolve))]);
      if (signal.aborted) return false;
    }
  }
  sheet.commit();
  for (const table of book.tables) addTable(workbook, table);
  await Promise.race([workbook.commit(), broken]);
  written(count);
  return true;
}

type NotWritten = (typeof NOT_WRITTEN)[number];

const REASONS: Readonly<Record<string, NotWritten>> = {
  EBUSY: 'sheet.inUse',
  ETXTBSY: 'sheet.inUse',
  ENOENT: 'sheet.noPlace',
  ENOTDIR: 'sheet.noPlace',
  EACCES: 'sheet.notWritable',
  EPERM: 'sheet.notWritable',
  EROFS: 'sheet.notWritable',
  ENOSPC: 'sheet.noRoom',
  EDQUOT: 'sheet.noRoom',
};

/** What the system says of the place of a sheet. */
function whyNot(cause: unknown): NotWritten {
  const { code = '' } = cause as NodeJS.ErrnoException;
  return REASONS[code] ?? 'sheet.cannotWrite';
}

export function createSheetWriter(files: WholeFiles): SheetWriter {
  return {
    async write(target, book, signal, written) {
      try {
        const done = await files.write(target, (stream, broken) =>
          fillWith(book, stream, broken, signal, written),
        );
        return done ? ok(true) : fail('sheet.cancelled');
      } catch (cause) {
        return fail(whyNot(cause), undefined, cause);
      }
    },
  };
}
