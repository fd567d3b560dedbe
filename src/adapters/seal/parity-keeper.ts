/** Keeps the parity of a database that is open: changed with each checkpoint, and made anew where nobody knows what it is. */
import { fsyncSync } from 'node:fs';
import { openToWrite, readPage, writeAt, type SealFiles } from './files';
import { mix, pagesOfStripe, stripeOf, stripesFor } from './parity';
import { PAGE_BYTES, type Wal } from './wal';

const STRIPES_AT_ONCE = 16;

export interface ParityKeeper {
  /** Whether it belongs to what is in the file. */
  whole(): boolean;
  /** Nobody knows what it is any more. */
  forget(): void;
  /** What a checkpoint will change, to be asked before it is made: what has to be mixed into each stripe. */
  changes(bytes: Buffer, wal: Wal): ReadonlyMap<number, Buffer>;
  change(changes: ReadonlyMap<number, Buffer>): void;
  /** Makes some stripes of what is not whole; false when there is none. */
  makeSome(pages: number): boolean;
}

export function createParityKeeper(files: SealFiles, database: number, whole: boolean): ParityKeeper {
  let file: number | undefined;
  /** The next stripe to be made anew; undefined: it is whole. */
  let from = whole ? undefined : 0;
  const onePage = Buffer.alloc(PAGE_BYTES);

  return {
    whole: () => from === undefined,
    forget: () => void (from = 0),
    changes(bytes, { last }) {
      const changes = new Map<number, Buffer>();
      for (const [page, at] of last) {
        const stripe = stripeOf(page);
        const change = changes.get(stripe) ?? Buffer.alloc(PAGE_BYTES);
        changes.set(stripe, change);
        mix(change, readPage(database, page, onePage));
        mix(change, bytes.subarray(at, at + PAGE_BYTES));
      }
      return changes;
    },
    change(changes) {
      file ??= openToWrite(files.parity);
      for (const [stripe, change] of changes) {
        mix(change, readPage(file, stripe + 1, onePage));
        writeAt(file, change, stripe * PAGE_BYTES);
      }
      fsyncSync(file);
    },
    makeSome(pages) {
      if (from === undefined) return false;
      file ??= openToWrite(files.parity);
      const stripes = stripesFor(pages);
      const until = Math.min(from + STRIPES_AT_ONCE, stripes);
      for (; from < until; from++) {
        const parity = Buffer.alloc(PAGE_BYTES);
        for (const page of pagesOfStripe(from, pages)) mix(parity, readPage(database, page, onePage));
        writeAt(file, parity, from * PAGE_BYTES);
      }
      if (from >= stripes) {
        fsyncSync(file);
        from = undefined;
      }
      return true;
    },
  };
}
