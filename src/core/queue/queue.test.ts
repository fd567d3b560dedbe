import { describe, expect, it } from 'vitest';
import { diskFull, turns } from '../../../test/helpers/memory-world';
import { FIELDS, openRun, reads } from '../../../test/helpers/queue-run';
import { engineError, recognition, type Script } from '../../../test/helpers/scripted-engine';
import type { PictureStore } from '../cards/ports';
import type { CancelSignal, EngineAnswer } from '../recognition/ports';

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

describe('a call that has not left yet', () => {
  /** A cloud whose connections come about when a test says so. */
  function unconnected(parts: Parameters<typeof openRun>[0] = {}) {
    let connect: () => void = () => undefined;
    const ready = (signal: CancelSignal) =>
      new Promise<void>((resolve) => {
        connect = resolve;
        signal.addEventListener('abort', () => resolve());
      });
    const run = openRun({ tencent: reads, chosen: 'tencent', ready, ...parts });
    return { ...run, connect: () => connect() };
  }

  it('is nothing that may have been paid for: a crash leaves its card as it was', async () => {
    const { records, queue } = unconnected();
    const id = await records.wait('a');
    queue.start();
    await turns();
    expect(records.store.attempts(id)).toEqual([]);
    const next = openRun({ records, tencent: reads, chosen: 'tencent' });
    next.queue.start();
    await next.queue.settled();
    expect(records.store.attempts(id)).toMatchObject([{ outcome: 'finished', maybeCharged: false }]);
  });

  it('is written before its first byte leaves, and answered once', async () => {
    let written: readonly string[] = [];
    const tencent: Script = () => {
      written = records.outcomes(id);
      return recognition(FIELDS);
    };
    const { records, queue, connect } = unconnected({ tencent });
    const id = await records.wait('a');
    queue.start();
    await turns();
    connect();
    await queue.settled();
    expect(written).toEqual(['started']);
    expect(records.outcomes(id)).toEqual(['finished']);
  });

  it.each(['pause', 'close', 'cancel'] as const)(
    'is called off by %s, and its card has lost nothing',
    async (how) => {
      const { records, queue, engines } = unconnected();
      const id = await records.wait('a');
      queue.start();
      await turns();
      await queue[how]();
      await turns();
      expect(engines.tencent.calls).toBe(0);
      expect(records.store.attempts(id)).toEqual([]);
      expect(records.card(id).state.kind).toBe(how === 'cancel' ? 'failed' : 'queued');
    },
  );

  it('does not leave where its card was sent elsewhere meanwhile, or what is answered cannot be kept', async () => {
    const { records, queue, engines, connect } = unconnected({ local: reads });
    const id = await records.wait('a');
    queue.start();
    await turns();
    records.store.change(id, { state: { kind: 'queued', engine: 'local' } }, records.clock.now());
    connect();
    await queue.settled();
    expect([engines.tencent.calls, engines.local.calls]).toEqual([0, 1]);
    expect(records.store.attempts(id)).toMatchObject([{ engine: 'local', outcome: 'finished' }]);
  });

  it('waits as it did where its attempt cannot be written', async () => {
    const { records, queue, engines, connect } = unconnected();
    const id = await records.wait('a');
    const { beginAttempt } = records.store;
    records.store.beginAttempt = () => {
      throw diskFull();
    };
    queue.start();
    await turns();
    connect();
    await turns();
    expect(queue.status()).toMatchObject({ kind: 'blocked', code: 'disk.full' });
    expect([engines.tencent.calls, records.card(id).state.kind]).toEqual([0, 'queued']);
    records.store.beginAttempt = beginAttempt;
    records.clock.advance(2_000);
    await turns();
    connect();
    await queue.settled();
    expect(records.outcomes(id)).toEqual(['finished']);
  });
});

describe('the queue when it may not go on', () => {
  /** Refuses the first call for haste. */
  const hasty: Script = (call) => (call === 1 ? engineError('RequestLimitExceeded') : recognition(FIELDS));

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

  it.each([-86_400_000, -600_000, 600_000, 86_400_000])(
    'waits as long as it would when the clock is set by %d ms, in this run and in the next',
    async (byMs) => {
      const { records, queue, engines } = openRun({ tencent: hasty, chosen: 'tencent' });
      const id = await records.wait('a');
      queue.start();
      await turns();
      records.clock.set(byMs);
      records.clock.advance(999);
      await turns();
      expect(engines.tencent.calls).toBe(1);
      records.clock.advance(1_000);
      await queue.settled();
      expect(records.outcomes(id)).toEqual(['throttled', 'finished']);

      const other = await records.wait('b');
      const before = openRun({ records, tencent: hasty, chosen: 'tencent' });
      before.queue.start();
      await turns();
      records.clock.set(byMs);
      const after = openRun({ records, tencent: reads, chosen: 'tencent' });
      after.queue.start();
      records.clock.advance(2_000);
      await after.queue.settled();
      expect(records.card(other).state.kind).toBe('pending');
    },
  );

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
