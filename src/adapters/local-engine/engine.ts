/**
 * The local engine as the desk sees it: a small pool of recognising processes, started when they are needed and
 * ended when they are not, so that the window never stutters and a crash in native code costs one attempt.
 */
import { randomUUID } from 'node:crypto';
import type {
  CancelSignal,
  EngineAnswer,
  RecognitionEngine,
  RecognitionRequest,
} from '../../core/recognition/ports';
import type { OwnRow } from './own-rows';
import type { ReadAnswer } from './pipeline';
import type { FromWorker, ResourcePaths, SpawnWorker, WorkerChannel } from './protocol';

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
}

export type LocalEngine = RecognitionEngine & {
  /** Ends all processes; what was running or waiting is answered as cancelled. */
  close(): Promise<void>;
};

const IDLE_MS = 60_000;
const CANCELLED: EngineAnswer = { kind: 'cancelled', sent: false };

interface Worker {
  readonly channel: WorkerChannel;
  /** The job it works on; idle without one. */
  job?: Job;
  idleTimer?: NodeJS.Timeout;
}

interface Job {
  readonly id: number;
  readonly request: RecognitionRequest;
  /** Answers the caller; further calls do nothing. */
  settle(answer: EngineAnswer): void;
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
    channel.onExit(() => {
      if (workers.delete(worker)) worker.job?.settle(crashed('the recognising process ended unexpectedly'));
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
    job.settle(message.kind === 'answer' ? toEngineAnswer(message.answer) : ocrFailed(message.message));
    worker.idleTimer = setTimeout(() => void endWorker(worker), options.idleMs ?? IDLE_MS);
    // Waiting to save memory must not keep the application from ending.
    worker.idleTimer.unref();
    dispatch();
  }

  /** Forgets and kills the process; answers the job that it leaves behind. */
  function endWorker(worker: Worker): Job | undefined {
    workers.delete(worker);
    clearTimeout(worker.idleTimer);
    worker.channel.kill();
    return worker.job;
  }

  function dispatch(): void {
    while (waiting.length > 0 && !closed) {
      const idle = [...workers].find((worker) => !worker.job);
      if (!idle && workers.size >= options.poolSize) return;
      const job = waiting.shift();
      if (job) give(idle ?? startWorker(), job);
    }
  }

  function give(worker: Worker, job: Job): void {
    clearTimeout(worker.idleTimer);
    worker.job = job;
    const { image, switches } = job.request;
    const requestId = randomUUID();
    worker.channel.post({
      kind: 'read',
      id: job.id,
      image,
      switches,
      requestId,
      nowMs: options.now().getTime(),
    });
  }

  function withdraw(job: Job): void {
    const place = waiting.indexOf(job);
    if (place >= 0) waiting.splice(place, 1);
    const worker = [...workers].find((candidate) => candidate.job === job);
    if (worker) endWorker(worker);
    job.settle(CANCELLED);
    dispatch();
  }

  return {
    name: 'local',
    recognise(request: RecognitionRequest, signal: CancelSignal): Promise<EngineAnswer> {
      if (signal.aborted || closed) return Promise.resolve(CANCELLED);
      return new Promise((resolve) => {
        const onAbort = (): void => withdraw(job);
        const job: Job = {
          id: ++lastId,
          request,
          settle(answer) {
            signal.removeEventListener('abort', onAbort);
            resolve(answer);
          },
        };
        signal.addEventListener('abort', onAbort, { once: true });
        waiting.push(job);
        dispatch();
      });
    },
    async close() {
      closed = true;
      const left = [...waiting.splice(0), ...[...workers].map(endWorker)];
      for (const job of left) job?.settle(CANCELLED);
    },
  };
}

function toEngineAnswer(answer: ReadAnswer): EngineAnswer {
  if (answer.kind === 'read') return { kind: 'answer', recognition: answer.recognition };
  return { kind: 'error', code: answer.code, sent: false };
}

function crashed(message: string): EngineAnswer {
  return { kind: 'error', code: 'local.crashed', message, sent: false };
}

function ocrFailed(message: string): EngineAnswer {
  return { kind: 'error', code: 'FailedOperation.OcrFailed', message, sent: false };
}
