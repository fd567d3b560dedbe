/**
 * The seal of a database: a mark of each page, and which logs were taken into it. It is one file, and a journal beside it that
 * grows by an entry before each checkpoint: until the checkpoint has ended a page may have its old mark or its new one. Each
 * entry is bound to all before it, so that no part of the seal can be put back alone. All of this is pure.
 */
import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import { MARK_BYTES, markIn } from './marks';

/** A log, and how many of its frames were taken in. */
export interface Taken {
  readonly salts: string;
  readonly frames: number;
}

export interface Seal {
  /** Grows by one with each entry. */
  readonly counter: number;
  readonly marks: Buffer;
  /** The newest last; those long ago are forgotten. */
  readonly taken: readonly Taken[];
  /** Of the file or the entry that it was read from: the next entry is bound to it. */
  readonly bond: Buffer;
}

/** What a checkpoint is about to change. */
export interface Entry {
  readonly log: Taken;
  /** Pages of the database after it. */
  readonly pages: number;
  readonly marks: ReadonlyMap<number, Buffer>;
}

export interface Found {
  /** As it was before the last checkpoint that may not have ended. */
  readonly seal: Seal;
  /** That checkpoint. */
  readonly last?: Entry;
  /** The seal when the last one has ended. */
  readonly after: Seal;
  /** Behind it lies an entry that came to the disk in part: its checkpoint was never begun. */
  readonly torn?: true;
}

const SEAL_MAGIC = Buffer.from('CPS1');
const ENTRY_MAGIC = Buffer.from('CPJ1');
const BOND_BYTES = 32;
const SEAL_HEAD = 4 + 8 + 4 + 4;
const ENTRY_HEAD = 4 + 8 + 8 + 4 + 4 + 4;
const TAKEN_BYTES = 12;
const REMEMBERED = 256;

function bondOf(key: KeyObject, ...parts: readonly Uint8Array[]): Buffer {
  const bond = createHmac('sha256', key);
  for (const part of parts) bond.update(part);
  return bond.digest();
}

function writeTaken({ salts, frames }: Taken): Buffer {
  const bytes = Buffer.alloc(TAKEN_BYTES);
  bytes.write(salts, 'hex');
  bytes.writeUInt32BE(frames, 8);
  return bytes;
}

export function encodeSeal(key: KeyObject, seal: Omit<Seal, 'bond'>): { bytes: Buffer; bond: Buffer } {
  const taken = seal.taken.slice(-REMEMBERED);
  const head = Buffer.alloc(SEAL_HEAD);
  SEAL_MAGIC.copy(head);
  head.writeBigUInt64BE(BigInt(seal.counter), 4);
  head.writeUInt32BE(seal.marks.length / MARK_BYTES, 12);
  head.writeUInt32BE(taken.length, 16);
  const body = Buffer.concat([head, ...taken.map(writeTaken), seal.marks]);
  const bond = bondOf(key, body);
  return { bytes: Buffer.concat([body, bond]), bond };
}

/** Undefined for whatever was not written with this key. */
export function decodeSeal(key: KeyObject, bytes: Buffer): Seal | undefined {
  if (bytes.length < SEAL_HEAD + BOND_BYTES || !bytes.subarray(0, 4).equals(SEAL_MAGIC)) return undefined;
  const body = bytes.subarray(0, -BOND_BYTES);
  const bond = bondOf(key, body);
  if (!timingSafeEqual(bond, bytes.subarray(-BOND_BYTES))) return undefined;
  const logs = body.readUInt32BE(16);
  const taken = Array.from({ length: logs }, (_, at) => readTaken(body, SEAL_HEAD + at * TAKEN_BYTES));
  const marks = Buffer.from(body.subarray(SEAL_HEAD + logs * TAKEN_BYTES));
  return { counter: Number(body.readBigUInt64BE(4)), marks, taken, bond };
}

const readTaken = (bytes: Buffer, at: number): Taken => ({
  salts: bytes.toString('hex', at, at + 8),
  frames: bytes.readUInt32BE(at + 8),
});

export function encodeEntry(key: KeyObject, before: Seal, entry: Entry): { bytes: Buffer; after: Seal } {
  const head = Buffer.alloc(ENTRY_HEAD);
  ENTRY_MAGIC.copy(head);
  head.writeBigUInt64BE(BigInt(before.counter + 1), 4);
  writeTaken(entry.log).copy(head, 12);
  head.writeUInt32BE(entry.pages, 24);
  head.writeUInt32BE(entry.marks.size, 28);
  const marks = Buffer.alloc(entry.marks.size * (4 + MARK_BYTES));
  let at = 0;
  for (const [page, mark] of entry.marks) {
    marks.writeUInt32BE(page, at);
    mark.copy(marks, at + 4);
    at += 4 + MARK_BYTES;
  }
  const bond = bondOf(key, before.bond, head, marks);
  return { bytes: Buffer.concat([head, marks, bond]), after: follow(before, entry, bond) };
}

/** The seal when the checkpoint of an entry has ended. */
function follow(before: Seal, entry: Entry, bond: Buffer): Seal {
  const marks = Buffer.alloc(entry.pages * MARK_BYTES);
  before.marks.copy(marks);
  for (const [page, mark] of entry.marks) if (page <= entry.pages) mark.copy(marks, (page - 1) * MARK_BYTES);
  return { counter: before.counter + 1, marks, taken: [...before.taken, entry.log].slice(-REMEMBERED), bond };
}

/**
 * The seal with its journal. An entry that is not whole was never followed by its checkpoint; entries that the file has taken
 * in already are left out. `damaged`: an entry is whole and not what was written.
 */
export function readJournal(key: KeyObject, file: Seal, journal: Buffer): Found | 'damaged' {
  let found: Found = { seal: file, after: file };
  for (let at = 0; at < journal.length;) {
    const torn = { ...found, torn: true } as const;
    // A file may be known to be longer before what it got is on the disk: zeros are there until then.
    if (journal.subarray(at, at + ENTRY_HEAD).every((byte) => byte === 0)) return torn;
    if (at + ENTRY_HEAD > journal.length) return torn;
    if (!journal.subarray(at, at + 4).equals(ENTRY_MAGIC)) return 'damaged';
    const head = journal.subarray(at, at + ENTRY_HEAD);
    const end = at + ENTRY_HEAD + head.readUInt32BE(28) * (4 + MARK_BYTES) + BOND_BYTES;
    if (end > journal.length) return torn;
    const counter = Number(head.readBigUInt64BE(4));
    const marks = journal.subarray(at + ENTRY_HEAD, end - BOND_BYTES);
    at = end;
    if (counter <= file.counter) continue;
    const bond = bondOf(key, found.after.bond, head, marks);
    if (!timingSafeEqual(bond, journal.subarray(end - BOND_BYTES, end)))
      return end === journal.length && counter === found.after.counter + 1 ? torn : 'damaged';
    const last = { log: readTaken(head, 12), pages: head.readUInt32BE(24), marks: readMarks(marks) };
    found = { seal: found.after, last, after: follow(found.after, last, bond) };
  }
  return found;
}

function readMarks(bytes: Buffer): Map<number, Buffer> {
  const marks = new Map<number, Buffer>();
  for (let at = 0; at < bytes.length; at += 4 + MARK_BYTES)
    marks.set(bytes.readUInt32BE(at), bytes.subarray(at + 4, at + 4 + MARK_BYTES));
  return marks;
}

/** What a page may bear: the newest first. */
export function marksOf(found: Found, page: number): readonly Buffer[] {
  const [now, before] = [markIn(found.after.marks, page), markIn(found.seal.marks, page)];
  if (before.length === 0 || before.equals(now)) return [now];
  return [now, before];
}

export const pagesIn = (seal: Seal): number => seal.marks.length / MARK_BYTES;
