/**
 * A small pool of recognising processes: started when they are needed and ended when they are not, each working on one
 * picture at a time. However a job ends, it is answered once.
 */
import { randomUUID } from 'node:crypto';
import type { CancelSignal, RecognitionRequest } from '../../core/recognition/ports';
import type { OwnRow } from '../bin-table/own-rows';
import type { FromWorker, ResourcePaths, SpawnWorker, ToWorker, WorkerChannel } from './protocol';

export interface WorkerPoolOptions {
  readonly spawn: SpawnWorker;
  readonly paths: ResourcePaths;
  /** The administrator's rows of the BIN table; all processes of a run go by the same ones. */
  readonly ownRows?: readonly OwnRow[];
  /** Processes at most; see `localPoolSize`. */
  readonly poolSize: number;
  /** Threads of each process; see `threadsPerWorker`. */
  readonly threads: number;
  readonly now: () => Date;
  /** A process that had nothing to do for so long ends and gives its memory back. Milliseconds. */
  readonly idleMs?: number;
  /** A look that takes so long is given up, and its process ended. Milliseconds. */
  readonly stuckMs?: number;
}

const IDLE_MS = 60_000;
/** No picture within the limits takes this long to look at, the start of a process included. */
const STUCK_MS = 60_000;

/** What a process is asked, before it has a number. */
export type Work =
  ({ readonly kind: 'read' } & RecognitionRequest) | { readonly kind: 'look'; readonly image: Uint8Array };

/** How it ended: an answer of the process, or none. */
export type Ended =
  | FromWorker
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

export interface WorkerPool {
  /** Answers however it ends; an abort ends the process that works on it. Never rejects. */
  ask(work: Work, signal: CancelSignal): Promise<Ended>;
  /** Ends all processes; what was running or waiting is answered as cancelled, and so is what is asked afterwards. */
  close(): void;
}

export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
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
      endWorker(worker)?.settle(message);
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
    ask,
    close() {
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
