/** A back that shows its CVV is not kept, or only painted over: whatever happens on the way, nothing else of it stays. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { WorkerChannel } from '../../src/adapters/local-engine';
import { insideQuad, type Quad } from '../../src/adapters/local-engine/picture/geometry';
import type { CancelSignal } from '../../src/core/recognition/ports';
import type { Corners, PictureLook, PictureLooker } from '../../src/core/intake/ports';
import type { BatchId, CardId } from '../../src/shared/ids';
import { fail, ok } from '../../src/shared/result';
import { plainPicture, writePictures } from '../helpers/pictures';
import { desksOfEachTest } from '../helpers/desks';
import type { TestDesk } from '../helpers/test-desk';
import { openLocalEngine } from '../helpers/local-engine';
import { loadNumberMaker } from '../../tools/specimens/numbers';
import { makeSpecimen } from '../../tools/specimens/specimen';
import { eventually } from '../helpers/eventually';

const root = fileURLToPath(new URL('../../', import.meta.url));
const only = 1 as CardId;
const SPOT: Corners = [
  { x: 0.5, y: 0.4 },
  { x: 0.6, y: 0.4 },
  { x: 0.6, y: 0.5 },
  { x: 0.5, y: 0.5 },
];
const FRONT: PictureLook = { side: 'front', secrets: [], cards: [] };
const CLEAN_BACK: PictureLook = { side: 'back', secrets: [], cards: [] };
const SHOWS: PictureLook = { side: 'back', secrets: [SPOT], cards: [] };

const openDesk = desksOfEachTest();

/** What is seen of each picture in turn; the last one of all that follow. */
function deskThatSees(...looks: readonly PictureLook[]): TestDesk {
  let seen = 0;
  return desk({ look: async () => ok(looks[Math.min(seen++, looks.length - 1)] ?? FRONT) });
}
function desk(looker: PictureLooker): TestDesk {
  const made = openDesk({ looker });
  made.desk.queue.pause();
  return made;
}

function storedFiles({ folder }: Pick<TestDesk, 'folder'>): string[] {
  const pictures = path.join(folder, 'pictures');
  if (!existsSync(pictures)) return [];
  return readdirSync(pictures, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

async function takeFile(test: TestDesk): Promise<void> {
  await test.desk.intake.take('scans', { paths: await writePictures(path.join(test.folder, 'in'), 1) });
  await test.desk.intake.idle();
}
async function paste(test: TestDesk): Promise<void> {
  const bytes = await plainPicture().png().toBuffer();
  await test.desk.intake.take('pasted', { clipboard: [{ name: 'Pasted picture', bytes }] });
}
const stateOf = (test: TestDesk) => test.store.card(only)?.state;

describe('a picture that shows a CVV', () => {
  it.each([
    ['from a file', takeFile],
    ['from the clipboard', paste],
  ])('is refused and leaves nothing behind: %s', async (_from, take) => {
    const test = deskThatSees(SHOWS);
    await take(test);
    await test.desk.intake.idle();
    expect(stateOf(test)).toMatchObject({ kind: 'failed', code: 'picture.showsCvv' });
    expect(test.store.card(only)?.pictures).toEqual({});
    expect(storedFiles(test)).toEqual([]);
    expect(test.defects).toEqual([]);
  });

  it.each([
    ['from a file', takeFile],
    ['from the clipboard', paste],
  ])('is kept with the digits under paint and not as it came: %s', async (_from, take) => {
    const test = deskThatSees(SHOWS, CLEAN_BACK);
    test.desk.settings.change({ cardBacks: 'paintOver' });
    await take(test);
    await test.desk.intake.idle();
    const card = test.store.card(only);
    expect(card?.state.kind).toBe('queued');
    expect(card?.intakeNotes).toEqual(['cvvPainted']);
    const { source, original, thumb } = card?.pictures ?? {};
    expect(source).toBe(original);
    expect(storedFiles(test).sort()).toEqual([original ?? '', thumb ?? ''].sort());
    for (const name of [original, thumb]) {
      const { data, info } = await sharp(await test.pictures.get(name ?? ''))
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const at = (x: number, y: number) =>
        data[Math.round(y * info.height) * info.width + Math.round(x * info.width)] ?? NaN;
      expect(at(0.55, 0.45)).toBeLessThan(40);
      expect(at(0.45, 0.45)).toBeGreaterThan(60);
      expect(at(0.55, 0.55)).toBeGreaterThan(60);
    }
  });

  it('is refused where the paint did not hide all', async () => {
    const test = deskThatSees(SHOWS);
    test.desk.settings.change({ cardBacks: 'paintOver' });
    await takeFile(test);
    expect(stateOf(test)).toMatchObject({ kind: 'failed', code: 'picture.showsCvv' });
    expect(storedFiles(test)).toEqual([]);
  });
});

describe('looking before keeping', () => {
  it('lets a back without a CVV pass with a note, and a front without one', async () => {
    const test = deskThatSees(CLEAN_BACK, FRONT);
    await takeFile(test);
    await paste(test);
    await test.desk.intake.idle();
    const notes = [only, 2 as CardId].map((id) => test.store.card(id)?.intakeNotes);
    expect(notes).toEqual([['cardBack'], []]);
    expect(test.store.counts().queued).toBe(2);
  });

  it('is asked about the picture that would be kept', async () => {
    const asked: Uint8Array[] = [];
    const test = desk({
      look: async (bytes) => {
        asked.push(bytes);
        return ok(FRONT);
      },
    });
    await takeFile(test);
    const original = await test.pictures.get(test.store.card(only)?.pictures.original ?? '');
    expect(asked.map((bytes) => Buffer.compare(bytes, original))).toEqual([0]);
  });

  it('fails the card and says to try again where nobody could look', async () => {
    const broken = new Error('the process ended');
    const test = desk({ look: async () => fail('picture.notLookedAt', undefined, broken) });
    await paste(test);
    await test.desk.intake.idle();
    expect(stateOf(test)).toMatchObject({ kind: 'failed', code: 'picture.notLookedAt' });
    expect(storedFiles(test)).toEqual([]);
    expect(test.defects).toEqual([broken]);
  });

  it('ends when the batch is cancelled, and keeps nothing', async () => {
    let signal: CancelSignal | undefined;
    const test = desk({
      look: (_bytes, given) =>
        new Promise((resolve) => {
          signal = given;
          given.addEventListener('abort', () => resolve(undefined));
        }),
    });
    await paste(test);
    await eventually(() => expect(signal).toBeDefined());
    test.desk.intake.cancel(1 as BatchId);
    expect(signal?.aborted).toBe(true);
    await test.desk.intake.idle();
    expect(stateOf(test)).toMatchObject({ kind: 'failed', code: 'intake.cancelled' });
    expect(storedFiles(test)).toEqual([]);
    expect(test.defects).toEqual([]);
  });

  it('starts again after a crash in the middle of it', async () => {
    const test = desk({ look: () => new Promise(() => undefined) });
    await paste(test);
    const after = openDesk({ folder: test.crash(), looker: { look: async () => ok(SHOWS) } });
    after.desk.start();
    await after.desk.intake.idle();
    expect(stateOf(after)).toMatchObject({ kind: 'failed', code: 'picture.showsCvv' });
    expect(storedFiles(after)).toEqual([]);
  });

  it('forgets at the next start what a crash left of a refused picture', async () => {
    const test = desk({ look: () => new Promise(() => undefined) });
    await paste(test);
    const { store } = test;
    const source = store.card(only)?.pictures.source;
    store.transaction(() => {
      const state = { kind: 'failed', code: 'picture.showsCvv', at: 1 } as const;
      store.change(only, { state, pictures: {} }, 1);
      store.setSetting('intake.leftovers', JSON.stringify([source]));
    });
    const after = openDesk({ folder: test.crash() });
    expect(storedFiles(after)).toHaveLength(1);
    after.desk.start();
    await eventually(() => expect(storedFiles(after)).toEqual([]));
    expect(after.defects).toEqual([]);
  });
});

describe('the local engine looking at cards drawn here', () => {
  const channels: WorkerChannel[] = [];
  const engine = openLocalEngine((channel) => channels.push(channel));
  afterAll(() => engine.close());
  const patience = new AbortController().signal;
  const numbers = loadNumberMaker(path.join(root, 'resources/bin-table.json'));

  /** Another processor's arithmetic may lose a doubtful picture: most of several must be right, not each. */
  const MAY_BE_WRONG = 1;
  async function wrongOf(
    seeds: readonly string[],
    right: (seed: string) => Promise<boolean>,
  ): Promise<readonly string[]> {
    const wrong: string[] = [];
    for (const seed of seeds) if (!(await right(seed))) wrong.push(seed);
    return wrong;
  }

  it('sees where the CVV is, whichever way up', async () => {
    const wrong = await wrongOf(['back-2', 'back-3', 'back-4', 'back-5', 'back-106'], async (seed) => {
      const { jpeg, truth } = await makeSpecimen(seed, await numbers);
      const { width, height } = await sharp(jpeg).metadata();
      const look = await engine.look(jpeg, patience);
      if (!look?.ok || !truth.cvv) throw new Error('Expected a look at a back with a CVV');
      const quads = look.value.secrets.map(
        (corners) => corners.map(({ x, y }) => ({ x: x * width, y: y * height })) as unknown as Quad,
      );
      const covered = truth.cvv.every(([x, y]) =>
        quads.some((quad) => insideQuad(quad, { x, y }, height / 100)),
      );
      return look.value.side === 'back' && covered;
    });
    expect(wrong.length, `missed on ${wrong.join(', ')}`).toBeLessThanOrEqual(MAY_BE_WRONG);
  });

  it('sees backs without a CVV as such', async () => {
    const wrong = await wrongOf(
      ['backClean-101', 'backClean-2', 'backClean-3', 'backClean-4', 'backClean-5'],
      async (seed) => {
        const { jpeg } = await makeSpecimen(seed, await numbers);
        return isDeepStrictEqual(await engine.look(jpeg, patience), ok(CLEAN_BACK));
      },
    );
    expect(wrong.length, `seen otherwise: ${wrong.join(', ')}`).toBeLessThanOrEqual(MAY_BE_WRONG);
  });

  it('sees a front as such', async () => {
    const front = await readFile(path.join(root, 'resources/specimens/flat-1.jpg'));
    expect(await engine.look(front, patience)).toEqual(ok(FRONT));
  });

  it('looks once more where its process is killed, and fails where that is killed as well', async () => {
    const front = await readFile(path.join(root, 'resources/specimens/flat-1.jpg'));
    const again = engine.look(front, patience);
    channels.at(-1)?.kill();
    expect(await again).toEqual(ok(FRONT));
    const lost = engine.look(front, patience);
    const before = channels.length;
    channels.at(-1)?.kill();
    await eventually(() => expect(channels.length).toBe(before + 1));
    channels.at(-1)?.kill();
    expect(await lost).toMatchObject({ ok: false, error: { code: 'picture.notLookedAt' } });
  });

  it('fails where the bytes are no picture, and goes on with the next picture', async () => {
    const front = await readFile(path.join(root, 'resources/specimens/flat-1.jpg'));
    expect(await engine.look(Buffer.from('nothing'), patience)).toMatchObject({
      ok: false,
      error: { code: 'picture.notLookedAt' },
    });
    expect(await engine.look(front, patience)).toEqual(ok(FRONT));
  });

  it('is called off at once', async () => {
    const controller = new AbortController();
    const look = engine.look(
      await readFile(path.join(root, 'resources/specimens/flat-1.jpg')),
      controller.signal,
    );
    controller.abort();
    expect(await look).toBeUndefined();
  });
});
