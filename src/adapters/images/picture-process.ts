/**
 * The picture tool in a process of its own, one picture at a time: a decoder that crashes or eats memory costs its own picture
 * only, the window never waits for it, and sharp's libraries stay apart from the ones that Electron's windows use.
 */
import { fail, ok } from '../../shared/result';
import type { PictureTool } from '../../core/intake/ports';
import type { Channel } from '../processes/channel';
import type { PictureDone, PictureJob, PictureWork } from './picture-protocol';
import { sha256 } from './sha256';

type Prepared = Awaited<ReturnType<PictureTool['prepare']>>;
/** Undefined: the process ended in the middle of it. An error: there was no process, which says nothing of the picture. */
type Settle = (done: PictureDone | Error | undefined) => void;

interface Job {
  readonly work: PictureWork;
  readonly settle: Settle;
  /** How often a process ended while it was at this. */
  readonly ends: number;
}

/** No picture within the limits takes this long; a decoder that does is stuck. */
const STUCK_MS = 60_000;
/** The process gives its memory back after so long without work. */
const IDLE_MS = 60_000;
/** Says nothing of the picture. */
const CLOSED = 'Expected a process for pictures but it was closed';

export interface PictureProcess extends PictureTool {
  /** At once: what is worked on or waits is rejected, and so is what is asked afterwards. */
  close(): void;
}

export function createPictureProcess(spawn: () => Channel<PictureJob, PictureDone>): PictureProcess {
  const waiting: Job[] = [];
  let channel: Channel<PictureJob, PictureDone> | undefined;
  let current: (Job & { readonly id: number }) | undefined;
  let lastId = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function start(): Channel<PictureJob, PictureDone> {
    const started = spawn();
    started.onMessage((done) => {
      if (done.id === current?.id) finish(done);
    });
    started.onExit((notStarted) => {
      if (channel !== started) return;
      channel = undefined;
      if (current) ended(notStarted);
    });
    return started;
  }

  function stop(): void {
    clearTimeout(timer);
    const ending = channel;
    channel = undefined;
    ending?.kill();
  }

  /**
   * The process ended in the middle of a picture. Anything may have ended it, such as the system for want of memory: the
   * picture is tried once more by a fresh process, and if that ends too it is the one that cannot be read.
   */
  function ended(notStarted: Error | undefined): void {
    const job = current;
    if (!job || notStarted || job.ends > 0) return finish(notStarted);
    current = undefined;
    clearTimeout(timer);
    waiting.unshift({ ...job, ends: job.ends + 1 });
    next();
  }

  function finish(done: PictureDone | Error | undefined): void {
    const finished = current;
    current = undefined;
    clearTimeout(timer);
    finished?.settle(done);
    next();
  }

  function next(): void {
    if (current) return;
    const job = waiting.shift();
    if (!job) {
      timer = setTimeout(stop, IDLE_MS);
      timer.unref();
      return;
    }
    clearTimeout(timer);
    current = { ...job, id: ++lastId };
    try {
      channel ??= start();
    } catch (error) {
      finish(error instanceof Error ? error : new Error('Expected a process', { cause: error }));
      return;
    }
    channel.post({ id: lastId, ...job.work });
    timer = setTimeout(() => {
      stop();
      finish(undefined);
    }, STUCK_MS);
  }

  function ask(work: PictureWork): Promise<PictureDone | undefined> {
    if (closed) return Promise.reject(new Error(CLOSED));
    return new Promise((resolve, reject) => {
      const settle: Settle = (done) => (done instanceof Error ? reject(done) : resolve(done));
      waiting.push({ work, settle, ends: 0 });
      next();
    });
  }

  return {
    sha256,
    async prepare(bytes) {
      const done = await ask({ kind: 'prepare', bytes });
      return done?.kind === 'prepare' ? sameBytes(done.result, bytes) : fail('picture.damaged');
    },
    async cut(bytes, region) {
      const done = await ask({ kind: 'cut', bytes, region });
      return done?.kind === 'cut' ? done.result : fail('picture.damaged');
    },
    async paintOver(bytes, areas) {
      const done = await ask({ kind: 'paintOver', bytes, areas });
      return done?.kind === 'paintOver' ? done.result : fail('picture.damaged');
    },
    async takeApart(bytes, cards) {
      const done = await ask({ kind: 'takeApart', bytes, cards });
      return done?.kind === 'takeApart' ? done.result : fail('picture.damaged');
    },
    close() {
      closed = true;
      stop();
      const left = [...(current ? [current] : []), ...waiting.splice(0)];
      current = undefined;
      for (const { settle } of left) settle(new Error(CLOSED));
    },
  };
}

/** A picture that was left as it is travelled there and back: the caller's own bytes are not kept in memory twice. */
function sameBytes(prepared: Prepared, bytes: Uint8Array): Prepared {
  if (!prepared.ok || Buffer.compare(prepared.value.prepared, bytes) !== 0) return prepared;
  return ok({ ...prepared.value, prepared: bytes });
}
