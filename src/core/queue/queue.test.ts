import { describe, expect, it } from 'vitest';
import { openMemoryDesk } from '../../../test/helpers/memory-desk';
import {
  createMemoryPictures,
  createTestHold,
  diskFull,
  newCanceller,
  turns,
} from '../../../test/helpers/memory-world';
import {
  everyEngine,
  engineError,
  IN_THE_CLOUD,
  ON_THIS_COMPUTER,
  recognition,
  scriptedEngine,
  type Script,
} from '../../../test/helpers/scripted-engine';
import type { CardId } from '../../shared/ids';
import { SWITCHES, type EngineName, type Switches } from '../../shared/recognition';
import type { PictureStore } from '../cards/ports';
import { createEngines } from '../recognition/engines';
import type { EngineAnswer } from '../recognition/ports';
import { createQueue } from './queue';

const FIELDS = { cardNumber: '6222020200112233448' };
const reads: Script = () => recognition(FIELDS);
const silent: Script = () => new Promise(() => undefined);
const ALL_ON = Object.fromEntries(SWITCHES.map((name) => [name, true])) as unknown as Switches;

function openRecords() {
  const desk = openMemoryDesk();
  const pictures = createMemoryPictures();
  return {
    ...desk,
    pictures,
    /** A card with a picture of its own, or with these bytes. */
    async wait(name: string, bytes = name): Promise<CardId> {
      const original = await pictures.put(new TextEncoder().encode(bytes));
      const state = { kind: 'queued' } as const;
      return desk.add(name, { state, sha256: bytes, pictures: { source: original, original } });
    },
    outcomes: (id: CardId) => desk.store.attempts(id).map(({ outcome }) => outcome),
  };
}
type Records = ReturnType<typeof openRecords>;

interface Parts {
  readonly records?: Records;
  readonly local?: Script;
  readonly tencent?: Script;
  readonly chosen?: EngineName;
  readonly pictures?: (real: PictureStore) => PictureStore;
}

/** One run of the application over records that may be those of an earlier one. */
function openRun({
  records = openRecords(),
  local = silent,
  tencent = silent,
  chosen = 'local',
  pictures = (real) => real,
}: Parts = {}) {
  const engines = {
    local: scriptedEngine('local', ON_THIS_COMPUTER, local),
    tencent: scriptedEngine('tencent', IN_THE_CLOUD, tencent),
  };
  const defects: unknown[] = [];
  const defect = (error: unknown) => void defects.push(error);
  const hold = createTestHold(records.clock, () => queue.wake(), defect);
  const queue = createQueue({
    store: records.store,
    pictures: pictures(records.pictures),
    sha256: (bytes) => new TextDecoder().decode(bytes),
    clock: records.clock,
    hold,
    folder: '/records',
    random: () => 0.5,
    engines: createEngines({
      engines: everyEngine(engines),
      chosen: () => chosen,
      hasCredentials: (name) => name in engines,
    }),
    switches: () => ALL_ON,
    newCanceller,
    read: () => undefined,
    changed: () => undefined,
    statusChanged: () => undefined,
    defect,
  });
  return { records, queue, engines, defects };
}

describe('the queue', () => {
  it('asks about every card once, and then rests', async () => {
    const { records, queue, engines, defects } = openRun({ local: reads });
    const ids = [await records.wait('a'), await records.wait('b'), await records.wait('c')];
    queue.start();
    await queue.settled();
    expect(engines.local.calls).toBe(3);
    expect(ids.map((id) => records.card(id))).toMatchObject(
      ids.map(() => ({ state: { kind: 'pending' }, fields: FIELDS, engine: 'local' })),
    );
    expect(queue.status()).toMatchObject({ kind: 'idle', done: 0, total: 0 });
    expect(defects).toEqual([]);
  });

  it('asks once about one picture under two names, and says of the other card that its answer was taken over', async () => {
    const { records, queue, engines } = openRun({ tencent: reads, chosen: 'tencent' });
    const [one, other] = [await records.wait('a', 'same'), await records.wait('b', 'same')];
    queue.start();
    await queue.settled();
    expect(engines.tencent.calls).toBe(1);
    expect(records.card(other).fields).toEqual(FIELDS);
    expect(records.store.attempts(one)).toMatchObject([{ outcome: 'finished' }]);
    expect(records.store.attempts(one)[0]?.copied).toBeFalsy();
    expect(records.store.attempts(other)).toMatchObject([{ outcome: 'finished', copied: true }]);
  });

  it('leaves a card failed that was called off, and keeps the answer that came late', async () => {
    let answer: (value: EngineAnswer) => void = () => undefined;
    const tencent: Script = () => new Promise((resolve) => (answer = resolve));
    const { records, queue } = openRun({ tencent, chosen: 'tencent' });
    const id = await records.wait('a');
    queue.start();
    await turns();
    queue.cancel();
    answer(recognition(FIELDS));
    await queue.settled();
    expect(records.card(id)).toMatchObject({
      state: { kind: 'failed', code: 'queue.cancelled' },
      fields: {},
    });
    expect(records.store.attempts(id)).toMatchObject([{ outcome: 'finished', fields: FIELDS }]);
  });
});

describe('the queue after a crash', () => {
  it('asks once more where a crash swallowed a paid answer, and never a third time', async () => {
    const { records, queue } = openRun({ chosen: 'tencent' });
    const id = await records.wait('a');
    queue.start();
    await turns();
    const second = openRun({ records, chosen: 'tencent' });
    second.queue.start();
    await turns();
    expect(second.engines.tencent.calls).toBe(1);
    expect(records.outcomes(id)).toEqual(['unknown', 'started']);
    const third = openRun({ records, chosen: 'tencent' });
    third.queue.start();
    await third.queue.settled();
    expect(third.engines.tencent.calls).toBe(0);
    expect(records.card(id).state).toMatchObject({ kind: 'failed', code: 'client.answerLost' });
    expect(records.store.attempts(id).map(({ maybeCharged }) => maybeCharged)).toEqual([true, true]);
  });

  it('lets the answer of an attempt that is given up end no later one', async () => {
    let answer: (value: EngineAnswer) => void = () => undefined;
    const late: Script = () => new Promise((resolve) => (answer = resolve));
    const { records, queue } = openRun({ tencent: late, chosen: 'tencent' });
    const id = await records.wait('a');
    queue.start();
    await turns();
    openRun({ records, chosen: 'tencent' }).queue.start();
    await turns();
    answer(recognition(FIELDS));
    await turns();
    expect(records.card(id)).toMatchObject({ state: { kind: 'recognising', attemptId: 2 }, fields: {} });
    expect(records.outcomes(id)).toEqual(['unknown', 'started']);
  });

  it('asks again after every crash where an answer costs nothing', async () => {
    const { records, queue } = openRun();
    const id = await records.wait('a');
    queue.start();
    await turns();
    for (const _crash of [1, 2, 3]) {
      openRun({ records }).queue.start();
      await turns();
    }
    expect(records.outcomes(id)).toEqual(['cancelled', 'cancelled', 'cancelled', 'started']);
  });
});

describe('the queue when it may not go on', () => {
  it('begins no call while this computer cannot keep what would be answered', async () => {
    let full = true;
    const pictures = (real: PictureStore): PictureStore => ({
      ...real,
      get: async (name) => (full ? Promise.reject(diskFull()) : real.get(name)),
    });
    const { records, queue, engines } = openRun({ tencent: reads, chosen: 'tencent', pictures });
    const id = await records.wait('a');
    queue.start();
    await turns();
    expect(queue.status()).toMatchObject({ kind: 'blocked', code: 'disk.full' });
    expect(engines.tencent.calls).toBe(0);
    expect(records.card(id).state.kind).toBe('queued');
    full = false;
    records.clock.advance(2_000);
    await queue.settled();
    expect(records.card(id).state.kind).toBe('pending');
  });

  it('stops for an account that is refused, after one round of calls, and keeps every card', async () => {
    const refused: Script = () => engineError('AuthFailure.SignatureFailure');
    const { records, queue, engines } = openRun({ tencent: refused, chosen: 'tencent' });
    for (const name of ['a', 'b', 'c', 'd']) await records.wait(name);
    queue.start();
    await queue.settled();
    expect(queue.status()).toMatchObject({ kind: 'stopped', code: 'AuthFailure.SignatureFailure' });
    expect(engines.tencent.calls).toBe(2);
    expect(records.store.counts()).toMatchObject({ queued: 4, failed: 0 });
  });

  it('stays paused over a restart, until it is told to go on', async () => {
    const { records, queue } = openRun();
    queue.start();
    queue.pause();
    const id = await records.wait('a');
    const next = openRun({ records, local: reads });
    next.queue.start();
    await next.queue.settled();
    expect(next.queue.status().kind).toBe('paused');
    next.queue.resume();
    await next.queue.settled();
    expect(records.card(id).state.kind).toBe('pending');
  });

  it('asks a card that was refused for haste again when its time has come, not before', async () => {
    const hasty: Script = (call) => (call === 1 ? engineError('RequestLimitExceeded') : recognition(FIELDS));
    const { records, queue, engines } = openRun({ tencent: hasty, chosen: 'tencent' });
    const id = await records.wait('a');
    queue.start();
    await turns();
    records.clock.advance(999);
    await turns();
    expect(engines.tencent.calls).toBe(1);
    records.clock.advance(1_000);
    await queue.settled();
    expect(records.outcomes(id)).toEqual(['throttled', 'finished']);
  });

  it('waits at its end for an answer that costs money, and gives up one that costs none', async () => {
    let answer: (value: EngineAnswer) => void = () => undefined;
    const paid: Script = (_call, signal) =>
      new Promise((resolve) => {
        answer = resolve;
        signal.addEventListener('abort', () => resolve({ kind: 'cancelled', sent: true }));
      });
    const free: Script = (_call, signal) =>
      new Promise((resolve) =>
        signal.addEventListener('abort', () => resolve({ kind: 'cancelled', sent: false })),
      );
    const { records, queue } = openRun({ tencent: paid, local: free });
    const here = await records.wait('a');
    const cloud = await records.wait('b');
    records.store.change(cloud, { state: { kind: 'queued', engine: 'tencent' } }, records.clock.now());
    queue.start();
    await turns();
    const closed = queue.close();
    await turns();
    expect(records.card(here).state.kind).toBe('queued');
    expect(records.card(cloud).state.kind).toBe('recognising');
    answer(recognition(FIELDS));
    await closed;
    expect(records.card(cloud).state.kind).toBe('pending');
  });
});

describe('the queue while the service fails', () => {
  const OUTAGE_MS = 90_000;

  /** Answers as a service that fails until a moment; counts what it was asked meanwhile. */
  function openOutage(failure: (call: number) => EngineAnswer) {
    const records = openRecords();
    const during = { calls: 0 };
    const begun = records.clock.monotonic();
    const tencent: Script = (call) => {
      if (records.clock.monotonic() - begun >= OUTAGE_MS) return recognition(FIELDS);
      during.calls++;
      return failure(call);
    };
    const run = openRun({ records, tencent, chosen: 'tencent' });
    async function wait(ms: number): Promise<void> {
      for (let passed = 0; passed < ms; passed += 1_000) {
        records.clock.advance(1_000);
        await turns();
      }
    }
    return { ...run, during, wait };
  }

  const failures: [string, readonly string[]][] = [
    ['a gateway', ['client.http5xx']],
    ['a login page', ['client.notTheCloud']],
    ['silence', ['client.timeout']],
    ['connections that break', ['client.network']],
    ['the cloud itself', ['InternalError']],
    ['a code that nothing is known of', ['NeverSeen.Before']],
    ['now this, now that', ['client.http5xx', 'InternalError']],
  ];

  it.each(failures)('loses no card to %s, and few calls', async (_, codes) => {
    const { records, queue, during, wait } = openOutage((call) =>
      engineError(codes[call % codes.length] ?? ''),
    );
    for (let n = 0; n < 60; n++) await records.wait(`card ${n}`);
    queue.start();
    await wait(OUTAGE_MS - 1_000);
    expect(queue.status().kind).toBe('failing');
    expect(codes).toContain(queue.status().code);
    expect(during.calls).toBeLessThanOrEqual(10);
    await wait(60_000);
    await queue.settled();
    expect(records.store.counts()).toMatchObject({ pending: 60, failed: 0, queued: 0 });
  });

  it('loses no card where they come one after the other, the first of them alone', async () => {
    const { records, queue, during, wait } = openOutage(() => engineError('client.http5xx'));
    queue.start();
    for (let n = 0; n < 10; n++) {
      await records.wait(`card ${n}`);
      queue.wake();
      await wait(2_000);
    }
    expect(queue.status().kind).toBe('failing');
    await wait(OUTAGE_MS + 30_000);
    await queue.settled();
    expect(during.calls).toBeLessThanOrEqual(10);
    expect(records.store.counts()).toMatchObject({ pending: 10, failed: 0, queued: 0 });
  });

  it.each([
    ['FailedOperation.OcrFailed', 'tencent'],
    ['FailedOperation.UnKnowError', 'tencent'],
    ['FailedOperation.NeverSeen', 'tencent'],
    ['local.crashed', 'local'],
  ] as const)('fails the cards that %s is said of, also where there are no others', async (code, chosen) => {
    const refuses: Script = () => engineError(code, false);
    const { records, queue } = openRun({ tencent: refuses, local: refuses, chosen });
    for (const name of ['a', 'b', 'c']) await records.wait(name);
    queue.start();
    for (let second = 0; second < 60; second++) {
      records.clock.advance(1_000);
      await turns();
    }
    expect(queue.status().kind).toBe('idle');
    expect(records.store.counts()).toMatchObject({ failed: 3, queued: 0 });
  });

  it('loses no card to a key that is refused for haste for an hour, and does not go on asking', async () => {
    const records = openRecords();
    let refusing = true;
    const tencent: Script = () => (refusing ? engineError('RequestLimitExceeded') : recognition(FIELDS));
    const { queue, engines } = openRun({ records, tencent, chosen: 'tencent' });
    for (let n = 0; n < 60; n++) await records.wait(`card ${n}`);
    queue.start();
    for (let second = 0; second < 3_600; second++) {
      records.clock.advance(1_000);
      await turns();
    }
    expect(queue.status()).toMatchObject({ kind: 'failing', code: 'RequestLimitExceeded' });
    expect(engines.tencent.calls).toBeLessThanOrEqual(20 + 60 + 10);
    refusing = false;
    records.clock.advance(60_000);
    await queue.settled();
    expect(records.store.counts()).toMatchObject({ pending: 60, failed: 0, queued: 0 });
  });

  it('risks no card for a third answer that may be paid for: then a person decides for all', async () => {
    const { records, queue, engines } = openOutage(() => engineError('client.http5xx'));
    const ids = [await records.wait('a'), await records.wait('b')];
    queue.start();
    for (let second = 0; second < 30; second++) {
      records.clock.advance(1_000);
      await turns();
    }
    expect(queue.status()).toMatchObject({ kind: 'stopped', code: 'client.http5xx' });
    expect(engines.tencent.calls).toBe(4);
    expect(records.store.counts()).toMatchObject({ queued: 2, failed: 0 });
    // Another card that has lost nothing finds out.
    records.clock.advance(OUTAGE_MS);
    await records.wait('c');
    queue.wake();
    await queue.settled();
    expect(records.store.counts()).toMatchObject({ pending: 3, queued: 0 });
    expect(ids.map((id) => records.outcomes(id).at(-1))).toEqual(['finished', 'finished']);
  });

  it('fails a card alone that a service which works for all others cannot read', async () => {
    const records = openRecords();
    const bad = await records.wait('bad');
    for (let n = 0; n < 20; n++) await records.wait(`card ${n}`);
    const { queue, engines } = openRun({ records, tencent: reads, chosen: 'tencent' });
    const recognise = engines.tencent.recognise;
    engines.tencent.recognise = async (request, signal) =>
      new TextDecoder().decode(request.image) === 'bad'
        ? engineError('Strange.Code')
        : recognise(request, signal);
    queue.start();
    for (let second = 0; second < 20; second++) {
      records.clock.advance(1_000);
      await turns();
    }
    await queue.settled();
    expect(records.card(bad).state).toMatchObject({ kind: 'failed', code: 'Strange.Code' });
    expect(records.store.counts()).toMatchObject({ pending: 20, failed: 1 });
  });
});
