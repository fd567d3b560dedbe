/** What the computer fails at is no card's fault: it is waited for, nothing that was paid for is lost, and nothing is paid twice. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PictureStore } from '../../src/core/cards/ports';
import type { DeskStore } from '../../src/core/desk-store';
import type { EngineAnswer } from '../../src/core/recognition/ports';
import type { CardId } from '../../src/shared/ids';
import { openTestDesk, recognition, type TestDesk } from '../helpers/test-desk';
import { writePictures } from '../helpers/pictures';

const SPECIMEN = { cardNumber: '6222020200112233448', bankInfo: '中国工商银行(01020000)' };
const open: TestDesk[] = [];
function desk(...parts: Parameters<typeof openTestDesk>): TestDesk {
  const made = openTestDesk(...parts);
  open.push(made);
  return made;
}
afterEach(async () => {
  for (const made of open.splice(0)) await made.dispose();
});
const only = 1 as CardId;

/** An answer as the cloud gives it, with its two crops and much to store. */
function answer(raw = '{}'): EngineAnswer {
  const plain = recognition(SPECIMEN);
  if (plain.kind !== 'answer') return plain;
  const crops = { borderCutImage: Buffer.alloc(3_000, 1), cardNoImage: Buffer.alloc(1_000, 2) };
  return { kind: 'answer', recognition: { ...plain.recognition, ...crops, raw } };
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: as the system says it`), { code });
}

/** A picture store that fails as `fault` says, if it says anything. */
function failing() {
  const state: { fault?: Error; puts: number } = { puts: 0 };
  const wrap = (real: PictureStore): PictureStore => ({
    ...real,
    async put(bytes) {
      state.puts++;
      if (state.fault) throw state.fault;
      return real.put(bytes);
    },
  });
  return { state, wrap };
}

async function list(test: TestDesk, count: number): Promise<void> {
  await test.desk.intake.take('scans', { paths: await writePictures(path.join(test.folder, 'in'), count) });
}
const kindOf = (test: TestDesk) => test.desk.queue.status().kind;
function pass(test: TestDesk, ms = 31_000): Promise<void> {
  test.clock.advance(ms);
  return new Promise((resolve) => setImmediate(resolve));
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

    await vi.waitFor(() => expect(kindOf(test)).toBe('blocked'));
    await vi.waitFor(() => expect(test.store.counts().recognising).toBe(0));
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
    await vi.waitFor(() => expect(kindOf(test)).toBe('blocked'));
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
    await vi.waitFor(() => expect(kindOf(before)).toBe('blocked'));
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
    await vi.waitFor(() =>
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
    await vi.waitFor(() => expect(kindOf(test)).toBe('blocked'));
    expect(test.engines.tencent.calls).toBe(0);
    expect(test.store.counts()).toMatchObject({ queued: 2, failed: 0 });
    full.state.full = false;
    await recover(test, () => expect(test.store.counts().pending).toBe(2));
  });

  it('is waited for from the very start, whatever a crash left', async () => {
    const before = desk({ credentials: true, tencent: () => new Promise(() => undefined) });
    before.desk.start();
    await list(before, 2);
    await vi.waitFor(() => expect(before.store.counts().recognising).toBe(2));
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
    await vi.waitFor(() => expect(kindOf(test)).toBe('blocked'));
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
    await vi.waitFor(() => expect(kindOf(test)).toBe('blocked'));
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

/** Time passes until what was held is done. */
async function recover(test: TestDesk, done: () => void): Promise<void> {
  await vi.waitFor(async () => {
    await pass(test);
    done();
  });
  await test.desk.queue.settled();
}

/** A store that takes no change while it is full. */
function fullStore() {
  const state = { full: false };
  const check = () => {
    if (state.full) throw failure('SQLITE_FULL');
  };
  const wrap = (real: DeskStore): DeskStore => ({
    ...real,
    transaction: (work) =>
      real.transaction(() => {
        const result = work();
        check();
        return result;
      }),
    setSetting(name, value) {
      check();
      real.setSetting(name, value);
    },
    addCards(...args) {
      check();
      return real.addCards(...args);
    },
    folderDone(id) {
      check();
      real.folderDone(id);
    },
  });
  return { state, wrap };
}

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
    await vi.waitFor(() =>
      expect(test.desk.queue.status()).toMatchObject({ kind: 'blocked', code: 'disk.full' }),
    );
    for (let time = 0; time < 5; time++) await pass(test);
    await vi.waitFor(() => expect(filesIn(test).length).toBe(namesIn(test)));
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
    await vi.waitFor(() => expect(test.desk.queue.status().code).toBe('computer.exhausted'));
    fault = undefined;
    await recover(test, () => expect(test.store.counts()).toMatchObject({ pending: 2, failed: 0 }));
  });
});

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

describe('an engine that the computer cannot start', () => {
  it('has its card wait, and no attempt of it count', async () => {
    let fault: Error | undefined = failure('ENOMEM');
    const test = desk({
      local() {
        if (fault) throw fault;
        return answer();
      },
    });
    test.desk.start();
    await list(test, 2);
    await vi.waitFor(() =>
      expect(test.desk.queue.status()).toMatchObject({ kind: 'blocked', code: 'computer.exhausted' }),
    );
    expect(test.store.counts()).toMatchObject({ failed: 0 });
    fault = undefined;
    await recover(test, () => expect(test.store.counts().pending).toBe(2));
  });

  it('that breaks its promise fails its card and leaves no attempt open', async () => {
    const test = desk({
      local() {
        throw new Error('a defect');
      },
    });
    test.desk.start();
    await list(test, 1);
    await vi.waitFor(() => expect(test.store.counts().failed).toBe(1));
    expect(test.store.unfinishedAttempts()).toEqual([]);
    expect(test.store.card(only)?.state).toMatchObject({ code: 'internal' });
  });
});

describe('a stored picture that cannot be read', () => {
  it.each([
    ['ENOENT', 'at once'],
    ['EIO', 'when others can be read'],
  ])('%s fails its own card %s, and holds up no other', async (code) => {
    const bad = new Set<string | undefined>();
    const test = desk({
      local: () => answer(),
      pictures: (real) => ({
        ...real,
        async get(name) {
          if (bad.has(name)) throw failure(code);
          return real.get(name);
        },
      }),
    });
    test.desk.queue.pause();
    test.desk.start();
    await list(test, 3);
    await test.desk.intake.idle();
    bad.add(test.store.card(only)?.pictures.original);
    test.desk.queue.resume();
    await recover(test, () => expect(test.store.counts()).toMatchObject({ pending: 2, failed: 1 }));
    expect(test.store.card(only)?.state).toMatchObject({ code: 'picture.cannotOpen' });
  });
});

describe('a defect in what follows from an answer', () => {
  it('does not cost the answer', async () => {
    let broken = false;
    const test = desk({
      credentials: true,
      tencent: () => {
        broken = true;
        return answer();
      },
      store: (real) => ({
        ...real,
        change(id, change, at) {
          if (broken && change.fields) throw new Error('a defect');
          real.change(id, change, at);
        },
      }),
    });
    test.desk.start();
    await list(test, 1);
    await vi.waitFor(() => expect(test.store.counts().failed).toBe(1));
    expect(test.store.attempts(only)).toMatchObject([{ outcome: 'finished', fields: SPECIMEN }]);
  });
});

describe('records that are damaged', () => {
  it('are looked through while there is nothing else to do, and the finding is said and stands', async () => {
    let looks = 0;
    const test = desk({
      local: () => answer(),
      store: (real) => ({
        ...real,
        lookThrough() {
          looks++;
          return real.lookThrough();
        },
      }),
    });
    test.desk.start();
    await list(test, 2);
    await test.desk.queue.settled();
    test.clock.advance(60_000);
    const all = looks;
    expect(all).toBeGreaterThan(5);
    test.clock.advance(600_000);
    expect(looks).toBe(all);

    const lookThrough = () => {
      throw failure('SQLITE_CORRUPT');
    };
    const again = desk({ folder: test.crash(), store: (real) => ({ ...real, lookThrough }) });
    again.desk.start();
    expect(kindOf(again)).toBe('idle');
    again.clock.advance(60_000);
    expect(again.desk.queue.status()).toMatchObject({ kind: 'blocked', code: 'disk.damaged' });
    again.desk.queue.resume();
    await pass(again, 600_000);
    expect(kindOf(again)).toBe('blocked');
  });
});
