/** Several cards on one picture: a record each, all at once or none, and none twice. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import type { Corners, PictureLook, PictureLooker } from '../../src/core/intake/ports';
import type { BatchId } from '../../src/shared/ids';
import { fail, ok } from '../../src/shared/result';
import { bmpOf } from '../helpers/bmp';
import { desksOfEachTest } from '../helpers/desks';
import type { TestDesk } from '../helpers/test-desk';
import { openLocalEngine } from '../helpers/local-engine';
import { loadNumberMaker } from '../../tools/specimens/numbers';
import { makeSpecimen } from '../../tools/specimens/specimen';
import { eventually } from '../helpers/eventually';

const root = fileURLToPath(new URL('../../', import.meta.url));
const WIDTH = 1200;
const HEIGHT = 800;
const FRONT: PictureLook = { side: 'front', secrets: [], cards: [] };

/** A card of 400 x 252 pixels, turned by some degrees, as shares of the plate. */
function lying(x: number, y: number, degrees = 0): Corners {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const corner = (u: number, v: number) => ({
    x: (x + u * cos - v * sin) / WIDTH,
    y: (y + u * sin + v * cos) / HEIGHT,
  });
  return [corner(-200, -126), corner(200, -126), corner(200, 126), corner(-200, 126)];
}
const CARDS = [lying(300, 200, 3), lying(850, 220), lying(320, 560)] as const;
const PLATE: PictureLook = { side: 'front', secrets: [], cards: CARDS };
const BACK: PictureLook = { side: 'back', secrets: [lying(200, 100)], cards: [] };

/** Grey cards on white, and on each a green spot 100 pixels to the left of its middle. */
function plate() {
  const shapes = [
    [300, 200, 3],
    [850, 220, 0],
    [320, 560, 0],
  ].map(
    ([x, y, degrees]) =>
      `<g transform="translate(${x} ${y}) rotate(${degrees})"><rect x="-200" y="-126" width="400" height="252" fill="#777"/><circle cx="-100" cy="0" r="15" fill="#00ff00"/></g>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${shapes.join('')}</svg>`;
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#ffffff' } }).composite([
    { input: Buffer.from(svg) },
  ]);
}
const plateJpeg = () => plate().jpeg({ quality: 95 }).toBuffer();

describe('taking pieces out of a picture', () => {
  const formats: Record<string, () => Promise<Uint8Array>> = {
    JPEG: plateJpeg,
    'a JPEG that EXIF turns': async () =>
      sharp(await plateJpeg())
        .rotate(-90)
        .withMetadata({ orientation: 6 })
        .jpeg({ quality: 95 })
        .toBuffer(),
    BMP: async () => bmpOf(await plate().removeAlpha().raw().toBuffer(), WIDTH, HEIGHT),
  };

  it.each(Object.keys(formats))(
    'gives each upright with a little room, in its own resolution: %s',
    async (name) => {
      const taken = await pictureTool.takeApart((await formats[name]?.()) as Uint8Array, CARDS);
      if (!taken.ok) throw new Error(taken.error.code, { cause: taken.error.cause });
      expect(taken.value).toHaveLength(3);
      for (const piece of taken.value) {
        const { data, info } = await sharp(piece.prepared).raw().toBuffer({ resolveWithObject: true });
        expect([info.width, info.height]).toEqual([piece.width, piece.height]);
        expect(Math.abs(info.width - 424)).toBeLessThanOrEqual(3);
        expect(Math.abs(info.height - 276)).toBeLessThanOrEqual(3);
        const at = (x: number, y: number) =>
          [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)].map((value) => value > 180);
        expect(at(112, 138)).toEqual([false, true, false]);
        expect(at(312, 138)).toEqual([false, false, false]);
        expect(at(4, 138)).toEqual([true, true, true]);
        expect((await sharp(piece.thumb).metadata()).width).toBe(320);
      }
    },
  );

  it('fails where the picture does not decode', async () => {
    const half = (await plateJpeg()).subarray(0, 4000);
    expect(await pictureTool.takeApart(half, CARDS)).toMatchObject({ error: { code: 'picture.damaged' } });
  });
});

const openDesk = desksOfEachTest();

/** A desk whose looker sees the plate, and then each of its pieces in turn. */
function desk(looks: readonly (PictureLook | 'crashes')[] | PictureLooker, folder?: string): TestDesk {
  let seen = 0;
  const looker: PictureLooker =
    'look' in looks
      ? looks
      : {
          look() {
            const next = looks[seen++ % looks.length];
            return next === 'crashes' ? Promise.resolve(fail('picture.notLookedAt')) : lookOf(next);
          },
        };
  const made = openDesk({ looker, ...(folder !== undefined && { folder }) });
  made.desk.queue.pause();
  return made;
}

async function scans(test: TestDesk): Promise<string> {
  const folder = path.join(test.folder, 'in');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'plate.jpg'), await plateJpeg());
  return folder;
}
async function taken(test: TestDesk): Promise<TestDesk> {
  await test.desk.intake.take('scans', { paths: [await scans(test)] });
  await test.desk.intake.idle();
  return test;
}
function cardsOf({ store }: TestDesk) {
  return store.cards(store.ids({}, { key: 'takenIn', descending: false }));
}
function storedFiles({ folder }: TestDesk): string[] {
  const pictures = path.join(folder, 'pictures');
  if (!existsSync(pictures)) return [];
  const entries = readdirSync(pictures, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
const SEEN = [PLATE, FRONT, FRONT, FRONT] as const;
const NAMES = ['plate.jpg (1/3)', 'plate.jpg (2/3)', 'plate.jpg (3/3)'];

describe('several cards on one picture', () => {
  it('become a record each, with its own picture and not the whole', async () => {
    const test = await taken(desk(SEEN));
    const cards = cardsOf(test);
    expect(cards.map(({ name }) => name)).toEqual(NAMES);
    expect(cards.map(({ state }) => state.kind)).toEqual(['queued', 'queued', 'queued']);
    for (const { intakeNotes, pictures, pictureWidth, pictureHeight } of cards) {
      expect(intakeNotes).toContain('piece');
      expect(pictures.source).toBe(pictures.original);
      const { width, height } = await sharp(await test.pictures.get(pictures.original ?? '')).metadata();
      expect([width, height]).toEqual([pictureWidth, pictureHeight]);
      expect(width).toBeLessThan(440);
    }
    const named = cards.flatMap(({ pictures: { original, thumb } }) => [original ?? '', thumb ?? '']);
    expect(new Set(named).size).toBe(6);
    expect(storedFiles(test).sort()).toEqual(named.sort());
    expect(test.store.batches()[0]?.counts).toMatchObject({ arriving: 0, queued: 3, failed: 0 });
  });

  it('are each looked at: one that shows its CVV fails alone and leaves nothing', async () => {
    const test = await taken(desk([PLATE, FRONT, BACK, FRONT]));
    const cards = cardsOf(test);
    expect(cards.map(({ state }) => (state.kind === 'failed' ? state.code : state.kind))).toEqual([
      'queued',
      'picture.showsCvv',
      'queued',
    ]);
    expect(cards[1]?.pictures).toEqual({});
    expect(storedFiles(test)).toHaveLength(4);
  });

  it('are not taken where one of them cannot be looked at', async () => {
    const test = await taken(desk([PLATE, FRONT, 'crashes']));
    expect(cardsOf(test).map(({ name, state }) => [name, state.kind])).toEqual([['plate.jpg', 'failed']]);
    expect(storedFiles(test)).toEqual([]);
  });

  it('leave nothing of a pasted picture but their own', async () => {
    const test = desk(SEEN);
    await test.desk.intake.take('pasted', { clipboard: [{ name: 'Pasted', bytes: await plateJpeg() }] });
    await test.desk.intake.idle();
    expect(cardsOf(test).map(({ name }) => name)).toEqual(['Pasted (1/3)', 'Pasted (2/3)', 'Pasted (3/3)']);
    expect(storedFiles(test)).toHaveLength(6);
  });

  it('are no duplicates of each other, and are known again when the picture comes a second time', async () => {
    const test = await taken(desk(SEEN));
    const duplicates = () => cardsOf(test).map((card) => test.store.duplicates(card));
    expect(duplicates().map(({ pictureInBatch }) => pictureInBatch)).toEqual([0, 0, 0]);
    await taken(test);
    expect(cardsOf(test)).toHaveLength(6);
    expect(duplicates().map(({ pictureElsewhere }) => pictureElsewhere)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('are duplicates of the picture taken in whole', async () => {
    const test = await taken(desk([PLATE, FRONT, FRONT, FRONT, FRONT]));
    await taken(test);
    const [whole] = cardsOf(test).filter(({ piece }) => piece === undefined);
    expect(whole && test.store.duplicates(whole).pictureElsewhere).toBe(3);
    const pieces = cardsOf(test).filter(({ piece }) => piece !== undefined);
    expect(pieces.map((piece) => test.store.duplicates(piece).pictureElsewhere)).toEqual([1, 1, 1]);
  });

  it.each([1, 2, 3])('are all there once after a crash at look %i', async (at) => {
    let asked = 0;
    const test = desk({
      look: () => (++asked > at ? new Promise(() => undefined) : lookOf(SEEN[asked - 1])),
    });
    await test.desk.intake.take('scans', { paths: [await scans(test)] });
    await eventually(() => expect(asked).toBeGreaterThan(at));
    const after = desk(SEEN, test.crash());
    after.desk.start();
    await after.desk.intake.idle();
    expect(cardsOf(after).map(({ name }) => name)).toEqual(NAMES);
  });

  it('are not doubled when their folder is walked again', async () => {
    const test = await taken(desk(SEEN));
    test.store.addFolder(1 as BatchId, path.join(test.folder, 'in'));
    const after = desk(SEEN, test.crash());
    after.desk.start();
    await after.desk.intake.idle();
    expect(after.store.foldersToWalk()).toEqual([]);
    expect(cardsOf(after).map(({ name }) => name)).toEqual(NAMES);
  });

  it('are not there when the batch was cancelled before the last was looked at', async () => {
    let asked = 0;
    const test = desk({
      look: (_bytes, signal) =>
        ++asked < 3
          ? lookOf(SEEN[asked - 1])
          : new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined))),
    });
    const batch = await test.desk.intake.take('scans', { paths: [await scans(test)] });
    await eventually(() => expect(asked).toBe(3));
    test.desk.intake.cancel(batch);
    await test.desk.intake.idle();
    expect(cardsOf(test).map(({ name, state }) => [name, state.kind])).toEqual([['plate.jpg', 'failed']]);
    expect(storedFiles(test)).toEqual([]);
    expect(test.defects).toEqual([]);
  });
});

function lookOf(look: PictureLook | undefined): ReturnType<PictureLooker['look']> {
  return Promise.resolve(ok(look ?? FRONT));
}

describe('the local engine looking at a plate drawn here', () => {
  const engine = openLocalEngine();
  afterAll(() => engine.close());

  it('makes a record of each card that lies on it', async () => {
    const makeNumber = await loadNumberMaker(path.join(root, 'resources/bin-table.json'));
    const { jpeg, truth } = await makeSpecimen('plate-2', makeNumber);
    const test = desk(engine);
    const file = path.join(test.folder, 'plate.jpg');
    await writeFile(file, jpeg);
    await test.desk.intake.take('scans', { paths: [file] });
    await test.desk.intake.idle();
    const cards = cardsOf(test);
    const count = truth.cards?.length ?? 0;
    expect(count).toBeGreaterThan(1);
    expect(cards.map(({ name }) => name)).toEqual(
      Array.from({ length: count }, (_none, at) => `plate.jpg (${at + 1}/${count})`),
    );
    expect(cards.map(({ state }) => state.kind)).toEqual(cards.map(() => 'queued'));
  });
});
