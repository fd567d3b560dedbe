/** What the computer fails at is no card's fault: it is waited for, nothing that was paid for is lost, and nothing is paid twice. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CardId } from '../../src/shared/ids';
import { desksOfEachTest } from '../helpers/desks';
import {
  answer,
  failing,
  failure,
  fullStore,
  kindOf,
  list,
  pass,
  recover,
  SPECIMEN,
} from '../helpers/failing-desk';
import { writePictures } from '../helpers/pictures';
import type { TestDesk } from '../helpers/test-desk';
import { eventually } from '../helpers/eventually';

const desk = desksOfEachTest();
const only = 1 as CardId;

function filesIn(test: TestDesk): readonly string[] {
  const folder = path.join(test.folder, 'pictures');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}
function namesIn(test: TestDesk): number {
  const cards = test.store.ids({}, { key: 'takenIn', descending: false });
  return new Set(cards.flatMap((id) => Object.values(test.store.card(id)?.pictures ?? {}))).size;
}

describe('a disk that cannot take the crops of an answer', () => {
  it.each([
    ['ENOSPC', 'disk.full'],
    ['EDQUOT', 'disk.full'],
    ['EROFS', 'disk.readOnly'],
    ['EACCES', 'disk.readOnly'],
    ['EIO', 'disk.failed'],
    ['EMFILE', 'computer.exhausted'],
  ])('%s: the answer stands, the queue says %s, and goes on when it has passed', async (fault, code) => {
    const { state, wrap } = failing();
    const test = desk({ credentials: true, slots: 2, pictures: wrap, tencent: () => answer() });
    test.desk.queue.pause();
    test.desk.start();
    await list(test, 6);
    await test.desk.intake.idle();
    state.fault = failure(fault);
    test.desk.queue.resume();

    await eventually(() => expect(kindOf(test)).toBe('blocked'));
    await eventually(() => expect(test.store.counts().recognising).toBe(0));
    expect(test.desk.queue.status()).toMatchObject({ code });
    expect(test.desk.queue.status().secondsLeft).toBeUndefined();
    const kept = test.store.counts();
    expect(kept.failed).toBe(0);
    expect(kept.pending).toBe(test.engines.tencent.calls);
    const [read] = test.store.ids({ states: ['pending'] }, { key: 'takenIn', descending: false });
    if (read === undefined) throw new Error('Expected a card that was read');
    expect(test.store.card(read)).toMatchObject({
      fields: SPECIMEN,
      pictures: { original: expect.any(String) },
    });
    expect(test.store.attempts(read)).toMatchObject([{ outcome: 'finished', requestId: 'test' }]);

    // However long it lasts, no call more is made.
    const { calls } = test.engines.tencent;
    for (let time = 0; time < 5; time++) await pass(test);
    expect(test.engines.tencent.calls).toBe(calls);

    state.fault = undefined;
    await recover(test, () => expect(test.store.counts().pending).toBe(6));
    expect(test.engines.tencent.calls).toBe(6);
    for (const id of [1, 2, 6] as CardId[])
      expect(test.store.card(id)?.pictures).toMatchObject({
        card: expect.any(String),
        number: expect.any(String),
      });
  });

  it('says where and about how much room is needed', async () => {
    const { state, wrap } = failing();
    const test = desk({ credentials: true, pictures: wrap, tencent: () => answer() });
    state.fault = failure('ENOSPC');
    test.desk.start();
    await list(test, 3);
    await eventually(() => expect(kindOf(test)).toBe('blocked'));
    expect(test.desk.queue.status().room).toEqual({ folder: test.folder, megabytes: 50 });
  });

  it('keeps the answer and does without its crops when the desk closes before there is room', async () => {
    const { state, wrap } = failing();
    const before = desk({ credentials: true, pictures: wrap, tencent: () => answer() });
    before.desk.queue.pause();
    before.desk.start();
    await list(before, 1);
    await before.desk.intake.idle();
    state.fault = failure('ENOSPC');
    before.desk.queue.resume();
    await eventually(() => expect(kindOf(before)).toBe('blocked'));
    await before.desk.close();

    const after = desk({ folder: before.crash(), credentials: true, tencent: () => answer() });
    after.desk.start();
    await after.desk.queue.settled();
    expect(after.store.card(only)).toMatchObject({ state: { kind: 'pending' }, fields: SPECIMEN });
    expect(after.engines.tencent.calls).toBe(0);
  });
});

describe('a database that is full', () => {
  const LONG = 'what the cloud said '.repeat(20_000);

  it('holds an answer until it can be written, and asks nothing more meanwhile', async () => {
    const test = desk({ credentials: true, slots: 1, tencent: () => answer(LONG) });
    test.desk.queue.pause();
    test.desk.start();
    await list(test, 3);
    await test.desk.intake.idle();
    test.allowPages(60);
    test.desk.queue.resume();
    await eventually(() =>
      expect(test.desk.queue.status()).toMatchObject({ kind: 'blocked', code: 'disk.full' }),
    );
    const { calls } = test.engines.tencent;
    for (let time = 0; time < 5; time++) await pass(test);
    expect(test.engines.tencent.calls).toBe(calls);
    expect(test.store.counts().failed).toBe(0);

    test.allowPages(undefined);
    await recover(test, () => expect(test.store.counts().pending).toBe(3));
    expect(test.engines.tencent.calls).toBe(3);
    expect(test.store.attempts(only).map(({ outcome }) => outcome)).toEqual(['finished']);
  });

  it('makes no call whose attempt cannot be written first', async () => {
    const full = fullStore();
    const test = desk({ credentials: true, tencent: () => answer(), store: full.wrap });
    test.desk.queue.pause();
    test.desk.start();
    await list(test, 2);
    await test.desk.intake.idle();
    full.state.full = true;
    test.desk.queue.resume();
    await eventually(() => expect(kindOf(test)).toBe('blocked'));
    expect(test.engines.tencent.calls).toBe(0);
    expect(test.store.counts()).toMatchObject({ queued: 2, failed: 0 });
    full.state.full = false;
    await recover(test, () => expect(test.store.counts().pending).toBe(2));
  });

  it('is waited for from the very start, whatever a crash left', async () => {
    const before = desk({ credentials: true, tencent: () => new Promise(() => undefined) });
    before.desk.start();
    await list(before, 2);
    await eventually(() => expect(before.store.counts().recognising).toBe(2));
    const full = fullStore();
    full.state.full = true;
    const left = { folder: before.crash(), store: full.wrap };
    const after = desk({ ...left, credentials: true, tencent: () => answer() });
    after.desk.start();
    expect(kindOf(after)).toBe('blocked');
    full.state.full = false;
    await recover(after, () => expect(after.store.counts().pending).toBe(2));
    expect(after.engines.tencent.calls).toBe(2);
  });

  it('fails no picture that is being taken in', async () => {
    const full = fullStore();
    const test = desk({ local: () => answer(), store: full.wrap });
    test.desk.start();
    await list(test, 3);
    full.state.full = true;
    await eventually(() => expect(kindOf(test)).toBe('blocked'));
    for (let time = 0; time < 3; time++) await pass(test);
    expect(test.store.counts().failed).toBe(0);
    full.state.full = false;
    await recover(test, () => expect(test.store.counts()).toMatchObject({ pending: 3, failed: 0 }));
    expect(filesIn(test).length).toBe(namesIn(test));
  });

  it('has a walked folder listed whole', async () => {
    const full = fullStore();
    const test = desk({ local: () => answer(), store: full.wrap });
    test.desk.start();
    await writePictures(path.join(test.folder, 'in'), 3);
    const walked = test.desk.intake.take('scans', { paths: [path.join(test.folder, 'in')] });
    await walked;
    full.state.full = true;
    await eventually(() => expect(kindOf(test)).toBe('blocked'));
    full.state.full = false;
    await recover(test, () => expect(test.store.counts()).toMatchObject({ pending: 3, failed: 0 }));
  });

  it('does not end the assessing of all cards', async () => {
    const full = fullStore();
    const test = desk({ local: () => answer(), store: full.wrap });
    full.state.full = true;
    test.desk.start();
    test.clock.advance(1);
    expect(kindOf(test)).toBe('blocked');
    full.state.full = false;
    await recover(test, () => expect(test.store.setting('doubts.policy')).toContain('qualityThreshold'));
    expect(kindOf(test)).toBe('idle');
  });
});

describe('a disk that cannot take pictures in', () => {
  it('fails none of them, keeps no halves, and takes them in when there is room', async () => {
    const { state, wrap } = failing();
    let room = 3;
    const test = desk({
      local: () => answer(),
      pictures: (real) =>
        wrap({
          ...real,
          put: async (bytes) => {
            if (room-- <= 0) throw failure('ENOSPC');
            return real.put(bytes);
          },
        }),
    });
    test.desk.start();
    await list(test, 4);
    await eventually(() =>
      expect(test.desk.queue.status()).toMatchObject({ kind: 'blocked', code: 'disk.full' }),
    );
    for (let time = 0; time < 5; time++) await pass(test);
    await eventually(() => expect(filesIn(test).length).toBe(namesIn(test)));
    expect(test.store.counts().failed).toBe(0);
    const idle = test.desk.intake.idle().then(() => 'idle');
    expect(await Promise.race([idle, Promise.resolve('waits')])).toBe('waits');

    room = 1_000;
    await recover(test, () => expect(test.store.counts()).toMatchObject({ pending: 4, failed: 0 }));
    expect(await idle).toBe('idle');
    expect(state.puts).toBeGreaterThan(0);
  });

  it('takes in again what it had no process or handle for', async () => {
    let fault: Error | undefined = failure('EAGAIN');
    const test = desk({
      local: () => answer(),
      looker: {
        look: async () =>
          fault
            ? { ok: false, error: { code: 'picture.notLookedAt', cause: fault } }
            : { ok: true, value: { side: 'front', secrets: [], cards: [] } },
      },
    });
    test.desk.start();
    await list(test, 2);
    await eventually(() => expect(test.desk.queue.status().code).toBe('computer.exhausted'));
    fault = undefined;
    await recover(test, () => expect(test.store.counts()).toMatchObject({ pending: 2, failed: 0 }));
  });
});
