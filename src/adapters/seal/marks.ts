/** The mark of a page: an HMAC over its number and its bytes as they lie in the file, so that neither another page nor an older one passes for it. */
import { createHmac, type KeyObject } from 'node:crypto';

/** HMAC-SHA-256, of which 128 bits are kept. */
export const MARK_BYTES = 16;

export function markOf(key: KeyObject, page: number, bytes: Uint8Array): Buffer {
  const head = Buffer.from('CPPG0000');
  head.writeUInt32BE(page, 4);
  return createHmac('sha256', key).update(head).update(bytes).digest().subarray(0, MARK_BYTES);
}

const NO_MARK = Buffer.alloc(MARK_BYTES);
/** Some pages are in no log: SQLite never writes the one on which it puts its locks. Nothing is in them. */
export const isMarked = (mark: Buffer): boolean => !mark.equals(NO_MARK);

/** Of all pages, one behind the other. */
export const markIn = (marks: Buffer, page: number): Buffer =>
  marks.subarray((page - 1) * MARK_BYTES, page * MARK_BYTES);
