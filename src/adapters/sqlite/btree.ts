/**
 * Reads rows out of the pages of a database without SQLite, which must not see damaged ones: each page is taken only where it is
 * known to be what was written, and of the others it is said what they hold. The format is SQLite's own, which is public.
 */

/** Undefined: the page is damaged. */
export type PageSource = (page: number) => Buffer | undefined;

export type Value = null | number | bigint | string | Buffer;

export interface Row {
  readonly id: number;
  readonly values: readonly Value[];
}

export interface Tree {
  readonly rows: readonly Row[];
  /** Damaged pages of it; what hangs below them is not in `rows`. */
  readonly lostPages: number;
  /** Rows of which a part lies on a damaged page. */
  readonly lostRows: readonly number[];
}

const TABLE_LEAF = 0x0d;
const TABLE_INTERIOR = 0x05;
const INDEX_LEAF = 0x0a;
const INDEX_INTERIOR = 0x02;
/** Of a file of four-kilobyte pages a tree is never as deep. */
const MOST_LEVELS = 20;

interface Varint {
  readonly value: number;
  readonly end: number;
}

function varint(bytes: Buffer, at: number): Varint {
  let value = 0n;
  for (let read = 0; read < 9; read++) {
    const byte = bytes[at + read];
    if (byte === undefined) throw new RangeError('Expected a whole number');
    if (read === 8) return { value: Number((value << 8n) | BigInt(byte)), end: at + 9 };
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return { value: Number(value), end: at + read + 1 };
  }
  throw new RangeError('Expected a whole number');
}

const INTEGER_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8 };

function integer(bytes: Buffer): number | bigint {
  if (bytes.length <= 6) return bytes.readIntBE(0, bytes.length);
  const value = bytes.readBigInt64BE();
  return BigInt(Number(value)) === value ? Number(value) : value;
}

/** The columns of a record. */
export function recordOf(payload: Buffer): readonly Value[] {
  const head = varint(payload, 0);
  const values: Value[] = [];
  let type = head.end;
  let at = head.value;
  while (type < head.value) {
    const { value: kind, end } = varint(payload, type);
    type = end;
    const length = INTEGER_BYTES[kind] ?? (kind === 7 ? 8 : kind >= 12 ? Math.floor((kind - 12) / 2) : 0);
    const bytes = payload.subarray(at, at + length);
    if (bytes.length < length) throw new RangeError('Expected a whole record');
    at += length;
    if (kind === 0) values.push(null);
    else if (kind === 7) values.push(bytes.readDoubleBE());
    else if (kind === 8 || kind === 9) values.push(kind - 8);
    else if (kind < 7) values.push(integer(bytes));
    else values.push(kind % 2 === 1 ? bytes.toString('utf8') : Buffer.from(bytes));
  }
  return values;
}

interface Cell {
  readonly size: number;
  /** Where the part of the payload begins that lies on the page. */
  readonly at: number;
  readonly table: boolean;
}

/** Undefined where a part of it lies on a damaged page. */
function payloadOf(source: PageSource, page: Buffer, { size, at, table }: Cell): Buffer | undefined {
  const usable = page.length;
  const most = table ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (size <= most) return page.subarray(at, at + size);
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((size - least) % (usable - 4));
  const local = fitting <= most ? fitting : least;
  const parts = [page.subarray(at, at + local)];
  let left = size - local;
  for (let next = page.readUInt32BE(at + local); left > 0;) {
    const overflow = source(next);
    if (!overflow) return undefined;
    parts.push(overflow.subarray(4, 4 + Math.min(left, usable - 4)));
    left -= usable - 4;
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** All that can be read of the table or index that begins on a page. */
export function readTree(source: PageSource, root: number): Tree {
  const rows: Row[] = [];
  const lostRows: number[] = [];
  let lostPages = 0;

  function take(page: Buffer, at: number, table: boolean): void {
    const size = varint(page, at);
    const id = table ? varint(page, size.end) : undefined;
    const payload = payloadOf(source, page, { size: size.value, at: id?.end ?? size.end, table });
    if (payload) rows.push({ id: id?.value ?? 0, values: recordOf(payload) });
    else if (id) lostRows.push(id.value);
  }

  function walk(number: number, level: number): void {
    const page = source(number);
    const start = number === 1 ? 100 : 0;
    const kind = page?.[start];
    if (!page || level > MOST_LEVELS) {
      lostPages++;
      return;
    }
    const interior = kind === TABLE_INTERIOR || kind === INDEX_INTERIOR;
    if (!interior && kind !== TABLE_LEAF && kind !== INDEX_LEAF)
      throw new RangeError(`Expected page ${number} to be one of a tree`);
    const cells = page.readUInt16BE(start + 3);
    const pointers = start + (interior ? 12 : 8);
    for (let cell = 0; cell < cells; cell++) {
      const at = page.readUInt16BE(pointers + cell * 2);
      if (interior) walk(page.readUInt32BE(at), level + 1);
      if (kind === TABLE_LEAF) take(page, at, true);
      else if (kind !== TABLE_INTERIOR) take(page, interior ? at + 4 : at, false);
    }
    if (interior) walk(page.readUInt32BE(start + 8), level + 1);
  }

  walk(root, 0);
  return { rows, lostPages, lostRows };
}
