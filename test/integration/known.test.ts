/** What the desk knows is neither taken in nor paid for again; what is new, changed or still open is. */
import { copyFile, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { NamedOptions, NamedSource } from '../../src/core/intake/named';
import type { LinkTool, PictureLook } from '../../src/core/intake/ports';
import type { CardId } from '../../src/shared/ids';
import { ok } from '../../src/shared/result';
import { plainPicture, writePictures } from '../helpers/pictures';
import { desksOfEachTest } from '../helpers/desks';
import { engineError, type openTestDesk, recognition, type TestDesk } from '../helpers/test-desk';
import { eventually } from '../helpers/eventually';

const FRONT: PictureLook = { side: 'front', secrets: [], cards: [] };
const number = (call: number) => ({ cardNumber: `62220202001122334${String(call).padStart(2, '0')}` });
const read = (call: number) => recognition(number(call));
const openDesk = desksOfEachTest();
function desk(...parts: Parameters<typeof openTestDesk>): TestDesk {
  const made = openDesk(...parts);
  made.desk.start();
  return made;
}
const cloud = (more: Parameters<typeof openTestDesk>[0] = {}) =>
  desk({ credentials: true, tencent: read, local: read, ...more });

async function name(
  { desk }: TestDesk,
  sources: readonly (string | NamedSource)[],
  options: Partial<NamedOptions> = {},
): Promise<readonly CardId[]> {
  const named = await desk.takeNamed(
    sources.map((source) => (typeof source === 'string' ? { kind: 'path', path: source } : source)),
    { batchName: 'run', again: false, ...options },
  );
  await desk.intake.idle();
  await desk.queue.settled();
  return named?.() ?? [];
}
const names = ({ store }: TestDesk, ids: readonly CardId[]) => store.cards(ids).map((card) => card.name);
const kinds = ({ store }: TestDesk, ids: readonly CardId[]) =>
  store.cards(ids).map(({ state }) => (state.kind === 'failed' ? state.code : state.kind));

describe('named again', () => {
  let test: TestDesk;
  let folder: string;
  beforeEach(async () => {
    test = cloud();
    folder = path.join(test.folder, 'in');
    await writePictures(folder, 4);
  });

  it('is the same cards, in the order of naming and each once, and costs nothing', async () => {
    const first = await name(test, [folder]);
    expect(test.engines.tencent.calls).toBe(4);
    expect(await name(test, [folder])).toEqual(first);
    const last = path.join(folder, 'scan-004.jpg');
    expect(await name(test, [last, folder, path.join(folder, 'scan-001.jpg')])).toEqual([
      first[3],
      ...first.slice(0, 3),
    ]);
    expect(test.engines.tencent.calls).toBe(4);
    expect(test.store.batches()).toHaveLength(1);
  });

  it('brings in what is new, and holds only what was named', async () => {
    await name(test, [path.join(folder, 'scan-002.jpg'), path.join(folder, 'scan-003.jpg')]);
    await writeFile(path.join(folder, 'broken.jpg'), 'no picture');
    const ids = await name(test, [folder]);
    expect(names(test, ids)).toEqual([
      'broken.jpg',
      'scan-001.jpg',
      'scan-002.jpg',
      'scan-003.jpg',
      'scan-004.jpg',
    ]);
    expect(test.engines.tencent.calls).toBe(4);
    expect(await name(test, [path.join(folder, 'scan-003.jpg')])).toEqual([ids[3]]);
  });

  it('is a new card when other bytes lie at the place, and the old one when the old bytes are back', async () => {
    const file = path.join(folder, 'scan-001.jpg');
    const kept = path.join(test.folder, 'kept.jpg');
    const [old] = await name(test, [file]);
    await rename(file, kept);
    await copyFile(path.join(folder, 'scan-002.jpg'), file);
    const [other] = await name(test, [file]);
    expect(other).not.toBe(old);
    expect(test.engines.tencent.calls).toBe(2);
    await rename(kept, file);
    expect(await name(test, [file])).toEqual([old]);
    expect(test.engines.tencent.calls).toBe(2);
  });

  it('tries again what failed for its file’s sake, on the same card', async () => {
    const late = path.join(folder, 'late.jpg');
    const ids = await name(test, [late]);
    expect(kinds(test, ids)).toEqual(['file.gone']);
    expect(await name(test, [late])).toEqual(ids);
    await writeFile(late, 'no picture');
    expect(kinds(test, await name(test, [late]))).toEqual(['picture.unknownFormat']);
    expect(await name(test, [late])).toEqual(ids);
    await copyFile(path.join(folder, 'scan-001.jpg'), late);
    expect(kinds(test, await name(test, [late]))).toEqual(['pending']);
    expect(test.store.counts().failed).toBe(1);
  });

  it('says so when a file that was read is gone, and knows it when it is back', async () => {
    const file = path.join(folder, 'scan-001.jpg');
    const first = await name(test, [file]);
    await rename(file, `${file}.away`);
    const gone = await name(test, [file]);
    expect(kinds(test, gone)).toEqual(['file.gone']);
    expect(await name(test, [file])).toEqual(gone);
    await rename(`${file}.away`, file);
    expect(await name(test, [file])).toEqual(first);
    expect(test.engines.tencent.calls).toBe(1);
  });

  it('leaves a card that was decided meanwhile as it is', async () => {
    const ids = await name(test, [folder]);
    test.decide(ids.slice(0, 1), { kind: 'approve' }, true);
    expect(await name(test, [folder], { engine: 'local' })).toEqual(ids);
    expect(kinds(test, ids)).toEqual(['approved', 'pending', 'pending', 'pending']);
    expect([test.engines.tencent.calls, test.engines.local.calls]).toEqual([4, 3]);
  });

  it('is read by another engine only when that one is named', async () => {
    const ids = await name(test, [folder], { engine: 'tencent' });
    await name(test, [folder]);
    expect(test.engines.local.calls).toBe(0);
    await name(test, [folder], { engine: 'local' });
    await name(test, [folder], { engine: 'local' });
    expect(test.store.cards(ids).map(({ engine }) => engine)).toEqual(Array(4).fill('local'));
    expect([test.engines.tencent.calls, test.engines.local.calls]).toEqual([4, 4]);
  });

  it('is asked about anew when that is wanted, each picture once', async () => {
    const first = await name(test, [folder]);
    await copyFile(path.join(folder, 'scan-001.jpg'), path.join(folder, 'duplicate.jpg'));
    const again = await name(test, [folder], { again: true });
    expect(again).toHaveLength(5);
    expect(again.some((id) => first.includes(id))).toBe(false);
    expect(test.engines.tencent.calls).toBe(8);
  });

  it('is known through a link to its folder and through a path that goes round', async () => {
    const ids = await name(test, [folder]);
    await symlink(folder, path.join(test.folder, 'short'));
    expect(await name(test, [path.join(test.folder, 'short'), folder])).toEqual(ids);
    expect(test.engines.tencent.calls).toBe(4);
  });
});

describe('broken off and named again', () => {
  it('goes on with the same cards, wherever they were', async () => {
    const before = cloud({
      slots: 1,
      tencent: (call) => (call < 3 ? read(call) : new Promise(() => undefined)),
    });
    const folder = path.join(before.folder, 'in');
    await writePictures(folder, 5);
    await before.desk.takeNamed([{ kind: 'path', path: folder }], { batchName: 'run', again: false });
    await before.desk.intake.idle();
    before.store.transaction(() => {
      const last = before.store.cardsAt(path.join(folder, 'scan-005.jpg'))[0];
      before.store.change(last?.id as CardId, { state: { kind: 'arriving' }, pictures: {} }, 1);
    });
    const after = cloud({ folder: before.crash() });
    const ids = await name(after, [folder]);
    expect(kinds(after, ids)).toEqual(Array(5).fill('pending'));
    expect(after.store.counts().pending).toBe(5);
  });

  it('does not pay again unseen for an answer that was lost, and goes on with what was only called off', async () => {
    const test = cloud({ tencent: () => engineError('client.timeout') });
    const [lost] = await writePictures(path.join(test.folder, 'in'), 1);
    const [id] = await test.desk
      .takeNamed([{ kind: 'path', path: lost as string }], { batchName: 'run', again: false })
      .then(async (named) => (await test.desk.intake.idle(), named?.() ?? []));
    const card = () => test.store.card(id as CardId);
    await eventually(() => {
      test.clock.advance(10_000);
      expect(card()?.state.kind).toBe('failed');
    });
    const { calls } = test.engines.tencent;
    await name(test, [lost as string]);
    expect([card()?.state.kind, test.engines.tencent.calls]).toEqual(['failed', calls]);

    const other = cloud();
    const [file] = await writePictures(path.join(other.folder, 'in'), 1);
    other.desk.queue.pause();
    const ids = await name(other, [file as string]);
    other.desk.queue.cancel();
    expect(kinds(other, ids)).toEqual(['queue.cancelled']);
    other.desk.queue.resume();
    expect(await name(other, [file as string])).toEqual(ids);
    expect(kinds(other, ids)).toEqual(['pending']);
  });
});

describe('several cards on one picture, named again', () => {
  it('are the same cards, and under another name one call each', async () => {
    const apart = [0, 1].map((side) => {
      const [left, right] = [0.05 + side * 0.5, 0.45 + side * 0.5];
      return [
        { x: left, y: 0.1 },
        { x: right, y: 0.1 },
        { x: right, y: 0.6 },
        { x: left, y: 0.6 },
      ] as const;
    });
    let looks = 0;
    const test = cloud({
      looker: { look: async () => ok(looks++ % 3 === 0 ? { ...FRONT, cards: apart } : FRONT) },
    });
    const folder = path.join(test.folder, 'in');
    await mkdir(folder, { recursive: true });
    const plate = await plainPicture(1600, 1000)
      .composite([{ input: await plainPicture(700, 500, 200).png().toBuffer(), left: 80, top: 100 }])
      .jpeg()
      .toBuffer();
    await writeFile(path.join(folder, 'plate.jpg'), plate);
    const ids = await name(test, [folder]);
    expect(names(test, ids)).toEqual(['plate.jpg (1/2)', 'plate.jpg (2/2)']);
    expect(await name(test, [folder])).toEqual(ids);
    await writeFile(path.join(folder, 'duplicate.jpg'), plate);
    const all = await name(test, [folder]);
    expect(all).toHaveLength(4);
    const numbers = test.store.cards(all).map(({ fields }) => fields.cardNumber);
    expect(numbers.slice(2)).toEqual(numbers.slice(0, 2));
    expect(test.engines.tencent.calls).toBe(2);
  });
});

describe('links named again', () => {
  it('are fetched, and known by what they give; one that is no link fails alone', async () => {
    const served = new Map<string, Buffer>();
    const fetch: LinkTool['fetch'] = async (url) => {
      const bytes = served.get(url);
      return bytes ? ok(bytes) : { ok: false, error: { code: 'link.unreachable' } };
    };
    const test = cloud({ links: { fetch } });
    const link = (url: string) => ({ kind: 'link', url }) as const;
    const [one, two] = ['https://a.example/1.jpg', 'https://a.example/2.jpg'];
    served.set(one, await plainPicture(900, 600, 30).jpeg().toBuffer());
    const first = await name(test, [link(one), link('https://no link'), link(two)]);
    expect(kinds(test, first)).toEqual(['pending', 'link.unreachable', 'link.unreachable']);
    served.set(two, await plainPicture(900, 600, 60).jpeg().toBuffer());
    const second = await name(test, [link(one), link('https://no link'), link(two)]);
    expect(second).toEqual(first);
    expect(kinds(test, second)).toEqual(['pending', 'link.unreachable', 'pending']);
    served.set(one, await plainPicture(900, 600, 90).jpeg().toBuffer());
    const third = await name(test, [link(one)]);
    expect(third).not.toEqual([first[0]]);
    expect(test.engines.tencent.calls).toBe(3);
  });
});

describe.each(['local', 'tencent'] as const)('the same bytes under another name, read by %s', (engine) => {
  const make = (more: Parameters<typeof openTestDesk>[0] = {}) =>
    cloud({ credentials: engine === 'tencent', ...more });

  it('are one call, within a batch and across batches; each card says whose reading it has', async () => {
    const test = make({ slots: 4 });
    const folder = path.join(test.folder, 'in');
    const [file] = await writePictures(folder, 2);
    for (const duplicate of ['duplicate-1.jpg', 'duplicate-2.jpg'])
      await copyFile(file as string, path.join(folder, duplicate));
    await test.desk.intake.take('dropped', { paths: [folder] });
    await test.desk.intake.idle();
    await test.desk.queue.settled();
    // The window takes the folder in again as it is told to, but pays for nothing.
    await test.desk.intake.take('dropped again', { paths: [folder] });
    await test.desk.intake.idle();
    await test.desk.queue.settled();
    expect(test.engines[engine].calls).toBe(2);
    const { store } = test;
    const cards = store.cards(store.ids({}, { key: 'takenIn', descending: false }));
    expect(cards.map(({ state }) => state.kind)).toEqual(Array(8).fill('pending'));
    const same = cards.filter(({ name }) => name !== 'scan-002.jpg');
    expect(new Set(same.map(({ fields }) => fields.cardNumber)).size).toBe(1);
    const attempts = cards.flatMap(({ id }) => store.attempts(id));
    expect(attempts.filter(({ copied }) => !copied)).toHaveLength(2);
    expect(attempts.every(({ outcome }) => outcome === 'finished')).toBe(true);
    for (const { doubts } of same)
      expect(doubts.map((doubt) => doubt.name)).toContain('duplicatePictureInBatch');
    expect(test.defects).toEqual([]);
  });

  it('are asked about when a person asks again', async () => {
    const test = make();
    const folder = path.join(test.folder, 'in');
    const [file] = await writePictures(folder, 1);
    await copyFile(file as string, path.join(folder, 'duplicate.jpg'));
    const ids = await name(test, [folder]);
    expect(test.engines[engine].calls).toBe(1);
    test.desk.review.recogniseAgain(ids, undefined);
    await test.desk.queue.settled();
    expect(test.engines[engine].calls).toBe(3);
  });

  it('are not asked about twice when the picture itself is at fault, but when only the call was', async () => {
    const broken = make({ [engine]: () => engineError('FailedOperation.NoBankCardError') });
    const folder = path.join(broken.folder, 'in');
    const [file] = await writePictures(folder, 1);
    await copyFile(file as string, path.join(folder, 'duplicate.jpg'));
    const ids = await name(broken, [folder]);
    expect(kinds(broken, ids)).toEqual(Array(2).fill('FailedOperation.NoBankCardError'));
    expect(broken.engines[engine].calls).toBe(1);

    const passing = make({
      [engine]: (call: number) => (call === 1 ? engineError('InternalError') : read(call)),
    });
    const other = path.join(passing.folder, 'in');
    const [scan] = await writePictures(other, 1);
    await copyFile(scan as string, path.join(other, 'duplicate.jpg'));
    const named = await passing.desk.takeNamed([{ kind: 'path', path: other }], {
      batchName: 'run',
      again: false,
    });
    await passing.desk.intake.idle();
    await eventually(() => {
      passing.clock.advance(10_000);
      expect(passing.store.counts().pending).toBe(2);
    });
    expect(named?.()).toHaveLength(2);
    expect(passing.engines[engine].calls).toBe(2);
  });

  it('are asked about again under other switches', async () => {
    const test = make();
    const folder = path.join(test.folder, 'in');
    const [file] = await writePictures(folder, 1);
    await name(test, [folder]);
    test.desk.settings.change({
      switches: { ...test.desk.settings.get().switches, EnableCopyCheck: false },
    });
    await name(test, [folder]);
    expect(test.engines[engine].calls).toBe(1);
    await copyFile(file as string, path.join(folder, 'duplicate.jpg'));
    await rm(file as string);
    await name(test, [folder]);
    expect(test.engines[engine].calls).toBe(2);
  });
});

describe('a folder that is named', () => {
  let test: TestDesk;
  let folder: string;
  beforeEach(async () => {
    test = cloud();
    folder = path.join(test.folder, 'in');
    await writePictures(folder, 4);
  });

  it('holds what was read of a folder that is gone, and of no other', async () => {
    const first = await name(test, [folder]);
    await name(test, await writePictures(`${folder}-other`, 1));
    await rm(folder, { recursive: true });
    expect(await name(test, [`${folder}/`])).toEqual(first);
    expect(await name(test, [folder])).toEqual(first);
    expect(test.engines.tencent.calls).toBe(4);
    // What nothing was read of is missed.
    expect(kinds(test, await name(test, [path.join(test.folder, 'never')]))).toEqual(['file.gone']);
  });

  it('takes nothing in where it is not admitted, and is told how many are new', async () => {
    const asked: number[] = [];
    const admit = (answer: boolean) => async (pictures: number) => (asked.push(pictures), answer);
    expect(await name(test, [folder], { admit: admit(false) })).toEqual([]);
    expect(test.store.batches()).toEqual([]);
    await name(test, [folder], { admit: admit(true) });
    await name(test, [folder], { admit: admit(true) });
    expect(asked).toEqual([4, 4, 0]);
  });
});
