/** What is done to a file before SQLite sees it: the log is taken in, and damaged pages are put back from parity. */
import { closeSync, fsyncSync, openSync, truncateSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { appendForGood, openToWrite, readPage, writeAt, type SealFiles } from './files';
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
  const database = openSync(files.database, 'r+');
  try {
    for (const [page, at] of wal.last) writeAt(database, contentOf(at), (page - 1) * PAGE_BYTES);
    fsyncSync(database);
  } finally {
    closeSync(database);
  }
  truncateSync(files.log);
  return after;
}

/** Puts back what parity tells of damaged pages, each only if it bears its mark. Answers those that it could not. */
export function putBack(
  files: SealFiles,
  key: KeyObject,
  seal: Seal,
  bad: readonly number[],
): readonly number[] {
  const database = openSync(files.database, 'r+');
  const parity = openToWrite(files.parity);
  const damaged = new Set(bad);
  const other = Buffer.alloc(PAGE_BYTES);
  try {
    for (const page of bad) {
      const stripe = stripeOf(page);
      const others = pagesOfStripe(stripe, pagesIn(seal)).filter((one) => one !== page);
      if (others.some((one) => damaged.has(one))) continue;
      const found = readPage(parity, stripe + 1, Buffer.alloc(PAGE_BYTES));
      for (const one of others) mix(found, readPage(database, one, other));
      if (!markOf(key, page, found).equals(markIn(seal.marks, page))) continue;
      writeAt(database, found, (page - 1) * PAGE_BYTES);
      damaged.delete(page);
    }
    fsyncSync(database);
  } finally {
    closeSync(database);
    closeSync(parity);
  }
  return [...damaged];
}
