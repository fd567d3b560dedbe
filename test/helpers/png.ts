/** PNGs taken apart at their chunks and put together again. */
import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE_BYTES = 8;

export interface Chunk {
  readonly name: string;
  readonly data: Buffer;
}

export function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE_BYTES; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({
      name: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  return chunks;
}

export function pngOf(chunks: readonly Chunk[]): Buffer {
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const written = chunks.map(({ name, data }) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const around = Buffer.alloc(8);
    around.writeUInt32BE(data.length, 0);
    around.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
  });
  return Buffer.concat([signature, ...written]);
}

/** The same picture with its compressed data, and what they unpack to, changed. */
export function withData(
  png: Buffer,
  change: { readonly packed?: (data: Buffer) => Buffer; readonly unpacked?: (rows: Buffer) => Buffer },
): Buffer {
  const chunks = chunksOf(png);
  const data = Buffer.concat(chunks.filter(({ name }) => name === 'IDAT').map((chunk) => chunk.data));
  const rows = change.unpacked ? deflateSync(change.unpacked(inflateSync(data))) : data;
  const first = chunks.findIndex(({ name }) => name === 'IDAT');
  const others = chunks.filter(({ name }) => name !== 'IDAT');
  others.splice(first, 0, { name: 'IDAT', data: change.packed?.(rows) ?? rows });
  return pngOf(others);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
