/** Holds the pages of a file against a seal. */
import { fstatSync, readSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { readPage } from './files';
import { isMarked, MARK_BYTES, markOf } from './marks';
import { marksOf, pagesIn, type Found } from './seal';
import { PAGE_BYTES } from './wal';

const PAGES_AT_ONCE = 256;

export interface Verified {
  /** Pages that are not what was written, in their order. */
  readonly bad: readonly number[];
  /** Every page that the last checkpoint meant to change is changed. */
  readonly applied: boolean;
  /** Of each page what it bears; of a bad one what it should. */
  readonly marks: Buffer;
}

export function verify(file: number, key: KeyObject, found: Found): Verified {
  const there = Math.floor(fstatSync(file).size / PAGE_BYTES);
  // What lies behind the end of a database that became shorter is nobody's.
  const pages = pagesIn(found.after);
  const marks = Buffer.from(found.after.marks);
  const bad: number[] = [];
  let applied = true;
  const buffer = Buffer.alloc(PAGES_AT_ONCE * PAGE_BYTES);
  let first = 1;
  for (; first <= Math.min(there, pages); first += PAGES_AT_ONCE) {
    const until = Math.min(first + PAGES_AT_ONCE - 1, there, pages);
    readSync(file, buffer, 0, (until - first + 1) * PAGE_BYTES, (first - 1) * PAGE_BYTES);
    for (let page = first; page <= until; page++) {
      const at = (page - first) * PAGE_BYTES;
      const mark = markOf(key, page, buffer.subarray(at, at + PAGE_BYTES));
      const [now, before] = marksOf(found, page);
      if (now && (!isMarked(now) || mark.equals(now))) continue;
      if (before && mark.equals(before)) {
        applied = false;
        mark.copy(marks, (page - 1) * MARK_BYTES);
      } else bad.push(page);
    }
  }
  for (let page = there + 1; page <= pages; page++) {
    // The last checkpoint would have added it.
    if (page > pagesIn(found.seal)) applied = false;
    else bad.push(page);
  }
  // A page that was to be added, and is nothing yet.
  const added = bad.filter((page) => page > pagesIn(found.seal));
  if (added.length > 0 && found.last) applied = false;
  return { bad, applied, marks };
}

/** Of all that is there. */
export function marksOfFile(file: number, key: KeyObject): Buffer {
  const pages = Math.floor(fstatSync(file).size / PAGE_BYTES);
  const marks = Buffer.alloc(pages * MARK_BYTES);
  const bytes = Buffer.alloc(PAGE_BYTES);
  for (let page = 1; page <= pages; page++)
    markOf(key, page, readPage(file, page, bytes)).copy(marks, (page - 1) * MARK_BYTES);
  return marks;
}
