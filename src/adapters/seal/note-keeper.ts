/** Keeps the note of the log of a database that is open. */
import { fstatSync, fsyncSync, openSync, readSync } from 'node:fs';
import type { KeyObject } from 'node:crypto';
import { openToWrite, writeAt, type SealFiles } from './files';
import { encodeNote, NO_LOG, placeOf, type Note } from './note';
import { FRAME_BYTES, FRAME_HEADER_BYTES, frameAt, WAL_HEADER_BYTES } from './wal';

export interface NoteKeeper {
  /** `forGood`: it has to outlast a power cut. */
  write(changed: Partial<Note>, forGood: boolean): void;
  /** To be called after a commit; answers how many frames the log has. */
  noteLog(): number;
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
  const head = Buffer.alloc(FRAME_HEADER_BYTES);

  function write(changed: Partial<Note>, forGood: boolean): void {
    file ??= openToWrite(files.note);
    note = { ...note, counter: counter(), ...changed, turn: note.turn + 1 };
    writeAt(file, encodeNote(key, note), placeOf(note));
    if (forGood) fsyncSync(file);
  }

  return {
    write,
    noteLog() {
      log ??= openSync(files.log, 'r');
      const frames = Math.floor((fstatSync(log).size - WAL_HEADER_BYTES) / FRAME_BYTES);
      if (frames <= 0 || (frames === note.frames && note.salts !== NO_LOG)) return frames;
      readSync(log, head, 0, FRAME_HEADER_BYTES, frameAt(frames - 1));
      const salts = head.toString('hex', 8, 16);
      // The end of a transaction that was taken back, or of a log before this one.
      if (head.readUInt32BE(4) === 0 || (note.salts !== NO_LOG && salts !== note.salts)) return frames;
      // That there is a log has to outlast a power cut; how long it is may be known a little late.
      write({ salts, frames }, note.salts === NO_LOG);
      return frames;
    },
  };
}
