/** What is no picture: read in a moment, and there may be thousands. */
import { describe, expect, it } from 'vitest';
import { diskFull, turns } from '../../../test/helpers/memory-world';
import { ok } from '../../shared/result';
import { lookAt, openRecords, openRun, text } from '../../../test/helpers/intake-run';
import type { PictureLooker } from './ports';

describe('pictures that are refused', () => {
  it('writes down many that are no pictures with few waits for the disk, and each of them once', async () => {
    const disk = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`/in/${at}`, 'bad']));
    const records = openRecords();
    let commits = 0;
    const store: typeof records.store = {
      ...records.store,
      transaction(work) {
        commits++;
        return records.store.transaction(work);
      },
    };
    const run = openRun({ records: { ...records, store }, disk });
    const batchId = await run.intake.take('scans', { paths: ['/in'] });
    await run.intake.idle();
    expect(new Set(run.states(batchId).map(([, state]) => state))).toEqual(new Set(['picture.damaged']));
    const written = run.cardsOf(batchId).flatMap(({ id }) => records.store.history(id));
    expect(written.filter(({ what }) => what === 'refusedAtIntake')).toHaveLength(500);
    expect(commits).toBeLessThan(30);
    // What a crash would have read again is bounded.
    expect(commits).toBeGreaterThan(12);
  });

  it('tells of one that is no picture while another is looked at for long', async () => {
    let seen: () => void = () => undefined;
    const looking = new Promise<void>((resolve) => (seen = resolve));
    const looker: PictureLooker = {
      look: async (picture) => {
        if (text(picture).endsWith('slow')) await looking;
        return ok(lookAt(picture));
      },
    };
    const run = openRun({ disk: { '/in/a': 'slow', '/in/b': 'bad', '/in/c': 'c' }, looker });
    const batchId = await run.intake.take('scans', { paths: ['/in/a', '/in/b', '/in/c'] });
    await turns();
    expect(run.states(batchId)).toEqual([
      ['a', 'arriving'],
      ['b', 'picture.damaged'],
      ['c', 'queued'],
    ]);
    seen();
    await run.intake.idle();
  });

  it('tells of one that is no picture as soon as another is done, however many are still to come', async () => {
    const looks: (() => void)[] = [];
    const looker: PictureLooker = {
      look: (picture) => new Promise((resolve) => looks.push(() => resolve(ok(lookAt(picture))))),
    };
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `/in/${name}`);
    const disk = Object.fromEntries(names.map((name, at) => [name, at === 1 ? 'bad' : 'a card']));
    const run = openRun({ disk, looker });
    const batchId = await run.intake.take('scans', { paths: names });
    await turns();
    looks.shift()?.();
    await turns();
    expect(run.states(batchId).slice(0, 3)).toEqual([
      ['a', 'queued'],
      ['b', 'picture.damaged'],
      ['c', 'arriving'],
    ]);
    while (looks.length > 0) {
      looks.shift()?.();
      await turns();
    }
    await run.intake.idle();
  });

  it('leaves nothing under way when it is closed while some wait to be written down', async () => {
    const looker: PictureLooker = {
      look: (_picture, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined))),
    };
    const names = ['a', 'b', 'c', 'd'].map((name) => `/in/${name}`);
    const disk = Object.fromEntries(names.map((name, at) => [name, at === 1 ? 'bad' : 'slow']));
    const run = openRun({ disk, looker });
    await run.intake.take('scans', { paths: names });
    await turns();
    run.closing.cancel();
    await run.intake.stopped();
    expect(run.defects).toEqual([]);
  });

  it('does not hold up the end while the computer cannot keep anything', async () => {
    let read: () => void = () => undefined;
    const reading = new Promise<void>((resolve) => (read = resolve));
    const run = openRun({
      disk: { '/in/a': 'a', '/in/b': 'bad', '/in/c': 'c' },
      files: (real) => ({
        ...real,
        async read(path, most) {
          if (path === '/in/b') await reading;
          return real.read(path, most);
        },
      }),
      pictures: (real) => ({
        ...real,
        put: async () => {
          throw diskFull();
        },
      }),
    });
    const batchId = await run.intake.take('scans', { paths: ['/in/a', '/in/b', '/in/c'] });
    await turns();
    read();
    await turns();
    expect(run.states(batchId)[0]).toEqual(['a', 'arriving']);
    run.closing.cancel();
    await run.intake.stopped();
    expect(run.states(batchId)[1]).toEqual(['b', 'picture.damaged']);
  });
});
