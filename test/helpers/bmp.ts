/** Writes BMP of every uncompressed kind, so that tests know each pixel that has to come out. */

type Colour = readonly [red: number, green: number, blue: number];

export interface BmpKind {
  readonly width: number;
  readonly height: number;
  /** Bits a pixel. */
  readonly depth: 1 | 4 | 8 | 16 | 24 | 32;
  /** Bytes of the header behind the file header; 12 is OS/2's. 40 where nothing is said. */
  readonly header?: 12 | 40 | 52 | 56 | 108 | 124;
  readonly topDown?: boolean;
  /** Bytes between what belongs to the header and the pixels. */
  readonly gap?: number;
  /** Needed up to 8 bits; as many colours as are given are written and counted. */
  readonly palette?: readonly Colour[];
  /** As the header says it; 0 means as many as the depth allows. */
  readonly coloursUsed?: number;
  /** Where red, green and blue are in a pixel of 16 or 32 bits. */
  readonly masks?: readonly [red: number, green: number, blue: number];
  /** A colour's place in the palette up to 8 bits, else the pixel's own bits. */
  readonly pixel: (x: number, y: number) => number;
}

/** Whatever no decoder should look at. */
const FILLING = 0xa5;

export function writeBmp(kind: BmpKind): Buffer {
  const { width, height, depth, header = 40, gap = 0, palette = [], masks } = kind;
  const core = header === 12;
  const loose = masks && header === 40 ? 12 : 0;
  const paletteAt = 14 + header + loose;
  const pixelsAt = paletteAt + palette.length * (core ? 3 : 4) + gap;
  const rowBytes = Math.ceil((width * depth) / 32) * 4;
  const bmp = Buffer.alloc(pixelsAt + rowBytes * height, FILLING);
  bmp.fill(0, 0, paletteAt);
  bmp.write('BM');
  bmp.writeUInt32LE(bmp.length, 2);
  bmp.writeUInt32LE(pixelsAt, 10);
  bmp.writeUInt32LE(header, 14);
  if (core) {
    bmp.writeUInt16LE(width, 18);
    bmp.writeUInt16LE(height, 20);
    bmp.writeUInt16LE(1, 22);
    bmp.writeUInt16LE(depth, 24);
  } else {
    bmp.writeInt32LE(width, 18);
    bmp.writeInt32LE(kind.topDown ? -height : height, 22);
    bmp.writeUInt16LE(1, 26);
    bmp.writeUInt16LE(depth, 28);
    bmp.writeUInt32LE(masks ? 3 : 0, 30);
    bmp.writeUInt32LE(kind.coloursUsed ?? palette.length, 46);
    masks?.forEach((mask, at) => bmp.writeUInt32LE(mask >>> 0, 54 + at * 4));
  }
  palette.forEach(([red, green, blue], at) =>
    bmp.set(core ? [blue, green, red] : [blue, green, red, 0], paletteAt + at * (core ? 3 : 4)),
  );
  for (let y = 0; y < height; y++) {
    const row = bmp.subarray(pixelsAt + (kind.topDown ? y : height - 1 - y) * rowBytes);
    for (let x = 0; x < width; x++) writePixel(row, x, depth, kind.pixel(x, y));
  }
  return bmp;
}

function writePixel(row: Buffer, x: number, depth: BmpKind['depth'], value: number): void {
  if (depth >= 8) row.writeUIntLE(value, (x * depth) / 8, depth / 8);
  else {
    const byte = Math.floor((x * depth) / 8);
    const shift = 8 - depth - ((x * depth) % 8);
    const mask = ((1 << depth) - 1) << shift;
    row[byte] = ((row[byte] ?? 0) & ~mask) | (value << shift);
  }
}

/** 24 bits a pixel from rows of red, green and blue. */
export function bmpOf(rgb: Uint8Array, width: number, height: number): Buffer {
  const pixel = (x: number, y: number) => {
    const at = (y * width + x) * 3;
    return ((rgb[at] ?? 0) << 16) | ((rgb[at + 1] ?? 0) << 8) | (rgb[at + 2] ?? 0);
  };
  return writeBmp({ width, height, depth: 24, pixel });
}
