/**
 * What of a PNG the picture is made of, and nothing else: its header, its palette and its data. Texts, EXIF, profiles, further
 * frames and whatever stands behind the end or within the compressed data but beyond the last row stay out. A file of which
 * it is not certain is left to be encoded anew.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflate } from 'node:zlib';
import { fail, ok, type Result } from '../../shared/result';

/** Encoders write the data in chunks of 8 KB or more. */
const MOST_CHUNKS = 100_000;
const SIGNATURE_BYTES = 8;
const HEADER_BYTES = 13;
/** A chunk's length, its name and its checksum. */
const AROUND = 12;
const PALETTE = 3;
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Where each pass of an interlaced picture begins, and its steps, across and down. */
const PASSES = [
  [0, 8, 0, 8],
  [4, 8, 0, 8],
  [0, 4, 4, 8],
  [2, 4, 0, 4],
  [0, 2, 2, 4],
  [1, 2, 0, 2],
  [0, 1, 1, 2],
] as const;

/** Undefined: not certain. */
export async function ownPngData(
  bytes: Uint8Array,
): Promise<Result<Uint8Array | undefined, 'picture.severalPages'>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, SIGNATURE_BYTES)];
  const data: Uint8Array[] = [];
  let header: DataView | undefined;
  let before = '';
  for (let at = SIGNATURE_BYTES; at + AROUND <= bytes.length;) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + AROUND + length;
    if (kept.length > MOST_CHUNKS || end > bytes.length || (name === 'IHDR') !== (header === undefined))
      return ok(undefined);
    const chunk = bytes.subarray(at, end);
    if (name === 'IHDR') {
      if (length !== HEADER_BYTES) return ok(undefined);
      header = new DataView(bytes.buffer, bytes.byteOffset + at + 8, HEADER_BYTES);
      kept.push(chunk);
    } else if (name === 'acTL') {
      if (length !== 8 || view.getUint32(at + 8) > 1) return fail('picture.severalPages');
    } else if (name === 'PLTE') {
      // In true colour it is somebody's suggestion.
      if (header?.getUint8(9) === PALETTE) kept.push(chunk);
    } else if (name === 'IDAT') {
      if (data.length > 0 && before !== 'IDAT') return ok(undefined);
      data.push(chunk.subarray(8, -4));
      kept.push(chunk);
    } else if (name === 'IEND') {
      kept.push(chunk);
      const whole = length === 0 && header && (await inflatesTo(data, rowBytes(header)));
      return ok(whole ? Buffer.concat(kept) : undefined);
    } else if (/^[A-Z]/.test(name)) return ok(undefined);
    before = name;
    at = end;
  }
  return ok(undefined);
}

/** Of all rows, each with the byte that tells its filter. */
function rowBytes(header: DataView): number {
  const [width, height] = [header.getUint32(0), header.getUint32(4)];
  const bits = header.getUint8(8) * (CHANNELS[header.getUint8(9)] ?? 0);
  const passes = header.getUint8(12) === 0 ? ([[0, 1, 0, 1]] as const) : PASSES;
  let sum = 0;
  for (const [left, across, top, down] of passes) {
    const columns = Math.ceil((width - left) / across);
    if (columns > 0) sum += Math.ceil((height - top) / down) * (1 + Math.ceil((columns * bits) / 8));
  }
  return sum;
}

/** Whether the data unpack to just so many bytes, and not one of them is left over. */
async function inflatesTo(data: readonly Uint8Array[], expected: number): Promise<boolean> {
  const inflate = createInflate();
  let unpacked = 0;
  try {
    await pipeline(Readable.from(data), inflate, async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        unpacked += chunk.length;
        if (unpacked > expected) return;
      }
    });
  } catch {
    // Whether the picture is damaged is for its decoder to say; certain it is not.
    return false;
  }
  const packed = data.reduce((sum, { length }) => sum + length, 0);
  return unpacked === expected && inflate.bytesWritten === packed;
}
