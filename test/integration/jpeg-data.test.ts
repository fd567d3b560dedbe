/** What is kept and sent of a JPEG is what was looked at: its own data, and nothing else that came in its file. */
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import { drawJpeg, findSegment, inserted, segment, segmentStarts, type Drawing } from '../helpers/jpeg';
import { expectOwnData, hidden, noise, pixels, prepared } from '../helpers/own-data';
import { plainPicture } from '../helpers/pictures';

const drawing = (over: Partial<Drawing> = {}): Buffer =>
  drawJpeg({
    width: 75,
    height: 43,
    sampling: [
      [2, 2],
      [1, 1],
      [1, 1],
    ],
    scans: [[0, 1, 2]],
    seed: 'a drawing',
    ...over,
  });

const JPEGS: Readonly<Record<string, () => Promise<Buffer>>> = {
  baseline: () => noise().jpeg().toBuffer(),
  'baseline, all colours': () => noise().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer(),
  grey: () => noise().greyscale().jpeg().toBuffer(),
  progressive: () => noise().jpeg({ progressive: true }).toBuffer(),
  'progressive, grey': () => noise().greyscale().jpeg({ progressive: true }).toBuffer(),
  'of tables of its own': () =>
    noise().jpeg({ trellisQuantisation: true, overshootDeringing: true, quantisationTable: 3 }).toBuffer(),
  drawn: async () => drawing(),
  'drawn, with restart markers': async () => drawing({ restartEvery: 3 }),
  'drawn, a restart marker behind each': async () => drawing({ restartEvery: 1 }),
  'drawn, three scans': async () => drawing({ scans: [[0], [1], [2]] }),
  'drawn, two scans and restart markers': async () => drawing({ scans: [[0], [2, 1]], restartEvery: 2 }),
  'drawn, wide pixels': async () =>
    drawing({
      sampling: [
        [4, 1],
        [1, 1],
        [2, 1],
      ],
    }),
  'drawn, grey in large units': async () => drawing({ sampling: [[2, 2]], scans: [[0]] }),
};

/** Names with which segments begin, so that they are taken for what they say. */
const BEGINNINGS = [
  '',
  'Exif\0\0',
  'JFXX\0\x10',
  'MPF\0',
  'http://ns.adobe.com/xap/1.0/\0',
  'Photoshop 3.0\0',
];

describe('what stands beside the data of a JPEG', () => {
  it.each(Object.keys(JPEGS))('of which nothing can be cut away is left as it is: %s', async (name) => {
    const jpeg = (await JPEGS[name]?.()) as Buffer;
    expect(Buffer.from((await expectOwnData(jpeg)).prepared).equals(jpeg)).toBe(true);
  });

  it.each(Object.keys(JPEGS))('loses every segment, wherever it stands, and no pixel: %s', async (name) => {
    const jpeg = (await JPEGS[name]?.()) as Buffer;
    const starts = segmentStarts(jpeg);
    const anywhere = fc.record({
      place: fc.constantFrom(...starts),
      marker: fc.oneof(fc.integer({ min: 0xe0, max: 0xef }), fc.constant(0xfe)),
      beginning: fc.constantFrom(...BEGINNINGS),
      fill: fc.nat({ max: 2 }),
    });
    await expect(
      fc.assert(
        fc.asyncProperty(
          fc.array(anywhere, { minLength: 1, maxLength: 5 }),
          fc.nat({ max: 3 }),
          async (all, after) => {
            let bytes = jpeg;
            for (const { place, marker, beginning, fill } of all.toSorted((a, b) => b.place - a.place)) {
              const data = Buffer.concat([Buffer.from(beginning, 'latin1'), hidden]);
              bytes = inserted(
                bytes,
                place,
                Buffer.concat([Buffer.alloc(fill, 0xff), segment(marker, data)]),
              );
            }
            bytes = Buffer.concat([bytes, ...Array.from({ length: after }, () => hidden)]);
            await expectOwnData(bytes);
          },
        ),
        { numRuns: 25 },
      ),
    ).resolves.toBeUndefined();
  });

  it.each(Object.keys(JPEGS))(
    'loses what stands behind it, and is damaged where its data go on: %s',
    async (name) => {
      const jpeg = (await JPEGS[name]?.()) as Buffer;
      const second = inserted(jpeg, 2, segment(0xe1, hidden));
      await expectOwnData(Buffer.concat([jpeg, second]));
      await expectOwnData(Buffer.concat([jpeg, Buffer.alloc(5000), hidden]));
      const within = (bytes: Buffer) => inserted(jpeg, jpeg.length - 2, bytes);
      expect(await pictureTool.prepare(within(hidden))).toMatchObject({ error: { code: 'picture.damaged' } });
      if (name.startsWith('progressive')) return;
      for (const padding of [
        [0, 0, 0],
        [65, 65],
        [255, 0, 255, 0],
        [255, 0xd3],
      ].map((all) => Buffer.from(all)))
        expect(Buffer.from((await expectOwnData(within(padding))).prepared).equals(jpeg)).toBe(true);
    },
  );

  it('loses tables that no scan uses, and those that another takes the place of', async () => {
    const jpeg = drawing();
    const codes = Buffer.concat([Buffer.of(0x13, ...Array(15).fill(0), hidden.length), hidden]);
    const steps = Buffer.concat([Buffer.of(0), hidden, Buffer.alloc(64 - hidden.length, 1)]);
    const first = findSegment(jpeg, 0xdb);
    const bytes = inserted(
      inserted(jpeg, findSegment(jpeg, 0xda), segment(0xc4, codes)),
      first,
      Buffer.concat([segment(0xdb, steps), segment(0xdd, Buffer.of(1, 2)), segment(0xdd, Buffer.of(0, 0))]),
    );
    const { prepared: kept } = await expectOwnData(bytes);
    expect(kept.length).toBe(jpeg.length + 6);
  });
});

describe('the colours of a JPEG', () => {
  it('keeps what tells its colours, and nothing more of it', async () => {
    const jpeg = drawing({
      sampling: [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    });
    const adobe = (transform: number) =>
      segment(
        0xee,
        Buffer.concat([Buffer.from('Adobe\0d'), Buffer.of(0x12, 0x34, 0x56, 0x78, transform), hidden]),
      );
    const jfif = segment(
      0xe0,
      Buffer.concat([Buffer.from('JFIF\0\x01\x02\x01\0\x48\0\x48\x03\x03', 'latin1'), hidden]),
    );
    const inRgb = await expectOwnData(inserted(jpeg, 2, adobe(0)));
    const inYcc = await expectOwnData(inserted(jpeg, 2, adobe(1)));
    await expectOwnData(inserted(jpeg, 2, jfif));
    expect((await pixels(inRgb.prepared)).equals(await pixels(inYcc.prepared))).toBe(false);
    for (const { prepared: kept } of [inRgb, inYcc]) {
      expect(Buffer.from(kept).includes(Buffer.of(0x34, 0x56, 0x78))).toBe(false);
      expect(kept.length).toBe(jpeg.length + 16);
    }
  });

  it('is encoded anew where it is turned, in CMYK, or in colours of its own', async () => {
    const turned = await noise().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const cmyk = await noise().toColourspace('cmyk').jpeg().toBuffer();
    const wide = await plainPicture(300, 200, 250).withIccProfile('p3').jpeg().toBuffer();
    for (const jpeg of [turned, cmyk, wide]) {
      const picture = await prepared(inserted(jpeg, 2, segment(0xe4, hidden)));
      expect(picture.notes).toContain('reencoded');
      const { icc, exif, space } = await sharp(picture.prepared).metadata();
      expect({ icc, exif, space }).toEqual({ icc: undefined, exif: undefined, space: 'srgb' });
    }
    const { data } = await sharp((await prepared(wide)).prepared)
      .raw()
      .toBuffer({ resolveWithObject: true });
    for (const [at, shade] of [250, 90, 60].entries())
      expect(Math.abs((data[at] ?? 0) - shade)).toBeLessThanOrEqual(3);
  });

  it('loses a profile that says what is so without it', async () => {
    const jpeg = await noise().withIccProfile('srgb').jpeg().toBuffer();
    const picture = await prepared(jpeg);
    expect(picture.notes).not.toContain('reencoded');
    expect((await sharp(picture.prepared).metadata()).hasProfile).toBe(false);
  });
});

describe('the data of a JPEG', () => {
  it('is damaged where its frame does not count all rows, and loses a second picture in the same frame', async () => {
    const jpeg = drawing();
    const lower = Buffer.from(jpeg);
    lower.writeUInt16BE(16, findSegment(jpeg, 0xc0) + 5);
    expect(await pictureTool.prepare(lower)).toMatchObject({ error: { code: 'picture.damaged' } });
    const other = drawing({ seed: 'another' });
    const scan = other.subarray(findSegment(other, 0xda), -2);
    const twice = inserted(jpeg, jpeg.length - 2, scan);
    expect(Buffer.from((await expectOwnData(twice)).prepared).equals(jpeg)).toBe(true);
  });

  it('is damaged where rows are missing, and whole without its last two bytes', async () => {
    for (const name of ['baseline', 'progressive', 'drawn', 'drawn, with restart markers']) {
      const jpeg = (await JPEGS[name]?.()) as Buffer;
      const higher = Buffer.from(jpeg);
      const height = findSegment(jpeg, name === 'progressive' ? 0xc2 : 0xc0) + 5;
      higher.writeUInt16BE(jpeg.readUInt16BE(height) * 2, height);
      const cut = Buffer.concat([jpeg.subarray(0, -60), Buffer.of(0xff, 0xd9)]);
      for (const bytes of [higher, cut, cut.subarray(0, -2)])
        expect(await pictureTool.prepare(bytes)).toMatchObject({ error: { code: 'picture.damaged' } });
      for (const missing of [1, 2]) {
        const endless = await prepared(jpeg.subarray(0, -missing));
        expect(Buffer.from(endless.prepared).equals(jpeg)).toBe(true);
      }
    }
  });

  it('is damaged where bytes of its middle are missing or there twice', async () => {
    const scan = await readFile('resources/specimens/flat-1.jpg');
    for (const jpeg of [scan, await sharp(scan).jpeg({ progressive: true }).toBuffer()]) {
      const [before, middle, after] = [
        jpeg.subarray(0, 70_000),
        jpeg.subarray(70_000, 70_500),
        jpeg.subarray(70_500),
      ];
      for (const parts of [
        [before, after],
        [before, middle, middle, after],
      ])
        expect(await pictureTool.prepare(Buffer.concat(parts))).toMatchObject({
          error: { code: 'picture.damaged' },
        });
    }
  });

  it('may fill up with bytes before a restart marker', async () => {
    const jpeg = drawing({ restartEvery: 3 });
    const filled = inserted(jpeg, jpeg.indexOf(Buffer.of(0xff, 0xd1)), Buffer.of(0xff, 0xff));
    expect(Buffer.from((await expectOwnData(filled)).prepared).equals(filled)).toBe(true);
  });

  it('never throws, whatever its bytes are', async () => {
    const all = await Promise.all(Object.values(JPEGS).map((make) => make()));
    const change = fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat({ max: 255 }));
    await expect(
      fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...all),
          fc.array(change, { minLength: 1, maxLength: 4 }),
          async (jpeg, changes) => {
            const bytes = Buffer.from(jpeg);
            for (const [where, value] of changes) bytes[2 + Math.floor(where * (bytes.length - 2))] = value;
            const result = await pictureTool.prepare(bytes);
            if (result.ok) expect((await pixels(result.value.prepared)).length).toBeGreaterThan(0);
          },
        ),
        { numRuns: 150 },
      ),
    ).resolves.toBeUndefined();
  });
});
