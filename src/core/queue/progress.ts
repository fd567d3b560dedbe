/** How far the queue is, how fast, and why nothing goes on, as people are told. */
import type { QueueStatus } from '../../shared/ipc';
import { ENGINES } from '../../shared/recognition';
import type { CardStore, Clock } from '../cards/ports';
import type { Hold } from '../environment/hold';
import { megabytesNeeded } from '../environment/room';
import type { Engines } from '../recognition/engines';
import type { Halt } from './halt';
import { createPace } from './pace';
import type { Standing } from './standing';
import type { UnderWay } from './under-way';

export interface Progress {
  /** A card waits for no engine any more. */
  finished(): void;
  status(): QueueStatus;
  /** All is done: what comes next is counted anew. */
  reset(): void;
}

export interface ProgressTools {
  readonly store: Pick<CardStore, 'counts'>;
  readonly clock: Clock;
  readonly hold: Pick<Hold, 'trouble'>;
  /** Where the records lie, for people. */
  readonly folder: string;
  readonly engines: Pick<Engines, 'own'>;
  readonly halt: Halt;
  readonly standing: Standing;
  readonly underWay: Pick<UnderWay, 'count'>;
}

export function createProgress(tools: ProgressTools): Progress {
  const { store, hold, engines, halt, standing, underWay } = tools;
  const pace = createPace(tools.clock);
  let done = 0;

  /** Why nothing goes on, and the first reason only. */
  function standstill(left: number): Pick<QueueStatus, 'kind' | 'code' | 'retryAt'> | undefined {
    const trouble = hold.trouble();
    if (trouble) return { kind: 'blocked', ...trouble };
    const reason = halt.reason();
    if (reason) return reason;
    const own = standing.of(engines.own());
    if (own || left === 0 || underWay.count() > 0) return own;
    // Nothing is left but cards that were sent to another engine by name.
    return ENGINES.map((engine) => standing.of(engine)).find((one) => one !== undefined);
  }

  return {
    finished() {
      done++;
      pace.mark();
    },
    status() {
      const counts = store.counts();
      const left = counts.arriving + counts.queued + counts.recognising;
      const perMinute = pace.perMinute();
      const { kind, code, retryAt } = standstill(left) ?? { kind: left > 0 ? 'running' : 'idle' };
      return {
        kind,
        code,
        retryAt,
        room: code?.startsWith('disk.')
          ? { folder: tools.folder, megabytes: code === 'disk.full' ? megabytesNeeded(counts) : undefined }
          : undefined,
        engine: engines.own(),
        done,
        total: done + left,
        recognising: underWay.count(),
        cardsPerMinute: perMinute,
        secondsLeft:
          perMinute && left > 0 && kind === 'running' ? Math.ceil((left / perMinute) * 60) : undefined,
      };
    },
    reset() {
      done = 0;
      pace.reset();
    },
  };
}
