/** JPEGs taken apart at their segments, and drawn code by code, so that tests know of each byte what it is for. */
import { randomFrom } from '../../tools/specimens/random';

export function segment(marker: number, data: Uint8Array): Buffer {
  const length = data.length + 2;
  return Buffer.concat([Buffer.of(0xff, marker, length >> 8, length & 0xff), data]);
}

/** Where segments begin, the end marker included: places where others may stand as well. */
export function segmentStarts(jpeg: Buffer): number[] {
  const starts: number[] = [];
  let at = 2;
  for (;;) {
    starts.push(at);
    const marker = jpeg[at + 1];
    if (marker === 0xd9) return starts;
    at += 2 + jpeg.readUInt16BE(at + 2);
    if (marker === 0xda) at = endOfScan(jpeg, at);
  }
}

/** The segment of a kind that begins first. */
export function findSegment(jpeg: Buffer, marker: number): number {
  const found = segmentStarts(jpeg).find((at) => jpeg[at + 1] === marker);
  if (found === undefined) throw new Error(`Expected a segment ${marker.toString(16)}`);
  return found;
}

function endOfScan(jpeg: Buffer, from: number): number {
  let at = from;
  while (!(jpeg[at] === 0xff && jpeg[at + 1] !== 0 && !((jpeg[at + 1] ?? 0) >> 3 === 0xd0 >> 3))) at++;
  return at;
}

export function inserted(bytes: Buffer, at: number, other: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, at), other, bytes.subarray(at)]);
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Sampling factors of each component. */
  readonly sampling: readonly (readonly [horizontal: number, vertical: number])[];
  /** Components of each scan, by their place. */
  readonly scans: readonly (readonly number[])[];
  readonly restartEvery?: number;
  readonly seed: string;
}

/** Codes of four bits for sizes 0 to 7, and of three bits for what the AC coefficients need here. */
const DC_SYMBOLS = [0, 1, 2, 3, 4, 5, 6, 7];
const AC_SYMBOLS = [0x00, 0xf0, 0x11, 0x02, 0x53];

function huffmanTable(kind: number, length: number, symbols: readonly number[]): Buffer {
  const counts = Array.from({ length: 16 }, (_none, at) => (at + 1 === length ? symbols.length : 0));
  return segment(0xc4, Buffer.of(kind << 4, ...counts, ...symbols));
}

/** A sequential JPEG of noise. Height, sampling, scans and restart markers are as asked for. */
export function drawJpeg({ width, height, sampling, scans, restartEvery = 0, seed }: Drawing): Buffer {
  const random = randomFrom(seed);
  const any = (below: number) => Math.floor(random.next() * below);
  const most = (at: 0 | 1) => Math.max(...sampling.map((factors) => factors[at]));
  const components = sampling.flatMap(([horizontal, vertical], at) => [
    at + 1,
    horizontal * 16 + vertical,
    0,
  ]);
  const parts = [
    Buffer.of(0xff, 0xd8),
    segment(0xdb, Buffer.concat([Buffer.of(0), Buffer.alloc(64, 6)])),
    segment(
      0xc0,
      Buffer.of(8, height >> 8, height & 255, width >> 8, width & 255, sampling.length, ...components),
    ),
    huffmanTable(0, 4, DC_SYMBOLS),
    huffmanTable(1, 3, AC_SYMBOLS),
  ];
  if (restartEvery > 0) parts.push(segment(0xdd, Buffer.of(restartEvery >> 8, restartEvery & 255)));

  function block(bits: number[]): void {
    const put = (value: number, length: number) => {
      for (let bit = length - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
    };
    const size = any(5);
    put(size, 4);
    put(any(2 ** size), size);
    for (let coefficient = any(4); coefficient > 0; coefficient--) {
      const which = 1 + any(4);
      put(which, 3);
      const valueBits = (AC_SYMBOLS[which] ?? 0) & 15;
      put(any(2 ** valueBits), valueBits);
    }
    put(0, 3);
  }

  function unitsOf(scan: readonly number[]): { readonly count: number; readonly blocks: number } {
    const [only] = scan;
    const [across, down] = only === undefined ? [1, 1] : (sampling[only] ?? [1, 1]);
    if (scan.length === 1) {
      const columns = Math.ceil(Math.ceil((width * across) / most(0)) / 8);
      return { count: columns * Math.ceil(Math.ceil((height * down) / most(1)) / 8), blocks: 1 };
    }
    const blocks = scan.reduce((sum, at) => sum + (sampling[at]?.[0] ?? 0) * (sampling[at]?.[1] ?? 0), 0);
    return { count: Math.ceil(width / (8 * most(0))) * Math.ceil(height / (8 * most(1))), blocks };
  }

  for (const scan of scans) {
    parts.push(segment(0xda, Buffer.of(scan.length, ...scan.flatMap((at) => [at + 1, 0]), 0, 63, 0)));
    const { count, blocks } = unitsOf(scan);
    let bits: number[] = [];
    for (let unit = 0, restarts = 0; unit < count; unit++) {
      if (restartEvery > 0 && unit > 0 && unit % restartEvery === 0) {
        parts.push(packed(bits), Buffer.of(0xff, 0xd0 + (restarts++ % 8)));
        bits = [];
      }
      for (let at = 0; at < blocks; at++) block(bits);
    }
    parts.push(packed(bits));
  }
  parts.push(Buffer.of(0xff, 0xd9));
  return Buffer.concat(parts);
}

/** Filled up with ones, and a zero stuffed in after each byte that looks like a marker. */
function packed(bits: readonly number[]): Buffer {
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    let byte = 0;
    for (let bit = 0; bit < 8; bit++) byte = byte * 2 + (bits[at + bit] ?? 1);
    bytes.push(byte);
    if (byte === 0xff) bytes.push(0);
  }
  return Buffer.from(bytes);
}
