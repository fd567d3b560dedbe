/**
 * Reads the kinds of BMP of which it is certain what they mean: uncompressed, with a palette, in true colour, or with masks.
 * Everything else is refused by name, because a picture that is read wrongly shows other digits, or hides a CVV. The whole
 * header is judged before anything of the size that it claims is allocated.
 */
import { fail, ok, type Result } from '../../shared/result';
import { MAX_PIXELS } from '../../core/intake/formats';

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Three bytes a pixel, from the top. A fourth byte of a pixel is no transparency: hardly anybody writes it as such. */
  readonly rgb: Uint8Array;
}

type BmpFailure = 'picture.damaged' | 'picture.tooManyPixels' | 'picture.bmpKind';

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly depth: number;
  readonly compression: number;
  /** Where the header ends, and with it masks that stand behind it. */
  readonly headerEnd: number;
  readonly pixelsAt: number;
  readonly rowBytes: number;
}

/** Writes a row of red, green and blue; false where its pixels mean nothing. */
type RowReader = (row: Uint8Array, rgb: Uint8Array) => boolean;

const FILE_HEADER = 14;
/** The header of OS/2 1.x and Windows 2: 16-bit sizes, and a palette of three bytes a colour. */
const CORE_HEADER = 12;
const INFO_HEADER = 40;
/** With masks in it; version 4; version 5. */
const LONGER_HEADERS = [52, 56, 108, 124];
const UNCOMPRESSED = 0;
const BIT_FIELDS = 3;
const MASKS_AT = FILE_HEADER + INFO_HEADER;
const BITS_555 = [0x7c00, 0x03e0, 0x001f] as const;

export function readBmp(bytes: Uint8Array): Result<Bitmap, BmpFailure> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const layout = layoutOf(view);
  if (!layout.ok) return layout;
  const { width, height, topDown, pixelsAt, rowBytes } = layout.value;
  const readRow = rowReaderOf(view, layout.value);
  if (!readRow) return fail('picture.bmpKind');
  if (pixelsAt + rowBytes * height > bytes.length) return fail('picture.damaged');
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = pixelsAt + (topDown ? y : height - 1 - y) * rowBytes;
    const written = rgb.subarray(y * width * 3, (y + 1) * width * 3);
    if (!readRow(bytes.subarray(from, from + rowBytes), written)) return fail('picture.damaged');
  }
  return ok({ width, height, rgb });
}

function layoutOf(view: DataView): Result<Layout, BmpFailure> {
  if (view.byteLength < FILE_HEADER + CORE_HEADER) return fail('picture.damaged');
  const header = view.getUint32(14, true);
  const core = header === CORE_HEADER;
  if (!core && header !== INFO_HEADER && !LONGER_HEADERS.includes(header)) return fail('picture.bmpKind');

  if (view.byteLength < FILE_HEADER + header) return fail('picture.damaged');
  const width = core ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = core ? view.getUint16(20, true) : view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  if (width <= 0 || height === 0) return fail('picture.damaged');
  if (width * height > MAX_PIXELS) return fail('picture.tooManyPixels');
  const planes = view.getUint16(core ? 22 : 26, true);
  const depth = view.getUint16(core ? 24 : 28, true);
  const compression = core ? UNCOMPRESSED : view.getUint32(30, true);
  const masked = compression === BIT_FIELDS && header === INFO_HEADER;
  const headerEnd = FILE_HEADER + header + (masked ? 12 : 0);
  const pixelsAt = view.getUint32(10, true);
  if (planes !== 1 || pixelsAt < headerEnd) return fail('picture.bmpKind');
  if (pixelsAt >= view.byteLength) return fail('picture.damaged');
  const rowBytes = Math.ceil((width * depth) / 32) * 4;
  const topDown = signedHeight < 0;
  return ok({ width, height, topDown, depth, compression, headerEnd, pixelsAt, rowBytes });
}

/** Undefined where it is not certain what a pixel means. */
function rowReaderOf(view: DataView, layout: Layout): RowReader | undefined {
  const { depth, compression } = layout;
  if (compression === BIT_FIELDS) {
    if (depth !== 16 && depth !== 32) return undefined;
    const masks = [0, 4, 8].map((at) => view.getUint32(MASKS_AT + at, true));
    return maskedReader(depth, masks);
  }
  if (compression !== UNCOMPRESSED) return undefined;
  if (depth === 1 || depth === 4 || depth === 8) {
    const palette = paletteOf(view, layout);
    return palette && indexedReader(depth, palette);
  }
  if (depth === 16) return maskedReader(depth, BITS_555);
  return depth === 24 || depth === 32 ? blueGreenRed(depth / 8) : undefined;
}

/** Blue, green and red of each colour. Undefined where the pixels begin within it. */
function paletteOf(
  view: DataView,
  { depth, headerEnd, pixelsAt }: Layout,
): readonly Uint8Array[] | undefined {
  const core = headerEnd === FILE_HEADER + CORE_HEADER;
  const most = 2 ** depth;
  const entryBytes = core ? 3 : 4;
  // OS/2 does not say how many there are: as many as there is room for.
  const room = Math.floor((pixelsAt - headerEnd) / entryBytes);
  const count = core ? Math.min(most, room) : view.getUint32(46, true) || most;
  if (count > most || count > room) return undefined;
  return Array.from(
    { length: count },
    (_none, at) => new Uint8Array(view.buffer, view.byteOffset + headerEnd + at * entryBytes, 3),
  );
}

function indexedReader(depth: number, palette: readonly Uint8Array[]): RowReader {
  const perByte = 8 / depth;
  const mask = 2 ** depth - 1;
  return (row, rgb) => {
    for (let x = 0, out = 0; out < rgb.length; x++, out += 3) {
      const shift = 8 - depth * ((x % perByte) + 1);
      const colour = palette[((row[Math.floor(x / perByte)] ?? 0) >> shift) & mask];
      if (!colour) return false;
      rgb[out] = colour[2] ?? 0;
      rgb[out + 1] = colour[1] ?? 0;
      rgb[out + 2] = colour[0] ?? 0;
    }
    return true;
  };
}

function blueGreenRed(pixelBytes: number): RowReader {
  return (row, rgb) => {
    for (let at = 0, out = 0; out < rgb.length; at += pixelBytes, out += 3) {
      rgb[out] = row[at + 2] ?? 0;
      rgb[out + 1] = row[at + 1] ?? 0;
      rgb[out + 2] = row[at] ?? 0;
    }
    return true;
  };
}

/** Undefined unless each mask is one run of at most eight bits of the pixel, and no two share any. */
function maskedReader(depth: 16 | 32, masks: readonly number[]): RowReader | undefined {
  const bits = masks.map((mask) => {
    const shift = 31 - Math.clz32(mask & -mask);
    return { shift, most: mask >>> shift };
  });
  const certain = bits.every(({ most }) => most >= 1 && most <= 255 && ((most + 1) & most) === 0);
  const [red = 0, green = 0, blue = 0] = masks;
  const shared = (red & green) | (red & blue) | (green & blue);
  if (!certain || shared !== 0 || (depth === 16 && (red | green | blue) >>> 0 > 0xffff)) return undefined;
  const levels = bits.map(({ most }) =>
    Uint8Array.from({ length: most + 1 }, (_none, value) => Math.round((value * 255) / most)),
  );
  return (row, rgb) => {
    const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
    for (let at = 0, out = 0; out < rgb.length; at += depth / 8, out += 3) {
      const pixel = depth === 16 ? view.getUint16(at, true) : view.getUint32(at, true);
      for (const [c, { shift, most }] of bits.entries())
        rgb[out + c] = levels[c]?.[(pixel >>> shift) & most] ?? 0;
    }
    return true;
  };
}
