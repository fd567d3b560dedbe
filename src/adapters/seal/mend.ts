/** What is done to a file before SQLite sees it: the log is taken in, and damaged pages are put back from parity. */
import { closeSync, fsyncSync, openSync, statSync, truncateSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { appendForGood, readPage, readWhole, writeAt, type SealFiles } from './files';
import { markIn, markOf } from './marks';
import { mix, pagesOfStripe, stripeOf } from './parity';
import { encodeEntry, pagesIn, type Entry, type Seal } from './seal';
import { PAGE_BYTES, type Wal } from './wal';

/**
 * A checkpoint without SQLite, which would look at the pages: they lie in the log as they do in the file. Killed at any moment
 * it is made again.
 */
export function takeIn(files: SealFiles, key: KeyObject, before: Seal, bytes: Buffer, wal: Wal): Seal {
  const contentOf = (at: number): Buffer => bytes.subarray(at, at + PAGE_BYTES);
  const entry: Entry = {
    log: { salts: wal.salts, frames: wal.frames },
    pages: wal.pages,
    marks: new Map([...wal.last].map(([page, at]) => [page, markOf(key, page, contentOf(at))] as const)),
  };
  const { bytes: written, after } = encodeEntry(key, before, entry);
  appendForGood(files.journal, written);
  writePages(
    files.database,
    [...wal.last].map(([page, at]) => [page, contentOf(at)] as const),
  );
  // As SQLite does where the database became shorter.
  if (statSync(files.database).size > wal.pages * PAGE_BYTES)
    truncateSync(files.database, wal.pages * PAGE_BYTES);
  truncateSync(files.log);
  return after;
}

/** What damaged pages were, by parity; only those that then bear their mark. Nothing is written. */
export function pagesByParity(
  files: SealFiles,
  key: KeyObject,
  seal: Seal,
  bad: readonly number[],
): ReadonlyMap<number, Buffer> {
  const database = openSync(files.database, 'r');
  const damaged = new Set(bad);
  const known = new Map<number, Buffer>();
  const parity = readWhole(files.parity);
  const other = Buffer.alloc(PAGE_BYTES);
  try {
    for (const page of bad) {
      const stripe = stripeOf(page);
      const others = pagesOfStripe(stripe, pagesIn(seal)).filter((one) => one !== page);
      const at = stripe * PAGE_BYTES;
      if (at + PAGE_BYTES > parity.length || others.some((one) => damaged.has(one))) continue;
      const found = Buffer.from(parity.subarray(at, at + PAGE_BYTES));
      for (const one of others) mix(found, readPage(database, one, other));
      if (markOf(key, page, found).equals(markIn(seal.marks, page))) known.set(page, found);
    }
  } finally {
    closeSync(database);
  }
  return known;
}

export function writePages(file: string, pages: Iterable<readonly [number, Uint8Array]>): void {
  const opened = openSync(file, 'r+');
  try {
    for (const [page, bytes] of pages) writeAt(opened, bytes, (page - 1) * PAGE_BYTES);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
