/** What is in SQLite's write-ahead log: which frames are committed, and which of them holds the last content of each page. */

export const PAGE_BYTES = 4096;
export const WAL_HEADER_BYTES = 32;
export const FRAME_HEADER_BYTES = 24;
export const FRAME_BYTES = FRAME_HEADER_BYTES + PAGE_BYTES;

const MAGIC = 0x377f0682;
/** Of a log whose checksums are made of big-endian words: SQLite writes either and reads both. */
const MAGIC_BIG_ENDIAN = 0x377f0683;

export interface Wal {
  /** Sixteen hexadecimal digits: every beginning of the log has others. */
  readonly salts: string;
  /** Up to the last that ends a transaction. */
  readonly frames: number;
  /** Pages of the database after the last transaction. */
  readonly pages: number;
  /** For each page where its last content begins. */
  readonly last: ReadonlyMap<number, number>;
}

export const frameAt = (frame: number): number => WAL_HEADER_BYTES + frame * FRAME_BYTES;

type Sums = readonly [number, number];

/** SQLite's checksum over whole pairs of words. */
function sumOn([first, second]: Sums, bytes: Buffer, bigEndian: boolean): Sums {
  let [one, two] = [first, second];
  for (let at = 0; at < bytes.length; at += 8) {
    const word = bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    const next = bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
    one = (one + word + two) >>> 0;
    two = (two + next + one) >>> 0;
  }
  return [one, two];
}

const isSum = ([one, two]: Sums, bytes: Buffer, at: number): boolean =>
  bytes.readUInt32BE(at) === one && bytes.readUInt32BE(at + 4) === two;

/**
 * `most`: frames behind it are not looked at. `summed`: as SQLite reads a log that an earlier run left, up to the first frame
 * whose checksum is not right; what this process has written itself need not be summed. Undefined where there is no log.
 */
export function readWal(bytes: Buffer, options: { most?: number; summed: boolean }): Wal | undefined {
  if (bytes.length < WAL_HEADER_BYTES) return undefined;
  const magic = bytes.readUInt32BE(0);
  if (magic !== MAGIC && magic !== MAGIC_BIG_ENDIAN) return undefined;
  if (bytes.readUInt32BE(8) !== PAGE_BYTES) return undefined;
  const bigEndian = magic === MAGIC_BIG_ENDIAN;
  let sums = sumOn([0, 0], bytes.subarray(0, 24), bigEndian);
  if (options.summed && !isSum(sums, bytes, 24)) return undefined;
  const salts = bytes.toString('hex', 16, 24);
  const whole = Math.floor((bytes.length - WAL_HEADER_BYTES) / FRAME_BYTES);
  const last = new Map<number, number>();
  let open: [page: number, at: number][] = [];
  let frames = 0;
  let pages = 0;
  for (let frame = 0; frame < Math.min(whole, options.most ?? whole); frame++) {
    const at = frameAt(frame);
    if (bytes.toString('hex', at + 8, at + 16) !== salts) break;
    if (options.summed) {
      sums = sumOn(sums, bytes.subarray(at, at + 8), bigEndian);
      sums = sumOn(sums, bytes.subarray(at + FRAME_HEADER_BYTES, at + FRAME_BYTES), bigEndian);
      if (!isSum(sums, bytes, at + 16)) break;
    }
    open.push([bytes.readUInt32BE(at), at + FRAME_HEADER_BYTES]);
    const size = bytes.readUInt32BE(at + 4);
    if (size === 0) continue;
    for (const [page, content] of open) last.set(page, content);
    open = [];
    frames = frame + 1;
    pages = size;
  }
  return { salts, frames, pages, last };
}
