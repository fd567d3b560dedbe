/** What an earlier run left of a database and its seal, made whole as far as that can be done without SQLite. */
import { closeSync, openSync, rmSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import type { KeyObject } from 'node:crypto';
import { renameForGoodAtOnce } from '../files/rename';
import { putAside, readPage, readWhole, replaceWhole, type SealFiles } from './files';
import { stateOfLog } from './log-state';
import { pagesByParity, takeIn, writePages } from './mend';
import { decodeNote, FIRST_NOTE, type Note } from './note';
import { decodeSeal, encodeSeal, readJournal, type Found, type Seal } from './seal';
import { verify } from './verify';
import { PAGE_BYTES, readWal } from './wal';

export type Examined =
  /** All pages are what was written. `repaired`: some were put back. */
  | { readonly kind: 'sound'; readonly seal: Seal; readonly note: Note; readonly repaired: readonly number[] }
  /** Those pages are not, and the others are. */
  | {
      readonly kind: 'damaged';
      readonly seal: Seal;
      readonly note: Note;
      readonly pages: readonly number[];
      /** Others that are damaged too and of which parity tells what they were; nothing of it is written. */
      readonly known: ReadonlyMap<number, Buffer>;
    }
  /** Nothing vouches for the pages: there is no seal yet, or it is damaged or an older one itself. */
  | { readonly kind: 'unsealed'; readonly had: boolean; readonly note: Note };

function verifyFile(files: SealFiles, key: KeyObject, found: Found) {
  const database = openSync(files.database, 'r');
  try {
    return verify(database, key, found);
  } finally {
    closeSync(database);
  }
}

/** A rebuilt database has its seal already; killed before that got its name, it still has. */
function adoptNext(files: SealFiles, key: KeyObject): void {
  if (!statSync(files.next, { throwIfNoEntry: false })) return;
  const seal = decodeSeal(key, readWhole(files.next));
  if (seal && verifyFile(files, key, { seal, after: seal }).bad.length === 0) {
    rmSync(files.journal, { force: true });
    renameForGoodAtOnce(files.next, files.seal);
  } else rmSync(files.next);
}

function readSeal(files: SealFiles, key: KeyObject, note: Note | undefined): Found | 'missing' | 'damaged' {
  const bytes = readWhole(files.seal);
  // Before it is sealed for the first time the counter is 0.
  if (bytes.length === 0) return note && note.counter > 0 ? 'damaged' : 'missing';
  const seal = decodeSeal(key, bytes);
  const found = seal ? readJournal(key, seal, readWhole(files.journal)) : 'damaged';
  // Newer pages are no damage: it is the seal that is not what was written last.
  if (found === 'damaged' || (note && note.counter > found.after.counter)) return 'damaged';
  return found;
}

/** Whether the log is what was noted, where no seal tells what was taken in before it. */
function unsealed(files: SealFiles, when: string, had: boolean, note: Note | undefined): Examined {
  if (!note) return { kind: 'unsealed', had, note: FIRST_NOTE };
  const log = readWhole(files.log);
  const wal = readWal(log, { summed: true });
  const whole = note.frames === 0 || (wal?.salts === note.salts && wal.frames >= note.frames);
  if (!whole && log.length > 0) putAside(files.damaged, `${when}.log`, log);
  if (note.frames > 0 && wal?.salts !== note.salts && log.length > 0) truncateSync(files.log);
  return { kind: 'unsealed', had, note: { ...note, lost: note.lost || !whole } };
}

/** `when` tells what is put aside from what was before. */
export function examine(files: SealFiles, key: KeyObject, when: string): Examined {
  adoptNext(files, key);
  const note = decodeNote(key, readWhole(files.note));
  const found = readSeal(files, key, note);
  if (typeof found === 'string') return unsealed(files, when, found === 'damaged', note);
  const log = readWhole(files.log);
  const wal = readWal(log, { summed: true });
  const verified = verifyFile(files, key, found);
  const state = stateOfLog(found, verified.applied, note, wal);
  const noted: Note = { ...(note ?? FIRST_NOTE), lost: state.lost || note?.lost === true };
  if ((state.lost || state.alien) && log.length > 0) putAside(files.damaged, `${when}.log`, log);
  // Halves of two states: only looking at all of it tells whether they make one.
  if (state.torn) return { kind: 'unsealed', had: true, note: noted };
  const taken = wal && wal.frames > 0 && !state.alien ? wal : undefined;
  const bad = verified.bad.filter((page) => !taken?.last.has(page));
  const sealed: Seal = { ...found.after, marks: verified.marks };
  const known = bad.length > 0 ? pagesByParity(files, key, sealed, bad) : new Map<number, Buffer>();
  const pages = bad.filter((page) => !known.has(page));
  if (pages.length === 0 && bad.length > 0) {
    keepPages(files, when, bad);
    writePages(files.database, known);
  }
  const seal = taken ? takeIn(files, key, sealed, log, taken) : sealed;
  if (!taken && log.length > 0) truncateSync(files.log);
  if (pages.length > 0) return { kind: 'damaged', seal, note: noted, pages, known };
  return { kind: 'sound', seal: foldNow(files, key, seal), note: noted, repaired: bad };
}

function foldNow(files: SealFiles, key: KeyObject, seal: Seal): Seal {
  if (!statSync(files.journal, { throwIfNoEntry: false })) return seal;
  const { bytes, bond } = encodeSeal(key, seal);
  replaceWhole(files.seal, bytes);
  rmSync(files.journal);
  return { ...seal, bond };
}

/** Encrypted as they are, for whoever wants to make something of them. */
function keepPages(files: SealFiles, when: string, bad: readonly number[]): void {
  const database = openSync(files.database, 'r');
  try {
    const page = Buffer.alloc(PAGE_BYTES);
    const bytes = Buffer.concat(bad.map((one) => Buffer.from(readPage(database, one, page))));
    putAside(files.damaged, `${when}-pages-${path.basename(bad.slice(0, 8).join('-'))}.bin`, bytes);
  } finally {
    closeSync(database);
  }
}
