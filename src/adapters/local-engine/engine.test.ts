import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecognitionRequest } from '../../core/recognition/ports';
import { createLocalEngine } from './engine';
import { localPoolSize, threadsPerWorker } from './pool-size';
import type { FromWorker, ToWorker, WorkerChannel } from './protocol';

class FakeWorker implements WorkerChannel {
  readonly posted: ToWorker[] = [];
  killed = false;
  private listener: (message: FromWorker) => void = () => undefined;
  private exit: () => void = () => undefined;
  post(message: ToWorker): void {
    this.posted.push(message);
  }
  onMessage(listener: (message: FromWorker) => void): void {
    this.listener = listener;
  }
  onExit(listener: () => void): void {
    this.exit = listener;
  }
  kill(): void {
    this.killed = true;
    this.exit();
  }
  refuseLast(): void {
    const last = this.posted.at(-1);
    if (last?.kind !== 'read') throw new Error('Expected a picture to be read');
    const answer = { kind: 'refused', code: 'FailedOperation.NoBankCardError' } as const;
    this.listener({ kind: 'answer', id: last.id, answer });
  }
  say(message: FromWorker): void {
    this.listener(message);
  }
  die(): void {
    this.exit();
  }
}

const request: RecognitionRequest = {
  image: new Uint8Array(1),
  switches: {
    RetBorderCutImage: false,
    RetCardNoImage: false,
    EnableCopyCheck: false,
    EnableReshootCheck: false,
    EnableBorderCheck: false,
    EnableQualityValue: false,
  },
};
const noSignal = new AbortController().signal;

function setUp(poolSize: number) {
  const workers: FakeWorker[] = [];
  const engine = createLocalEngine({
    spawn: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    paths: { detection: 'd', recognition: 'r', digitBranch: 'h', characters: 'c', binTable: 'b' },
    poolSize,
    threads: 2,
    now: () => new Date(0),
    idleMs: 60_000,
  });
  return { engine, workers };
}

/** Lets promises that are settled be followed. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the local engine', () => {
  it('starts no process before the first picture', async () => {
    const { engine, workers } = setUp(2);
    expect(workers).toHaveLength(0);
    const answer = engine.recognise(request, noSignal);
    expect(workers[0]?.posted.map((message) => message.kind)).toEqual(['start', 'read']);
    workers[0]?.refuseLast();
    expect(await answer).toEqual({ kind: 'error', code: 'FailedOperation.NoBankCardError', sent: false });
  });

  it('lets more pictures than processes wait, first come first served', async () => {
    const { engine, workers } = setUp(1);
    const first = engine.recognise(request, noSignal);
    const second = engine.recognise(request, noSignal);
    expect(workers).toHaveLength(1);
    workers[0]?.refuseLast();
    await first;
    workers[0]?.refuseLast();
    await expect(second).resolves.toMatchObject({ kind: 'error' });
    expect(workers).toHaveLength(1);
  });

  it('kills the process of a cancelled picture and reads the next one in a fresh process', async () => {
    const { engine, workers } = setUp(1);
    const controller = new AbortController();
    const cancelled = engine.recognise(request, controller.signal);
    const next = engine.recognise(request, noSignal);
    controller.abort();
    expect(await cancelled).toEqual({ kind: 'cancelled', sent: false });
    expect(workers.map((worker) => worker.killed)).toEqual([true, false]);
    workers[1]?.refuseLast();
    await expect(next).resolves.toMatchObject({ kind: 'error' });
  });

  it('drops a waiting picture that is cancelled without touching the one at work', async () => {
    const { engine, workers } = setUp(1);
    const first = engine.recognise(request, noSignal);
    const controller = new AbortController();
    const waiting = engine.recognise(request, controller.signal);
    controller.abort();
    expect(await waiting).toEqual({ kind: 'cancelled', sent: false });
    expect(workers[0]?.killed).toBe(false);
    workers[0]?.refuseLast();
    await expect(first).resolves.toMatchObject({ kind: 'error' });
    expect(workers[0]?.posted.filter((message) => message.kind === 'read')).toHaveLength(1);
  });

  it('answers cancelled at once for a signal that has already fired', async () => {
    const { engine, workers } = setUp(1);
    expect(await engine.recognise(request, AbortSignal.abort())).toEqual({ kind: 'cancelled', sent: false });
    expect(workers).toHaveLength(0);
  });

  it.each([
    ['dies', (worker: FakeWorker) => worker.die()],
    ['is killed', (worker: FakeWorker) => worker.kill()],
  ])('costs no attempt when a process %s: a fresh one reads the picture', async (_what, befall) => {
    const { engine, workers } = setUp(1);
    const reading = engine.recognise(request, noSignal);
    befall(workers[0] as FakeWorker);
    await turns();
    workers[1]?.refuseLast();
    expect(await reading).toMatchObject({ code: 'FailedOperation.NoBankCardError' });
  });

  it('costs one attempt when two processes die over one picture, and the others go on', async () => {
    const { engine, workers } = setUp(1);
    const lost = engine.recognise(request, noSignal);
    workers[0]?.die();
    await turns();
    const next = engine.recognise(request, noSignal);
    workers[1]?.die();
    expect(await lost).toMatchObject({ kind: 'error', code: 'local.crashed', sent: false });
    workers[2]?.refuseLast();
    await expect(next).resolves.toMatchObject({ code: 'FailedOperation.NoBankCardError' });
  });

  it('is not read again when it was called off as its process died', async () => {
    const { engine, workers } = setUp(1);
    const controller = new AbortController();
    const lost = engine.recognise(request, controller.signal);
    workers[0]?.die();
    controller.abort();
    expect(await lost).toEqual({ kind: 'cancelled', sent: false });
    expect(workers).toHaveLength(1);
  });

  it('says why when the models cannot be loaded', async () => {
    const { engine, workers } = setUp(1);
    const lost = engine.recognise(request, noSignal);
    workers[0]?.say({ kind: 'unusable', message: 'no such file' });
    expect(await lost).toMatchObject({ code: 'local.crashed', message: 'no such file' });
  });

  it('ends a process that was idle for a minute, not one that is at work', async () => {
    const { engine, workers } = setUp(1);
    const first = engine.recognise(request, noSignal);
    workers[0]?.refuseLast();
    await first;
    vi.advanceTimersByTime(59_000);
    const second = engine.recognise(request, noSignal);
    vi.advanceTimersByTime(120_000);
    expect(workers[0]?.killed).toBe(false);
    workers[0]?.refuseLast();
    await second;
    vi.advanceTimersByTime(60_000);
    expect(workers[0]?.killed).toBe(true);
  });

  it('answers what is running and waiting when it is closed', async () => {
    const { engine, workers } = setUp(1);
    const both = [engine.recognise(request, noSignal), engine.recognise(request, noSignal)];
    await engine.close();
    expect(await Promise.all(both)).toEqual(both.map(() => ({ kind: 'cancelled', sent: false })));
    expect(workers.map((worker) => worker.killed)).toEqual([true]);
  });
});

describe('looking at a picture', () => {
  const image = new Uint8Array(1);
  const look = { side: 'back', secrets: [], cards: [] } as const;

  it('takes its turn among the readings', async () => {
    const { engine, workers } = setUp(1);
    const reading = engine.recognise(request, noSignal);
    const looking = engine.look(image, noSignal);
    expect(workers[0]?.posted.map(({ kind }) => kind)).toEqual(['start', 'read']);
    workers[0]?.refuseLast();
    await reading;
    const asked = workers[0]?.posted.at(-1);
    if (asked?.kind !== 'look') throw new Error('Expected a look');
    workers[0]?.say({ kind: 'looked', id: asked.id, look });
    expect(await looking).toEqual({ ok: true, value: look });
  });

  const stuck = () => vi.advanceTimersByTime(60_000);

  it.each([
    ['dies', (worker: FakeWorker) => worker.die()],
    ['is killed', (worker: FakeWorker) => worker.kill()],
    ['is stuck', stuck],
  ])(
    'looks once more in a fresh process when the process %s, while the others go on',
    async (_what, befall) => {
      const { engine, workers } = setUp(2);
      const lost = engine.look(image, noSignal);
      const beside = engine.recognise(request, noSignal);
      befall(workers[0] as FakeWorker);
      await turns();
      expect(workers).toHaveLength(3);
      const again = workers[2]?.posted.at(-1);
      if (again?.kind !== 'look') throw new Error('Expected a look');
      workers[2]?.say({ kind: 'looked', id: again.id, look });
      expect(await lost).toEqual({ ok: true, value: look });
      expect(workers[1]?.killed).toBe(false);
      workers[1]?.refuseLast();
      await expect(beside).resolves.toMatchObject({ code: 'FailedOperation.NoBankCardError' });
    },
  );

  it('does not look again at what was called off meanwhile', async () => {
    const { engine, workers } = setUp(1);
    const controller = new AbortController();
    const lost = engine.look(image, controller.signal);
    workers[0]?.die();
    controller.abort();
    expect(await lost).toBeUndefined();
    expect(workers).toHaveLength(1);
  });

  it.each([
    ['the process dies twice', (worker: FakeWorker) => worker.die()],
    [
      'it can start neither',
      (worker: FakeWorker) => worker.say({ kind: 'unusable', message: 'no networks' }),
    ],
    ['it meets a bug', (worker: FakeWorker) => worker.say({ kind: 'failed', id: 1, message: 'a bug' })],
    ['it is stuck twice', stuck],
  ])('fails when %s', async (_what, befall) => {
    const { engine, workers } = setUp(1);
    const looking = engine.look(image, noSignal);
    befall(workers[0] as FakeWorker);
    await turns();
    for (const second of workers.slice(1)) befall(second);
    expect(await looking).toMatchObject({ ok: false, error: { code: 'picture.notLookedAt' } });
    expect(workers.length).toBeLessThanOrEqual(2);
  });

  it('lets a reading take as long as it needs', async () => {
    const { engine, workers } = setUp(1);
    const reading = engine.recognise(request, noSignal);
    vi.advanceTimersByTime(600_000);
    expect(workers[0]?.killed).toBe(false);
    workers[0]?.refuseLast();
    await reading;
  });
});

describe('the pool', () => {
  const gigabyte = 1024 ** 3;

  it.each([
    { cores: 1, free: 8, total: 16, size: 1 },
    { cores: 2, free: 8, total: 16, size: 2 },
    { cores: 2, free: 1.5, total: 16, size: 1 },
    { cores: 4, free: 8, total: 16, size: 4 },
    { cores: 8, free: 16, total: 32, size: 8 },
    { cores: 8, free: 4, total: 32, size: 2 },
    { cores: 8, free: 7, total: 8, size: 3 },
    { cores: 64, free: 256, total: 512, size: 8 },
    { cores: 8, free: 0.5, total: 2, size: 1 },
  ])('of $cores cores with $free of $total GB free is $size', ({ size, free, total, cores }) => {
    expect(localPoolSize({ cores, free: free * gigabyte, total: total * gigabyte })).toBe(size);
  });

  it('shares the cores out', () => {
    expect(threadsPerWorker(8, 8)).toBe(1);
    expect(threadsPerWorker(8, 4)).toBe(2);
    expect(threadsPerWorker(1, 1)).toBe(1);
    expect(threadsPerWorker(2, 4)).toBe(1);
  });
});

describe('a computer that has no process left', () => {
  it('is said to whoever asked, and keeps nobody waiting', async () => {
    const failure = Object.assign(new Error('as the system says it'), { code: 'EAGAIN' });
    const engine = createLocalEngine({
      spawn() {
        throw failure;
      },
      paths: { detection: 'd', recognition: 'r', digitBranch: 'h', characters: 'c', binTable: 'b' },
      poolSize: 1,
      threads: 1,
      now: () => new Date(0),
    });
    const asked = engine.recognise(request, noSignal);
    const looked = engine.look(new Uint8Array(1), noSignal);
    await expect(asked).rejects.toBe(failure);
    expect(await looked).toMatchObject({ ok: false, error: { cause: failure } });
  });
});
