/** What is kept and sent of a picture is what was looked at: its own data, and nothing else that came in its file. */
import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import type { CardId } from '../../src/shared/ids';
import { ok } from '../../src/shared/result';
import { inserted, segment } from '../helpers/jpeg';
import { HIDDEN, hidden, NOISE, noise, prepared } from '../helpers/own-data';
import { plainPicture } from '../helpers/pictures';
import { chunksOf, pngOf, type Chunk } from '../helpers/png';
import { desksOfEachTest } from '../helpers/desks';
import type { TestDesk } from '../helpers/test-desk';
import { eventually } from '../helpers/eventually';

describe('a file of several pages', () => {
  const pages = (): Sharp =>
    sharp(NOISE.subarray(0, 83 * 56 * 3), { raw: { width: 83, height: 56, channels: 3, pageHeight: 28 } });

  it.each<[string, () => Promise<Buffer>]>([
    ['TIFF', () => pages().tiff().toBuffer()],
    ['TIFF, packed', () => pages().tiff({ compression: 'lzw' }).toBuffer()],
    ['animated WebP', () => pages().webp().toBuffer()],
    [
      'animated PNG',
      async () => {
        const [head, ...rest] = chunksOf(await noise().png().toBuffer());
        return pngOf([head as Chunk, { name: 'acTL', data: Buffer.of(0, 0, 0, 2, 0, 0, 0, 0) }, ...rest]);
      },
    ],
  ])('is refused by name: %s', async (_name, make) => {
    expect(await pictureTool.prepare(await make())).toMatchObject({
      error: { code: 'picture.severalPages' },
    });
  });

  it('is none when it has one, and nothing but that is kept, pixel for pixel', async () => {
    const metadata = { exif: { IFD0: { ImageDescription: HIDDEN } } };
    for (const bytes of [
      await noise().withMetadata(metadata).tiff().toBuffer(),
      await noise().withMetadata(metadata).webp({ lossless: true }).toBuffer(),
    ]) {
      expect(Buffer.concat([bytes, hidden]).includes(hidden)).toBe(true);
      const picture = await prepared(Buffer.concat([bytes, hidden]));
      expect((await sharp(picture.prepared).metadata()).format).toBe('png');
      const pixels = (of: Uint8Array) => sharp(of).flatten().toColourspace('srgb').raw().toBuffer();
      expect(Buffer.compare(await pixels(picture.prepared), await pixels(bytes))).toBe(0);
    }
  });
});

describe('intake', () => {
  const openDesk = desksOfEachTest();

  const loaded = async () =>
    Buffer.concat([
      inserted(
        await plainPicture().jpeg().toBuffer(),
        2,
        segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), hidden])),
      ),
      hidden,
    ]);
  const loadedPng = async () => {
    const [head, ...rest] = chunksOf(await plainPicture().png().toBuffer());
    return pngOf([head as Chunk, { name: 'tEXt', data: hidden }, ...rest]);
  };
  const WAYS: Readonly<Record<string, (test: TestDesk, bytes: Buffer) => Promise<unknown>>> = {
    file: async (test, bytes) => {
      const folder = path.join(test.folder, 'in');
      await mkdir(folder);
      await writeFile(path.join(folder, 'a.jpg'), bytes);
      await test.desk.intake.take('in', { paths: [folder] });
    },
    clipboard: (test, bytes) => test.desk.intake.take('in', { clipboard: [{ name: 'pasted', bytes }] }),
    link: (test) =>
      test.desk.intake.take('in', { links: [{ url: 'https://a.example/a.jpg', name: 'a.jpg' }] }),
  };

  it.each(
    Object.keys(WAYS).flatMap((way) => [
      [way, 'JPEG', loaded] as const,
      [way, 'PNG', loadedPng] as const,
      [way, 'TIFF', async () => Buffer.concat([await plainPicture().tiff().toBuffer(), hidden])] as const,
    ]),
  )('looks at, keeps and sends nothing but the picture: from a %s, %s', async (way, _format, make) => {
    const bytes = await make();
    const looked: Uint8Array[] = [];
    const test = openDesk({
      looker: {
        look: async (picture) => {
          looked.push(picture);
          return ok({ side: 'front', secrets: [], cards: [] });
        },
      },
      links: { fetch: async () => ok(bytes) },
    });
    test.desk.start();
    await WAYS[way]?.(test, bytes);
    await test.desk.intake.idle();
    const card = test.store.card(1 as CardId);
    await eventually(() => expect(test.engines.local.images).toHaveLength(1));
    expect(card?.sha256).toBe(pictureTool.sha256(bytes));
    expect(card?.byteLength).toBe(bytes.length);
    const { source, original = '', thumb = '' } = card?.pictures ?? {};
    expect(source).toBe(original);
    const stored = readdirSync(path.join(test.folder, 'pictures'), { recursive: true, withFileTypes: true });
    const names = stored.filter((entry) => entry.isFile()).map(({ name }) => name);
    expect(names.sort()).toEqual([original, thumb].sort());
    const kept = await test.pictures.get(original);
    expect(looked.map((picture) => Buffer.compare(picture, kept))).toEqual([0]);
    expect(Buffer.compare(test.engines.local.images[0] ?? Buffer.of(), kept)).toBe(0);
    for (const name of [original, thumb])
      expect(Buffer.from(await test.pictures.get(name)).includes(hidden)).toBe(false);
  });
});
