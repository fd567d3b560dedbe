import { describe, expect, it } from 'vitest';
import { bytes, lookAt, openRun, text } from '../../../test/helpers/intake-run';
import { diskFull, turns } from '../../../test/helpers/memory-world';
import { ok } from '../../shared/result';
import type { PictureStore } from '../cards/ports';
import type { FileTool, PictureLooker } from './ports';

describe('intake', () => {
  it('takes in what is given, and a bad picture only fails itself', async () => {
    const run = openRun({ disk: { '/in/a': 'a', '/in/b': 'bad', '/in/c': 'c' } });
    const batchId = await run.intake.take('scans', { paths: ['/in/a', '/in/b', '/in/gone', '/in/c'] });
    await run.intake.idle();
    expect(run.states(batchId)).toEqual([
      ['a', 'queued'],
      ['b', 'picture.damaged'],
      ['gone', 'file.gone'],
      ['c', 'queued'],
    ]);
    expect(run.progress.at(-1)).toEqual({
      batchId,
      batchName: 'scans',
      found: 4,
      taken: 2,
      failed: 2,
      finished: true,
    });
    expect(run.defects).toEqual([]);
  });

  it.each([
    [undefined, 2],
    [1, 2],
    [2, 3],
    [8, 9],
  ])('keeps a looker of %s slots busy, and has the next picture ready: %i at once', async (slots, width) => {
    let under = 0;
    let most = 0;
    const looker: PictureLooker = {
      ...(slots !== undefined && { slots }),
      async look(picture) {
        most = Math.max(most, ++under);
        await turns();
        under--;
        return ok(lookAt(picture));
      },
    };
    const names = Array.from({ length: 20 }, (_none, at) => `/in/${at}`);
    const run = openRun({ disk: Object.fromEntries(names.map((name) => [name, name])), looker });
    const batchId = await run.intake.take('scans', { paths: names });
    await run.intake.idle();
    expect(most).toBe(width);
    expect(run.states(batchId).every(([, state]) => state === 'queued')).toBe(true);
  });

  it('keeps nothing but the prepared picture, and nothing at all of one that it refuses', async () => {
    const run = openRun({ disk: { '/in/a': 'a', '/in/b': 'secret' } });
    const batchId = await run.intake.take('scans', { paths: ['/in/a', '/in/b'] });
    await run.intake.idle();
    expect(run.states(batchId)).toEqual([
      ['a', 'queued'],
      ['b', 'picture.showsCvv'],
    ]);
    expect([...run.records.pictures.kept.values()].map(text)).toEqual(['prepared a', 'small a']);
    expect(run.cardsOf(batchId).map(({ id }) => run.records.written(id))).toEqual([
      ['takenIn'],
      ['refusedAtIntake'],
    ]);
  });

  it('keeps a back painted over where the settings say so, and never as it came', async () => {
    const run = openRun({ disk: { '/in/b': 'secret' }, paint: true });
    const batchId = await run.intake.take('scans', { paths: ['/in/b'] });
    await run.intake.idle();
    expect(run.cardsOf(batchId)[0]?.intakeNotes).toContain('cvvPainted');
    expect([...run.records.pictures.kept.values()].map(text)).toEqual(['prepared painted', 'small painted']);
  });

  it('makes a card of each that lies on one picture, all of them at once', async () => {
    const run = openRun({ disk: { '/in/p': 'plate' } });
    const batchId = await run.intake.take('scans', { paths: ['/in/p'] });
    await run.intake.idle();
    expect(run.states(batchId)).toEqual([
      ['p (1/2)', 'queued'],
      ['p (2/2)', 'queued'],
    ]);
    expect(run.progress.at(-1)).toMatchObject({ found: 2, taken: 2, finished: true });
  });

  it('removes a bitmap of the clipboard once the prepared picture stands in its place', async () => {
    const run = openRun();
    await run.intake.take('scans', { clipboard: [{ name: 'pasted', bytes: bytes('a') }] });
    await run.intake.idle();
    await turns();
    expect([...run.records.pictures.kept.values()].map(text)).toEqual(['prepared a', 'small a']);
  });

  it('removes it too where it is refused', async () => {
    const run = openRun();
    const batchId = await run.intake.take('scans', { clipboard: [{ name: 'pasted', bytes: bytes('bad') }] });
    await run.intake.idle();
    await turns();
    expect(run.states(batchId)).toEqual([['pasted', 'picture.damaged']]);
    expect(run.records.pictures.kept.size).toBe(0);
  });
});

describe('intake that is called off', () => {
  it('leaves its batch so, whatever is still under way', async () => {
    let read: () => void = () => undefined;
    const slow = (real: FileTool): FileTool => ({
      ...real,
      async read(path, most) {
        await new Promise<void>((resolve) => (read = resolve));
        return real.read(path, most);
      },
    });
    const run = openRun({ disk: { '/in/a': 'a' }, files: slow });
    const batchId = await run.intake.take('scans', { paths: ['/in/a'] });
    run.intake.cancel(batchId);
    read();
    await run.intake.idle();
    expect(run.states(batchId)).toEqual([['a', 'intake.cancelled']]);
    expect(run.records.pictures.kept.size).toBe(0);
    expect(run.progress.at(-1)).toMatchObject({ found: 1, taken: 0, failed: 1, finished: true });
  });

  it('leaves it so also where its pictures are being kept, and keeps none of them', async () => {
    const pictures = (real: PictureStore): PictureStore => ({
      ...real,
      async put(given) {
        const [newest] = run.records.store.batches();
        if (newest && text(given).startsWith('small')) run.intake.cancel(newest.id);
        return real.put(given);
      },
    });
    const run = openRun({ disk: { '/in/a': 'a' }, pictures });
    const batchId = await run.intake.take('scans', { paths: ['/in/a'] });
    await run.intake.idle();
    await turns();
    expect(run.states(batchId)).toEqual([['a', 'intake.cancelled']]);
    expect(run.records.pictures.kept.size).toBe(0);
  });
});

describe('intake after a crash or a failure', () => {
  it('goes on at the next start with what a crash left: pictures on the list, and folders half walked', async () => {
    const disk = { '/in/a': 'a', '/in/b': 'b' };
    const stuck = (real: FileTool): FileTool => ({
      ...real,
      read: () => new Promise(() => undefined),
      async *walk(folder) {
        for await (const file of real.walk(folder)) {
          yield file;
          await new Promise(() => undefined);
        }
      },
    });
    const run = openRun({ disk, files: stuck });
    const batchId = await run.intake.take('scans', { paths: ['/in'] });
    await turns();
    const next = openRun({ records: run.records, disk });
    next.intake.resume();
    await next.intake.idle();
    expect(next.states(batchId)).toEqual([
      ['a', 'queued'],
      ['b', 'queued'],
    ]);
    expect(run.records.store.foldersToWalk()).toEqual([]);
    expect(next.progress.at(-1)).toMatchObject({ found: 2, taken: 2, finished: true });
  });

  it('waits with a picture that a full disk cannot keep, and leaves nothing of the try behind', async () => {
    let full = true;
    const pictures = (real: PictureStore): PictureStore => ({
      ...real,
      async put(given) {
        if (full && text(given).startsWith('small')) throw diskFull();
        return real.put(given);
      },
    });
    const run = openRun({ disk: { '/in/a': 'a' }, pictures });
    const batchId = await run.intake.take('scans', { paths: ['/in/a'] });
    await turns();
    expect(run.states(batchId)).toEqual([['a', 'arriving']]);
    expect(run.records.pictures.kept.size).toBe(0);
    full = false;
    run.records.clock.advance(2_000);
    await run.intake.idle();
    expect(run.states(batchId)).toEqual([['a', 'queued']]);
  });

  it('tries again, on the same card, what failed for its file’s sake', async () => {
    const disk: Record<string, string> = {};
    const run = openRun({ disk });
    const batchId = await run.intake.take('scans', { paths: ['/in/late'] });
    await run.intake.idle();
    disk['/in/late'] = 'late';
    run.intake.retake(run.cardsOf(batchId).map(({ id }) => id));
    await run.intake.idle();
    expect(run.states(batchId)).toEqual([['late', 'queued']]);
  });
});
