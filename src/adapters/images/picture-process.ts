/**
 * The picture tool in a process of its own, one picture at a time: a decoder that crashes or eats memory costs its own picture
 * only, the window never waits for it, and sharp's libraries stay apart from the ones that Electron's windows use.
 */
import { fail, ok } from '../../shared/result';
import type { PictureTool } from '../../core/intake/ports';
import type { Channel } from '../processes/channel';
import type { PictureDone, PictureJob } from './picture-protocol';
import { sha256 } from './sha256';

type Prepared = Awaited<ReturnType<PictureTool['prepare']>>;

/** No picture within the limits takes this long; a decoder that does is stuck. */
const STUCK_MS = 60_000;
/** The process gives its memory back after so long without work. */
const IDLE_MS = 60_000;

export interface PictureProcess extends PictureTool {
  close(): void;
}

export function createPictureProcess(spawn: () => Channel<PictureJob, PictureDone>): PictureProcess {
  const waiting: { bytes: Uint8Array; settle: (prepared: Prepared) => void }[] = [];
  let channel: Channel<PictureJob, PictureDone> | undefined;
  let current: { id: number; settle: (prepared: Prepared) => void } | undefined;
  let lastId = 0;
  let timer: NodeJS.Timeout | undefined;

  function start(): Channel<PictureJob, PictureDone> {
    const started = spawn();
    started.onMessage(({ id, result }) => {
      if (id === current?.id) finish(result.ok ? ok(result.value) : fail(result.code));
    });
    started.onExit(() => {
      if (channel !== started) return;
      channel = undefined;
      // Ended in the middle of a picture: that picture is the one that cannot be read.
      if (current) finish(fail('picture.damaged'));
    });
    return started;
  }

  function stop(): void {
    clearTimeout(timer);
    const ending = channel;
    channel = undefined;
    ending?.kill();
  }

  function finish(prepared: Prepared): void {
    const done = current;
    current = undefined;
    clearTimeout(timer);
    done?.settle(prepared);
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
    current = { id: ++lastId, settle: job.settle };
    channel ??= start();
    channel.post({ id: lastId, bytes: job.bytes });
    timer = setTimeout(() => {
      stop();
      finish(fail('picture.damaged'));
    }, STUCK_MS);
  }

  return {
    sha256,
    prepare: (bytes) =>
      new Promise((settle) => {
        waiting.push({ bytes, settle });
        next();
      }).then((prepared) => sameBytes(prepared as Prepared, bytes)),
    close: stop,
  };
}

/** A picture that was left as it is travelled there and back: the caller's own bytes tell that nothing was done to it. */
function sameBytes(prepared: Prepared, bytes: Uint8Array): Prepared {
  if (!prepared.ok || prepared.value.notes.includes('reencoded')) return prepared;
  return ok({ ...prepared.value, prepared: bytes });
}
