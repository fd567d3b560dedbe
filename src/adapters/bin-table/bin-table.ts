/** Which bank and which length a card number's first digits stand for. Data: resources/bin-table.json. */
import { readFile } from 'node:fs/promises';
import type { CardKind } from './card-kinds';
import { OWN_ROWS_FILE, type OwnRow } from './own-rows';

export interface Bank {
  readonly abbreviation: string;
  readonly name: string;
  /** Eight digits; undefined where it is not known. */
  readonly issuerCode?: string;
}

export interface BinRow {
  readonly prefix: string;
  readonly length: number;
  readonly bank: Bank;
  readonly kind: CardKind;
  /** Names of the packages that say so, or of the administrator's file. */
  readonly sources: readonly string[];
}

export type BinMatch =
  /** The longest known prefix whose length agrees too; more than one row where the sources contradict each other. */
  | { readonly kind: 'matches'; readonly rows: readonly [BinRow, ...BinRow[]] }
  /** The prefix is known, but only for numbers of another length. */
  | { readonly kind: 'otherLength'; readonly rows: readonly [BinRow, ...BinRow[]] }
  | { readonly kind: 'unknown' };

export interface BinTable {
  readonly banks: readonly Bank[];
  match(number: string): BinMatch;
}

interface BinFile {
  readonly sources: readonly { readonly package: string }[];
  readonly banks: readonly (readonly [string, string, string])[];
  readonly rows: readonly (readonly [string, number, number, CardKind, number])[];
}

const LONGEST_PREFIX = 10;
const SHORTEST_PREFIX = 3;

/** The file is the build's own, so its shape is taken on trust; what cannot be parsed throws. */
export async function loadBinTable(path: string, ownRows: readonly OwnRow[]): Promise<BinTable> {
  return createBinTable(JSON.parse(await readFile(path, 'utf8')) as BinFile, ownRows);
}

/** Own rows go before the file’s of the same prefix and length. Throws when a row names no bank of the file. */
export function createBinTable(file: BinFile, ownRows: readonly OwnRow[] = []): BinTable {
  const banks = file.banks.map(([abbreviation, name, code]): Bank => ({
    abbreviation,
    name,
    ...(code === '' ? {} : { issuerCode: code }),
  }));
  const byPrefix = new Map<string, BinRow[]>();
  for (const [prefix, length, bankIndex, kind, bits] of file.rows) {
    const bank = banks[bankIndex];
    if (!bank) throw new Error(`Expected a bank for prefix ${prefix} but received index ${bankIndex}`);
    const sources = file.sources.filter((_, index) => bits & (1 << index)).map((source) => source.package);
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), { prefix, length, bank, kind, sources }]);
  }
  for (const row of ownRows) {
    const others = byPrefix.get(row.prefix)?.filter(({ length }) => length !== row.length) ?? [];
    byPrefix.set(row.prefix, [...others, ownBinRow(row, banks)]);
  }
  return { banks, match: (number) => matchPrefix(byPrefix, number) };
}

/** A bank that the table names already stays the same bank and lends its code where the row has none; another one is added. */
function ownBinRow({ prefix, length, bank: name, issuerCode: own, kind }: OwnRow, banks: Bank[]): BinRow {
  const known = banks.find((bank) => bank.name === name);
  const issuerCode = own ?? known?.issuerCode;
  const bank = { abbreviation: known?.abbreviation ?? name, name, ...(issuerCode && { issuerCode }) };
  if (!known) banks.push(bank);
  return { prefix, length, bank, kind, sources: [OWN_ROWS_FILE] };
}

function matchPrefix(byPrefix: ReadonlyMap<string, readonly BinRow[]>, number: string): BinMatch {
  let other: readonly BinRow[] = [];
  for (let length = LONGEST_PREFIX; length >= SHORTEST_PREFIX; length--) {
    const rows = byPrefix.get(number.slice(0, length)) ?? [];
    const [first, ...rest] = rows.filter((row) => row.length === number.length);
    if (first) return { kind: 'matches', rows: [first, ...rest] };
    if (other.length === 0) other = rows;
  }
  const [first, ...rest] = other;
  return first ? { kind: 'otherLength', rows: [first, ...rest] } : { kind: 'unknown' };
}
