/**
 * The local engine as the desk sees it: a small pool of processes that recognise cards and look at pictures for intake,
 * started when they are needed and ended when they are not, so that the window never stutters and a crash in native code
 * costs one attempt.
 */
import { randomUUID } from 'node:crypto';
import type { PictureLooker } from '../../core/intake/ports';
import type {
  CancelSignal,
  EngineAnswer,
  RecognitionEngine,
  RecognitionRequest,
} from '../../core/recognition/ports';
import { assertNever, fail, ok } from '../../shared/result';
import type { OwnRow } from '../bin-table/own-rows';
import type { FromWorker, ResourcePaths, SpawnWorker, ToWorker, WorkerChannel } from './protocol';

export interface LocalEngineOptions {
  readonly spawn: SpawnWorker;
  readonly paths: ResourcePaths;
  /** The administrator's rows of the BIN table; all processes of a run go by the same ones. */
  readonly ownRows?: readonly OwnRow[];
  /** Processes at most; see `localPoolSize`. */
  readonly poolSize: number;
  /** Threads of each process; see `threadsPerWorker`. */
  readonly threads: number;
  readonly now: () => Date;
  /** A process that had nothing to do for so long ends and gives its memory back. */
  readonly idleMs?: number;
  /** A look that takes so long is given up, and its process ended. */
  readonly stuckMs?: number;
}

export type LocalEngine = RecognitionEngine &
  PictureLooker & {
    /** Ends all processes; what was running or waiting is answered as cancelled. */
    close(): Promise<void>;
  };

const IDLE_MS = 60_000;
/** No picture within the limits takes this long to look at, the start of a process included. */
const STUCK_MS = 60_000;

/** What a process is asked, before it has a number. */
type Work =
  ({ readonly kind: 'read' } & RecognitionRequest) | { readonly kind: 'look'; readonly image: Uint8Array };

/** How it ended: an answer of the process, or none. */
type Ended =
  | Exclude<FromWorker, { kind: 'unusable' }>
  | { readonly kind: 'crashed'; readonly message: string }
  /** There was no process: the computer had nothing left to start one with. */
  | { readonly kind: 'notStarted'; readonly error: unknown }
  | { readonly kind: 'cancelled' };

interface Worker {
  readonly channel: WorkerChannel;
  /** The job it works on; idle without one. */
  job?: Job;
  /** Until it ends for want of work, or because it is stuck. */
  timer?: NodeJS.Timeout;
}

interface Job {
  readonly id: number;
  readonly work: Work;
  /** Answers the caller; further calls do nothing. */
  settle(end: Ended): void;
}

export function createLocalEngine(options: LocalEngineOptions): LocalEngine {
  const workers = new Set<Worker>();
  const waiting: Job[] = [];
  let lastId = 0;
  let closed = false;

  function startWorker(): Worker {
    const channel = options.spawn();
    const worker: Worker = { channel };
    workers.add(worker);
    channel.onMessage((message) => receive(worker, message));
    channel.onExit((notStarted) => {
      clearTimeout(worker.timer);
      const end = notStarted
        ? ({ kind: 'notStarted', error: notStarted } as const)
        : crashed('the recognising process ended unexpectedly');
      if (workers.delete(worker)) worker.job?.settle(end);
      dispatch();
    });
    const { paths, ownRows = [], threads } = options;
    channel.post({ kind: 'start', paths, ownRows, threads });
    return worker;
  }

  function receive(worker: Worker, message: FromWorker): void {
    if (message.kind === 'unusable') {
      endWorker(worker)?.settle(crashed(message.message));
      dispatch();
      return;
    }
    const { job } = worker;
    if (!job || job.id !== message.id) return;
    delete worker.job;
    job.settle(message);
    clearTimeout(worker.timer);
    worker.timer = setTimeout(() => void endWorker(worker), options.idleMs ?? IDLE_MS);
    // Waiting to save memory must not keep the application from ending.
    worker.timer.unref();
    dispatch();
  }

  /** Forgets and kills the process; answers the job that it leaves behind. */
  function endWorker(worker: Worker): Job | undefined {
    workers.delete(worker);
    clearTimeout(worker.timer);
    worker.channel.kill();
    return worker.job;
  }

  function dispatch(): void {
    while (waiting.length > 0 && !closed) {
      const idle = [...workers].find((worker) => !worker.job);
      if (!idle && workers.size >= options.poolSize) return;
      const job = waiting.shift();
      if (!job) return;
      try {
        give(idle ?? startWorker(), job);
      } catch (error) {
        job.settle({ kind: 'notStarted', error });
      }
    }
  }

  function give(worker: Worker, job: Job): void {
    clearTimeout(worker.timer);
    worker.job = job;
    worker.channel.post(toMessage(job, options.now().getTime()));
    if (job.work.kind !== 'look') return;
    worker.timer = setTimeout(() => {
      endWorker(worker)?.settle(crashed('the look took too long'));
      dispatch();
    }, options.stuckMs ?? STUCK_MS);
  }

  function withdraw(job: Job): void {
    const place = waiting.indexOf(job);
    if (place >= 0) waiting.splice(place, 1);
    const worker = [...workers].find((candidate) => candidate.job === job);
    if (worker) endWorker(worker);
    job.settle({ kind: 'cancelled' });
    dispatch();
  }

  function ask(work: Work, signal: CancelSignal): Promise<Ended> {
    if (signal.aborted || closed) return Promise.resolve({ kind: 'cancelled' });
    return new Promise((resolve) => {
      const onAbort = (): void => withdraw(job);
      const job: Job = {
        id: ++lastId,
        work,
        settle(end) {
          signal.removeEventListener('abort', onAbort);
          resolve(end);
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      waiting.push(job);
      dispatch();
    });
  }

  return {
    name: 'local',
    traits: { charges: false, overNetwork: false, needsCredentials: false, slots: options.poolSize },
    async recognise(request, signal) {
      return toEngineAnswer(await ask({ kind: 'read', ...request }, signal));
    },
    async look(image, signal) {
      const end = await ask({ kind: 'look', image }, signal);
      if (end.kind === 'looked') return ok(end.look);
      if (end.kind === 'cancelled') return undefined;
      if (end.kind === 'notStarted') return fail('picture.notLookedAt', undefined, end.error);
      const message = 'message' in end ? end.message : `Expected a look but received ${end.kind}`;
      return fail('picture.notLookedAt', undefined, new Error(message));
    },
    async close() {
      closed = true;
      const left = [...waiting.splice(0), ...[...workers].map(endWorker)];
      for (const job of left) job?.settle({ kind: 'cancelled' });
    },
  };
}

function toMessage({ id, work }: Job, nowMs: number): ToWorker {
  if (work.kind === 'look') return { kind: 'look', id, image: work.image };
  const { image, switches } = work;
  return { kind: 'read', id, image, switches, requestId: randomUUID(), nowMs };
}

function crashed(message: string): Ended {
  return { kind: 'crashed', message };
}

function toEngineAnswer(end: Ended): EngineAnswer {
  switch (end.kind) {
    case 'answer':
      return end.answer.kind === 'read'
        ? { kind: 'answer', recognition: end.answer.recognition }
        : { kind: 'error', code: end.answer.code, sent: false };
    case 'cancelled':
      return { kind: 'cancelled', sent: false };
    case 'crashed':
      return { kind: 'error', code: 'local.crashed', message: end.message, sent: false };
    case 'failed':
      return { kind: 'error', code: 'FailedOperation.OcrFailed', message: end.message, sent: false };
    case 'notStarted':
      throw end.error;
    case 'looked':
      throw new Error('Expected an answer but received a look');
    default:
      return assertNever(end);
  }
}
