/** Every kind of BMP that is read comes out as it was written, pixel by pixel; every other one is refused by name. */
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readBmp } from '../../src/adapters/images/bmp';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import { writeBmp, type BmpKind } from '../helpers/bmp';

const RED_GREEN_BLUE = [0xff0000, 0x00ff00, 0x0000ff] as const;
const BITS_565 = [0xf800, 0x07e0, 0x001f] as const;
const BITS_555 = [0x7c00, 0x03e0, 0x001f] as const;

/** Some number below a limit that depends on both coordinates. */
function scattered(x: number, y: number, below: number): number {
  return ((x * 7919 + y * 104_729 + x * y * 31) >>> 0) % below;
}

function colour(at: number): readonly [number, number, number] {
  return [(at * 37 + 11) % 256, (at * 91 + 5) % 256, (at * 53 + 200) % 256];
}

function paletteOf(count: number) {
  return Array.from({ length: count }, (_none, at) => colour(at));
}

/** The colour that stands for some bits of a pixel, evenly from 0 to 255. */
function spread(value: number, mask: number): number {
  const low = mask & -mask;
  const most = (mask / low) >>> 0;
  return Math.round(((((value & mask) >>> 0) / low) * 255) / most);
}

function truthOf(kind: BmpKind): Buffer {
  const masks = kind.masks ?? (kind.depth === 16 ? BITS_555 : RED_GREEN_BLUE);
  const rgb = Buffer.alloc(kind.width * kind.height * 3);
  for (let y = 0; y < kind.height; y++)
    for (let x = 0; x < kind.width; x++) {
      const value = kind.pixel(x, y);
      const seen = kind.palette?.[value] ?? masks.map((mask) => spread(value, mask));
      rgb.set(seen, (y * kind.width + x) * 3);
    }
  return rgb;
}

type Described = readonly [name: string, kind: Omit<BmpKind, 'width' | 'height' | 'topDown' | 'gap'>];
const INDEXED: readonly Described[] = ([1, 4, 8] as const).flatMap((depth) =>
  ([12, 40, 108, 124] as const).map((header): Described => {
    const palette = paletteOf(2 ** depth);
    return [
      `${depth} bits, header of ${header}`,
      { depth, header, palette, pixel: (x, y) => scattered(x, y, 2 ** depth) },
    ];
  }),
);
const DIRECT: readonly Described[] = [
  ...([12, 40, 52, 56, 108, 124] as const).map((header): Described => [
    `24 bits, header of ${header}`,
    { depth: 24, header, pixel: (x, y) => scattered(x, y, 2 ** 24) },
  ]),
  ['32 bits', { depth: 32, pixel: (x, y) => scattered(x, y, 2 ** 24) }],
  ['32 bits, the fourth byte full', { depth: 32, pixel: (x, y) => 0xff000000 + scattered(x, y, 2 ** 24) }],
  ['16 bits', { depth: 16, pixel: (x, y) => scattered(x, y, 2 ** 15) }],
  ...([40, 56, 108, 124] as const).flatMap((header): Described[] => [
    [
      `32 bits with masks, header of ${header}`,
      { depth: 32, header, masks: RED_GREEN_BLUE, pixel: (x, y) => scattered(x, y, 2 ** 24) },
    ],
    [
      `32 bits with red and blue exchanged, header of ${header}`,
      {
        depth: 32,
        header,
        masks: [0x000000ff, 0x0000ff00, 0x00ff0000],
        pixel: (x, y) => scattered(x, y, 2 ** 24),
      },
    ],
    [
      `32 bits, red in the highest, header of ${header}`,
      {
        depth: 32,
        header,
        masks: [0xff000000, 0x00ff0000, 0x0000ff00],
        pixel: (x, y) => scattered(x, y, 2 ** 24) * 256,
      },
    ],
    [
      `16 bits as 5-6-5, header of ${header}`,
      { depth: 16, header, masks: BITS_565, pixel: (x, y) => scattered(x, y, 2 ** 16) },
    ],
  ]),
];

function readRgb(bytes: Uint8Array): Buffer {
  const read = readBmp(bytes);
  if (!read.ok) throw new Error(read.error.code);
  return Buffer.from(read.value.rgb);
}

describe('a BMP', () => {
  it.each([...INDEXED, ...DIRECT])('is read as it was written: %s', (_name, rest) => {
    for (const width of [1, 2, 3, 7, 8, 9, 31, 32, 33])
      for (const height of [1, 2, 5])
        for (const topDown of rest.header === 12 ? [false] : [false, true])
          // An OS/2 palette ends where the pixels begin, unless it is full.
          for (const gap of [0, 1, 100]) {
            const kind: BmpKind = { ...rest, width, height, topDown, gap };
            expect(readRgb(writeBmp(kind)).equals(truthOf(kind)), JSON.stringify(kind)).toBe(true);
          }
  });

  it('may have fewer colours than its depth allows', () => {
    for (const header of [12, 40] as const) {
      const kind: BmpKind = {
        width: 9,
        height: 4,
        depth: 8,
        header,
        palette: paletteOf(17),
        pixel: (x, y) => scattered(x, y, 17),
      };
      expect(readRgb(writeBmp(kind)).equals(truthOf(kind))).toBe(true);
    }
  });

  it('is read whatever lies around it in memory, and with more behind its rows', () => {
    const kind: BmpKind = { width: 5, height: 3, depth: 24, pixel: (x, y) => scattered(x, y, 2 ** 24) };
    const bmp = writeBmp(kind);
    const within = Buffer.concat([Buffer.alloc(7, 1), bmp, Buffer.alloc(99, 2)]);
    expect(readRgb(within.subarray(7)).equals(truthOf(kind))).toBe(true);
  });

  it.each([...INDEXED, ...DIRECT])('keeps its colours on the way to the engine: %s', async (_name, rest) => {
    const [width, height] = [901, 600];
    const most = rest.palette ? rest.palette.length - 1 : undefined;
    // Broad stripes: JPEG keeps their colours.
    const pixel = (x: number) => {
      const stripe = Math.floor(x / 100);
      if (most !== undefined) return Math.min(stripe % 2 === 0 ? 1 : most, most);
      return rest.pixel(stripe * 3 + 1, 1);
    };
    const kind: BmpKind = { ...rest, width, height, pixel };
    const prepared = await pictureTool.prepare(writeBmp(kind));
    if (!prepared.ok) throw new Error(prepared.error.code);
    const { data, info } = await sharp(prepared.value.prepared).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([width, height, 3]);
    const truth = truthOf(kind);
    for (let stripe = 0; stripe < 9; stripe++) {
      const at = (300 * width + stripe * 100 + 50) * 3;
      for (let c = 0; c < 3; c++)
        expect(Math.abs((data[at + c] ?? 0) - (truth[at + c] ?? 0))).toBeLessThanOrEqual(6);
    }
  });
});

describe('a BMP that is not read', () => {
  const eight = (over: Partial<BmpKind> = {}) =>
    writeBmp({
      width: 10,
      height: 10,
      depth: 8,
      palette: paletteOf(256),
      pixel: (x, y) => scattered(x, y, 256),
      ...over,
    });
  const full = (over: Partial<BmpKind> = {}) =>
    writeBmp({ width: 10, height: 10, depth: 24, pixel: (x, y) => scattered(x, y, 2 ** 24), ...over });
  const masked = (masks: readonly [number, number, number], depth: 16 | 32 = 32) =>
    writeBmp({ width: 4, height: 4, depth, masks, pixel: () => 0 });
  const changed = (bmp: Buffer, at: number, value: number, bytes: 2 | 4 = 4) => {
    bmp.writeUIntLE(value >>> 0, at, bytes);
    return bmp;
  };

  it.each<[string, string, Buffer]>([
    ['RLE of 8 bits', 'picture.bmpKind', changed(eight(), 30, 1)],
    ['RLE of 4 bits', 'picture.bmpKind', changed(changed(eight(), 30, 2), 28, 4, 2)],
    ['a JPEG within', 'picture.bmpKind', changed(full(), 30, 4)],
    ['masks with alpha of Windows CE', 'picture.bmpKind', changed(full(), 30, 6)],
    ['a compression nobody knows', 'picture.bmpKind', changed(full(), 30, 0xffffffff)],
    ['2 bits', 'picture.bmpKind', changed(full(), 28, 2, 2)],
    ['0 bits', 'picture.bmpKind', changed(full(), 28, 0, 2)],
    ['65535 bits', 'picture.bmpKind', changed(full(), 28, 65_535, 2)],
    ['several planes', 'picture.bmpKind', changed(full(), 26, 3, 2)],
    ["a header of OS/2's second version", 'picture.bmpKind', changed(full({ gap: 24 }), 14, 64)],
    ['a header of no known size', 'picture.bmpKind', changed(full(), 14, 0xffffffff)],
    ['masks that overlap', 'picture.bmpKind', masked([0xff0000, 0x00ff00, 0x0001ff])],
    ['masks with holes', 'picture.bmpKind', masked([0xff0000, 0x00ff00, 0x0000f5])],
    ['no mask for green', 'picture.bmpKind', masked([0xff0000, 0, 0x0000ff])],
    ['masks wider than a byte', 'picture.bmpKind', masked([0x3ff00000, 0x000ffc00, 0x000003ff])],
    ['masks outside of the pixel', 'picture.bmpKind', masked([0xff0000, 0x00ff00, 0x0000ff], 16)],
    ['24 bits with masks', 'picture.bmpKind', changed(full({ gap: 12 }), 30, 3)],
    ['more colours than can be named', 'picture.bmpKind', changed(eight(), 46, 257)],
    ['four thousand million colours', 'picture.bmpKind', changed(eight(), 46, 0xffffffff)],
    ['pixels that begin in the palette', 'picture.bmpKind', changed(eight(), 10, 14 + 40 + 255 * 4)],
    ['pixels that begin in the header', 'picture.bmpKind', changed(full(), 10, 20)],
    ['pixels that begin nowhere', 'picture.bmpKind', changed(full(), 10, 0)],
    ['pixels that begin behind the end', 'picture.damaged', changed(full(), 10, 0xfffffff0)],
    ['a colour that the palette lacks', 'picture.damaged', eight({ palette: paletteOf(17) })],
    ['a last row that is cut', 'picture.damaged', full().subarray(0, -1)],
    ['no width', 'picture.damaged', changed(full(), 18, 0)],
    ['less than no width', 'picture.damaged', changed(full(), 18, -10)],
    ['no height', 'picture.damaged', changed(full(), 22, 0)],
    ['the least height there is', 'picture.tooManyPixels', changed(full(), 22, 0x80000000)],
    ['a huge width', 'picture.tooManyPixels', changed(full(), 18, 0x7fffffff)],
    ['a header that is cut', 'picture.damaged', full().subarray(0, 40)],
  ])('%s: %s', async (_name, code, bmp) => {
    expect(await pictureTool.prepare(bmp)).toMatchObject({ ok: false, error: { code } });
  });

  it('never throws, whatever its bytes are, and gives as many pixels as it says', () => {
    const headers = [12, 40, 56, 124] as const;
    const whole = headers.flatMap((header) =>
      header === 56 ? [full({ header })] : [full({ header }), eight({ header })],
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...whole),
        fc.array(fc.tuple(fc.nat({ max: 130 }), fc.nat({ max: 255 })), { maxLength: 6 }),
        fc.nat({ max: 1600 }),
        (bmp, changes, end) => {
          const bytes = Buffer.from(bmp.subarray(0, end + 26));
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const read = readBmp(bytes);
          if (!read.ok) return;
          const { width, height, rgb } = read.value;
          expect(rgb.length).toBe(width * height * 3);
          expect(width * height).toBeLessThanOrEqual(bytes.length * 8);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
