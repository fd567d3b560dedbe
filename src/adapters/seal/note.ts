/**
 * What the log held at the last commit, so that a log which is gone, shorter or another one is noticed: SQLite itself takes it
 * for an older state and says nothing. Two places are written in turn: whatever happens to one, the other is one commit older.
 */
import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

export interface Note {
  /** Of the seal at that time. */
  readonly counter: number;
  /** Sixteen hexadecimal digits; zeros where there was no log. */
  readonly salts: string;
  readonly frames: number;
  /** The counter of the seal that the parity pages belong to. */
  readonly parity: number;
  /** Commits were lost, and nobody was told yet. */
  readonly lost: boolean;
  /** Grows by one with each note. */
  readonly turn: number;
}

export const NO_LOG = '0'.repeat(16);
export const FIRST_NOTE: Note = { counter: 0, salts: NO_LOG, frames: 0, parity: 0, lost: false, turn: 0 };
const MAGIC = Buffer.from('CPN1');
const BODY_BYTES = 4 + 8 + 8 + 4 + 8 + 8 + 1;
const MAC_BYTES = 16;
export const NOTE_BYTES = BODY_BYTES + MAC_BYTES;
/** Far enough apart that one sector never holds both. */
const PLACES = [0, 4096];

export const placeOf = (note: Note): number => PLACES[note.turn % PLACES.length] ?? 0;

export function encodeNote(key: KeyObject, note: Note): Buffer {
  const bytes = Buffer.alloc(NOTE_BYTES);
  MAGIC.copy(bytes);
  bytes.writeBigUInt64BE(BigInt(note.counter), 4);
  bytes.write(note.salts, 12, 'hex');
  bytes.writeUInt32BE(note.frames, 20);
  bytes.writeBigUInt64BE(BigInt(note.parity), 24);
  bytes.writeBigUInt64BE(BigInt(note.turn), 32);
  bytes[40] = note.lost ? 1 : 0;
  macOf(key, bytes).copy(bytes, BODY_BYTES);
  return bytes;
}

const macOf = (key: KeyObject, bytes: Buffer): Buffer =>
  createHmac('sha256', key).update(bytes.subarray(0, BODY_BYTES)).digest().subarray(0, MAC_BYTES);

function decodeAt(key: KeyObject, file: Buffer, at: number): Note | undefined {
  const bytes = file.subarray(at, at + NOTE_BYTES);
  if (bytes.length < NOTE_BYTES || !bytes.subarray(0, 4).equals(MAGIC)) return undefined;
  if (!timingSafeEqual(macOf(key, bytes), bytes.subarray(BODY_BYTES))) return undefined;
  return {
    counter: Number(bytes.readBigUInt64BE(4)),
    salts: bytes.toString('hex', 12, 20),
    frames: bytes.readUInt32BE(20),
    parity: Number(bytes.readBigUInt64BE(24)),
    turn: Number(bytes.readBigUInt64BE(32)),
    lost: bytes[40] === 1,
  };
}

/** The newest; undefined where neither place holds one. */
export function decodeNote(key: KeyObject, file: Buffer): Note | undefined {
  const notes = PLACES.flatMap((at) => decodeAt(key, file, at) ?? []);
  return notes.sort((one, other) => other.turn - one.turn)[0];
}
