/**
 * The local engine as the desk sees it: processes of its own recognise cards and look at pictures for intake, so that the
 * window never stutters and one crash in native code costs a second reading, and only two over one picture cost an attempt.
 */
import type { PictureLooker } from '../../core/intake/ports';
import type { CancelSignal, EngineAnswer, RecognitionEngine } from '../../core/recognition/ports';
import { assertNever, fail, ok } from '../../shared/result';
import { createWorkerPool, type Ended, type Work, type WorkerPoolOptions } from './worker-pool';

export type LocalEngine = RecognitionEngine &
  PictureLooker & {
    /** Ends all processes; what was running or waiting is answered as cancelled. */
    close(): Promise<void>;
  };

/** Starts no process before it is asked something. */
export function createLocalEngine(options: WorkerPoolOptions): LocalEngine {
  const pool = createWorkerPool(options);

  /** What ended a process need not be the picture: memory may have been short, or somebody killed it. So a fresh one tries too. */
  async function ask(work: Work, signal: CancelSignal): Promise<Ended> {
    const end = await pool.ask(work, signal);
    return end.kind === 'crashed' ? pool.ask(work, signal) : end;
  }

  return {
    name: 'local',
    traits: { charges: false, overNetwork: false, needsCredentials: false, slots: options.poolSize },
    async recognise(request, signal) {
      return toEngineAnswer(await ask({ kind: 'read', ...request }, signal));
    },
    slots: options.poolSize,
    async look(image, signal) {
      const end = await ask({ kind: 'look', image }, signal);
      if (end.kind === 'looked') return ok(end.look);
      if (end.kind === 'cancelled') return undefined;
      if (end.kind === 'notStarted') return fail('picture.notLookedAt', undefined, end.error);
      const message = 'message' in end ? end.message : `Expected a look but received ${end.kind}`;
      return fail('picture.notLookedAt', undefined, new Error(message));
    },
    async close() {
      pool.close();
    },
  };
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
    case 'unusable':
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
