/** The files of a seal, beside the database that it is of; read and written in one go each, since commits wait for nobody. */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { renameForGoodAtOnce } from '../files/rename';
import { PAGE_BYTES } from './wal';

export const sealFiles = (database: string) => ({
  database,
  log: `${database}-wal`,
  lock: `${database}-lock`,
  seal: `${database}.seal`,
  journal: `${database}.seal-journal`,
  note: `${database}.seal-note`,
  /** The seal of a database that is about to take the place of this one. */
  next: `${database}.seal-next`,
  parity: `${database}.seal-parity`,
  /** What was found damaged, as it was found. */
  damaged: path.join(path.dirname(database), 'damaged'),
});
export type SealFiles = ReturnType<typeof sealFiles>;

/** Empty where there is none. */
export function readWhole(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

/** To be written at any place; made where it is not there. */
export function openToWrite(file: string): number {
  try {
    return openSync(file, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return openSync(file, 'wx+', 0o600);
  }
}

function writeAll(file: number, bytes: Uint8Array, at: number | null): void {
  for (let written = 0; written < bytes.length;)
    written += writeSync(file, bytes, written, bytes.length - written, at === null ? null : at + written);
}

export const writeAt = (file: number, bytes: Uint8Array, at: number): void => writeAll(file, bytes, at);

/** One page; zeros where the file ends before it. */
export function readPage(file: number, page: number, into: Buffer): Buffer {
  const read = readSync(file, into, 0, PAGE_BYTES, (page - 1) * PAGE_BYTES);
  if (read < PAGE_BYTES) into.fill(0, read);
  return into;
}

/** Whole or not at all, and for good. */
export function replaceWhole(file: string, bytes: Uint8Array): void {
  const part = `${file}.part`;
  try {
    const opened = openSync(part, 'w', 0o600);
    try {
      writeAll(opened, bytes, null);
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
    renameForGoodAtOnce(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** At the end of a file, and on the disk when this returns. */
export function appendForGood(file: string, bytes: Uint8Array): void {
  const opened = openToWrite(file);
  const end = fstatSync(opened).size;
  try {
    writeAll(opened, bytes, end);
    fsyncSync(opened);
  } catch (error) {
    // Half of an entry would hide those that come behind it.
    ftruncateSync(opened, end);
    throw error;
  } finally {
    closeSync(opened);
  }
}

/** Puts bytes that were found damaged aside, under a name that tells what they are. */
export function putAside(folder: string, name: string, bytes: Uint8Array): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  replaceWhole(path.join(folder, name), bytes);
}
