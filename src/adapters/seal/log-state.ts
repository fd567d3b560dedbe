/** What became of the log that an earlier run left, by what was noted of it. Pure. */
import type { Note } from './note';
import type { Found } from './seal';
import type { Wal } from './wal';

export interface LogState {
  /** Commits that were made are not in it, nor in the database. */
  readonly lost: boolean;
  /** It does not belong to this state of the database: SQLite must not see it. */
  readonly alien: boolean;
  /** Half of a checkpoint stands and the rest is gone: pages of two states lie side by side. */
  readonly torn: boolean;
}

/** `applied`: every page that the last checkpoint meant to change bears its new mark. */
export function stateOfLog(
  found: Found,
  applied: boolean,
  note: Note | undefined,
  wal: Wal | undefined,
): LogState {
  const { taken } = found.after;
  const newest = taken.at(-1);
  const left = wal && wal.frames > 0 ? wal : undefined;
  /** All that was noted lies in the database. */
  const within =
    note !== undefined &&
    (note.frames === 0 ||
      // After a power cut the note may be some checkpoints behind.
      taken.some(({ salts, frames }) => salts === note.salts && frames >= note.frames));
  const half = found.last !== undefined && !applied;
  const without: LogState = { lost: !within || half, alien: left !== undefined, torn: half };

  if (!left) return without;
  // What is in the database already may be taken in once more, but for an older copy of it.
  if (newest && left.salts === newest.salts && left.frames >= newest.frames)
    return { lost: note?.salts === left.salts && left.frames < note.frames, alien: false, torn: false };
  if (taken.some(({ salts }) => salts === left.salts)) return without;
  if (note?.salts === left.salts && note.frames > 0)
    return { lost: left.frames < note.frames || half, alien: false, torn: half };
  // The first commit of a new log was made and could not be noted any more.
  if (within && !half) return { lost: false, alien: false, torn: false };
  return without;
}
