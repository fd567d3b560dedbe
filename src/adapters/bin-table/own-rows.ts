/**
 * An administrator's own rows for the BIN table: `bin-rows.csv` in the profile folder. Anybody may have written that
 * file, so a line that is not plainly a row is left out and told by its number; what it held is never repeated.
 */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { CARD_KINDS, TYPE_NAMES, type CardKind } from './card-kinds';

export const OWN_ROWS_FILE = 'bin-rows.csv';
export const OWN_ROWS_HEADER = 'prefix,length,bank,code,type';

export interface OwnRow {
  readonly prefix: string;
  readonly length: number;
  readonly bank: string;
  /** Eight digits; undefined where the bank has none. */
  readonly issuerCode?: string;
  readonly kind: CardKind;
}

export interface OwnRows {
  readonly rows: readonly OwnRow[];
  /** Sentences for the log. */
  readonly complaints: readonly string[];
}

const MAX_BYTES = 1_000_000;
const MAX_LINES = 10_000;
/** Enough to mend a file by; a file of nonsense must not fill the log. */
const MOST_TOLD = 50;
const LONGEST_NAME = 40;

const NONE: OwnRows = { rows: [], complaints: [] };

/** No file is no rows; a file that cannot be read is told and is no rows either. */
export async function readOwnRows(profileFolder: string): Promise<OwnRows> {
  try {
    const bytes = await readAtMost(join(profileFolder, OWN_ROWS_FILE), MAX_BYTES + 1);
    if (bytes === undefined) return nothing('it is no regular file');
    if (bytes.length > MAX_BYTES) return nothing(`it is larger than ${MAX_BYTES} bytes`);
    return parseOwnRows(new TextDecoder().decode(bytes));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? NONE : nothing(`it cannot be read (${code ?? 'unknown reason'})`);
  }
}

function nothing(reason: string): OwnRows {
  return { rows: [], complaints: [`${OWN_ROWS_FILE} is left out: ${reason}`] };
}

/** Undefined for what is no regular file. A pipe would wait for a writer for ever, so it is opened without waiting. */
async function readAtMost(path: string, most: number): Promise<Uint8Array | undefined> {
  // Windows has no such flag and no such pipes.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!(await file.stat()).isFile()) return undefined;
    const buffer = new Uint8Array(most);
    let filled = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, filled, most - filled);
      filled += bytesRead;
      if (bytesRead === 0 || filled === most) return buffer.subarray(0, filled);
    }
  } finally {
    await file.close();
  }
}

/** `text` is the whole file. Never throws: a line that is no row is left out and told. */
export function parseOwnRows(text: string): OwnRows {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (header.trim() !== OWN_ROWS_HEADER) return nothing(`its first line is not ${OWN_ROWS_HEADER}`);
  const rows = new Map<string, OwnRow>();
  const leftOut: string[] = [];
  lines.slice(0, MAX_LINES - 1).forEach((line, at) => {
    if (line.trim() === '') return;
    const row = rowOf(line);
    const key = typeof row === 'string' ? '' : `${row.prefix}/${row.length}`;
    const fault = typeof row === 'string' ? row : rows.has(key) ? 'repeats an earlier line' : undefined;
    if (fault !== undefined) leftOut.push(`line ${at + 2}: ${fault}`);
    else if (typeof row !== 'string') rows.set(key, row);
  });
  const unread = lines.slice(MAX_LINES - 1).some((line) => line.trim() !== '');
  return {
    rows: [...rows.values()],
    complaints: [
      ...leftOut.slice(0, MOST_TOLD).map((told) => `${OWN_ROWS_FILE}, ${told}; left out`),
      ...(leftOut.length > MOST_TOLD
        ? [`${OWN_ROWS_FILE}: ${leftOut.length - MOST_TOLD} more lines are left out`]
        : []),
      ...(unread ? [`${OWN_ROWS_FILE}: everything after line ${MAX_LINES} is left out`] : []),
    ],
  };
}

/** The row, or what is wrong with the line. */
function rowOf(line: string): OwnRow | string {
  const cells = cellsOf(line);
  if (cells?.length !== 5) return 'not five values';
  const [prefix = '', length = '', bank = '', code = '', type = ''] = cells;
  const kind = CARD_KINDS.find((name) => name === type || TYPE_NAMES[name] === type);
  if (!/^\d{3,10}$/.test(prefix)) return 'the prefix is not 3 to 10 digits';
  if (!/^1[2-9]$/.test(length)) return 'the length is not 12 to 19';
  // What does not print, and what could not be decoded, is no name.
  if (bank === '' || bank.length > LONGEST_NAME || /[\p{C}\uFFFD]/u.test(bank)) return 'the bank is no name';
  if (!/^(\d{8})?$/.test(code)) return 'the code is not 8 digits';
  if (!kind) return 'the type is not known';
  return { prefix, length: Number(length), bank, ...(code !== '' && { issuerCode: code }), kind };
}

/** As spreadsheets write them: a value may stand in quotes, a quote within is doubled. Undefined when quotes do not close. */
function cellsOf(line: string): string[] | undefined {
  const cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (;;) {
    const found = cell.exec(line);
    if (!found) return undefined;
    cells.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim());
    if (found[3] === '') return cells;
  }
}
