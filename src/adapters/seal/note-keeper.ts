/** Keeps the note of the log of a database that is open: after each commit how many frames are committed. */
import { fsyncSync, openSync, readSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { openToWrite, writeAt, type SealFiles } from './files';
import { encodeNote, NO_LOG, placeOf, type Note } from './note';
import { FRAME_HEADER_BYTES, frameAt, WAL_HEADER_BYTES } from './wal';

export interface NoteKeeper {
  /** `forGood`: it has to outlast a power cut. */
  write(changed: Partial<Note>, forGood: boolean): void;
  /** To be called after a commit; answers how many frames the log has. */
  noteLog(): number;
  /** Nothing is noted of it yet. */
  isNewLog(): boolean;
  /** A log was taken in: what comes next begins another in its place. */
  logTaken(salts: string, parity: number): void;
}

/** `counter`: of the seal. */
export function createNoteKeeper(
  files: SealFiles,
  key: KeyObject,
  begun: Note,
  counter: () => number,
): NoteKeeper {
  let note = begun;
  let file: number | undefined;
  let log: number | undefined;
  let taken: string | undefined;
  const head = Buffer.alloc(WAL_HEADER_BYTES);

  function write(changed: Partial<Note>, forGood: boolean): void {
    file ??= openToWrite(files.note);
    note = { ...note, counter: counter(), ...changed, turn: note.turn + 1 };
    writeAt(file, encodeNote(key, note), placeOf(note));
    if (forGood) fsyncSync(file);
  }

  /** Of the log that is there; undefined where there is none but that which was taken in. */
  function saltsOf(opened: number): string | undefined {
    if (note.salts !== NO_LOG) return note.salts;
    if (readSync(opened, head, 0, WAL_HEADER_BYTES, 0) < WAL_HEADER_BYTES) return undefined;
    const salts = head.toString('hex', 16, 24);
    return salts === taken ? undefined : salts;
  }

  return {
    write,
    isNewLog: () => note.salts === NO_LOG,
    noteLog() {
      log ??= openSync(files.log, 'r');
      const salts = saltsOf(log);
      if (salts === undefined) return 0;
      let frames = note.frames;
      // The log is written over in its place: behind what is committed lies what was in it before, with other salts.
      for (let frame = frames; ; frame++) {
        const read = readSync(log, head, 0, FRAME_HEADER_BYTES, frameAt(frame));
        if (read < FRAME_HEADER_BYTES || head.toString('hex', 8, 16) !== salts) break;
        if (head.readUInt32BE(4) > 0) frames = frame + 1;
      }
      // That there is a log has to outlast a power cut; how long it is may be known a little late.
      if (frames > note.frames) write({ salts, frames }, note.salts === NO_LOG);
      return frames;
    },
    logTaken(salts, parity) {
      taken = salts;
      write({ salts: NO_LOG, frames: 0, parity }, false);
    },
  };
}
