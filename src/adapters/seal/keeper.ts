/**
 * Keeps the seal of a database that is open. SQLite writes into the file itself only at a checkpoint, so checkpoints are made
 * here: the marks of the pages to come are on the disk before the first of them is written.
 */
import { rmSync, statSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { appendForGood, readPage, readWhole, replaceWhole, type SealFiles } from './files';
import { markIn, markOf } from './marks';
import { NO_LOG, type Note } from './note';
import { createNoteKeeper } from './note-keeper';
import { createParityKeeper } from './parity-keeper';
import { encodeEntry, encodeSeal, pagesIn, type Entry, type Seal } from './seal';
import { createSoon } from './soon';
import { marksOfFile } from './verify';
import { PAGE_BYTES, readWal, type Wal } from './wal';

/** A checkpoint is made when the log has so many frames, 16 MB: the more there are, the more often a page is in it twice. */
const MOST_FRAMES = 4_000;
/** The journal becomes part of the seal. */
const MOST_JOURNAL_BYTES = 1_000_000;
const PAGES_AT_ONCE = 256;
/** Of so small a database parity is made with the seal. */
const MADE_AT_ONCE_PAGES = 2_048;

export interface KeeperTools {
  readonly files: SealFiles;
  readonly key: KeyObject;
  /** The database, opened before SQLite did and closed after it: else SQLite would lose its locks on it. */
  readonly database: number;
  /** SQLite's own; answers how many frames the log had. */
  checkpoint(mode: 'PASSIVE' | 'TRUNCATE'): { readonly log: number; readonly checkpointed: number };
  /** What was written stands all the same: this is for the log. */
  failed(error: unknown): void;
}

export interface Keeper {
  /** To be called after each commit. */
  committed(): void;
  /** What is noted a tenth of a second after a commit at the latest. */
  noteNow(): void;
  /** The log is empty or will be: what comes next begins another. */
  noLog(): void;
  /** A person will learn of the commits that were lost. */
  toldOfLoss(): void;
  /** Holds some pages against the seal; false at the end. Throws as SQLite does where one is damaged. */
  lookOn(): boolean;
  /** Seals what is there; nothing vouches for it but the caller. */
  sealAnew(counter: number): void;
  close(): void;
}

/** What a checkpoint of a log will change. */
function entryOf(key: KeyObject, bytes: Buffer, { salts, frames, pages, last }: Wal): Entry {
  const marks = [...last].map(
    ([page, at]) => [page, markOf(key, page, bytes.subarray(at, at + PAGE_BYTES))] as const,
  );
  return { log: { salts, frames }, pages, marks: new Map(marks) };
}

export function createKeeper(tools: KeeperTools, begun: Seal | undefined, noted: Note): Keeper {
  const { files, key, database } = tools;
  let seal = begun;
  /** A checkpoint was begun and has not ended: pages may bear either mark. */
  let unsure = false;
  let lookedAt = 0;
  let checkpointAt = MOST_FRAMES;
  const onePage = Buffer.alloc(PAGE_BYTES);
  const parity = createParityKeeper(files, database, begun !== undefined && noted.parity === begun.counter);

  const { write, noteLog, isNewLog, logTaken } = createNoteKeeper(
    files,
    key,
    noted,
    () => seal?.counter ?? 0,
  );

  function fold(): void {
    if (!seal) return;
    const { bytes, bond } = encodeSeal(key, seal);
    replaceWhole(files.seal, bytes);
    seal = { ...seal, bond };
    rmSync(files.journal, { force: true });
  }

  function checkpoint(): void {
    const bytes = readWhole(files.log);
    const wal = readWal(bytes, { summed: false });
    if (!seal || !wal || wal.frames === 0) return;
    const before = seal;
    const { bytes: written, after } = encodeEntry(key, before, entryOf(key, bytes, wal));
    appendForGood(files.journal, written);
    seal = after;
    // An earlier one that did not end has changed pages whose parity nobody knows.
    if (unsure) parity.forget();
    unsure = true;
    const changes = parity.changes(bytes, wal);
    const done = tools.checkpoint('PASSIVE');
    if (done.checkpointed !== done.log) throw new Error('Expected a checkpoint of the whole log');
    if (done.log !== wal.frames) {
      // Behind the log lay what was taken back; SQLite alone knows where it ends.
      const real = readWal(bytes, { most: done.log, summed: false });
      if (real) seal = { ...encodeEntry(key, before, entryOf(key, bytes, real)).after, bond: after.bond };
      fold();
      parity.forget();
    } else parity.change(changes);
    unsure = false;
    // It is not cut off: SQLite writes the next log over it, which costs a commit much less than a file that grows.
    logTaken(wal.salts, parity.whole() ? seal.counter : 0);
    if ((statSync(files.journal, { throwIfNoEntry: false })?.size ?? 0) > MOST_JOURNAL_BYTES) fold();
  }

  function makeParity(): boolean {
    if (!seal || !parity.makeSome(pagesIn(seal))) return false;
    if (parity.whole()) write({ parity: seal.counter }, false);
    return true;
  }

  function lookAtPages(marked: Seal): boolean {
    const until = Math.min(lookedAt + PAGES_AT_ONCE, pagesIn(marked));
    for (; lookedAt < until; lookedAt++) {
      const page = lookedAt + 1;
      if (markOf(key, page, readPage(database, page, onePage)).equals(markIn(marked.marks, page))) continue;
      throw Object.assign(new Error(`Expected page ${page} as it was written`), { code: 'SQLITE_CORRUPT' });
    }
    return lookedAt < pagesIn(marked);
  }

  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      tools.failed(error);
    }
  }

  /** A note costs as much as a small commit does. */
  const noting = createSoon(() =>
    guarded(() => {
      const frames = noteLog();
      if (frames < checkpointAt) return;
      // Where it fails, it is tried again when there is more of it.
      checkpointAt = frames + MOST_FRAMES / 4;
      checkpoint();
      checkpointAt = MOST_FRAMES;
    }),
  );

  return {
    // That there is a log at all is noted at once.
    committed: () => noting.ask(isNewLog()),
    noteNow: noting.now,
    toldOfLoss: () => guarded(() => write({ lost: false }, true)),
    // Damage first: parity of damaged pages would make the damage good.
    lookOn: () => seal !== undefined && !unsure && (lookAtPages(seal) || makeParity()),
    sealAnew(counter) {
      rmSync(files.journal, { force: true });
      tools.checkpoint('TRUNCATE');
      const marks = marksOfFile(database, key);
      // The note first: a seal without one would miss it.
      seal = { counter, marks, taken: [], bond: Buffer.alloc(0) };
      parity.forget();
      write({ salts: NO_LOG, frames: 0, parity: 0 }, true);
      fold();
      if (pagesIn(seal) <= MADE_AT_ONCE_PAGES) while (makeParity());
    },
    noLog: () => write({ salts: NO_LOG, frames: 0 }, true),
    close() {
      noting.callOff();
      guarded(checkpoint);
      guarded(() => {
        if (!unsure) tools.checkpoint('TRUNCATE');
        if (statSync(files.journal, { throwIfNoEntry: false })) fold();
      });
    },
  };
}
