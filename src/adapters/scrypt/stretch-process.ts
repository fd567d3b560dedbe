/**
 * Derivations in processes of their own, so that the window's own thread is never held by one. Where no process comes, or the one
 * that came has no answer, the key is made in the other way: it is late then, but nobody is locked out.
 */
import type { Channel } from '../processes/channel';
import type { ScryptCost } from './cost';
import { STRETCHED_BYTES, type Stretch } from './stretch';

export interface StretchJob {
  readonly secret: Uint8Array;
  readonly salt: Uint8Array;
  readonly cost: ScryptCost;
}

/** Many times what the dearest derivation takes that is taken at all; a process that is silent for longer is stuck. */
const STUCK_MS = 20_000;

export interface StretchTools {
  /** The process of worker.ts. */
  readonly spawn: () => Channel<StretchJob, Uint8Array>;
  readonly otherwise: Stretch;
  readonly note: (message: string, error?: unknown) => void;
  readonly stuckMs?: number;
}

export function stretchInProcess({ spawn, otherwise, note, stuckMs = STUCK_MS }: StretchTools): Stretch {
  return async (secret, salt, given) => {
    // Nothing else that stands beside these three is for the process.
    const { cost, blockSize, parallelization } = given;
    const job = {
      secret: new TextEncoder().encode(secret),
      salt,
      cost: { cost, blockSize, parallelization },
    };
    try {
      return await keyFrom(spawn(), job, stuckMs);
    } catch (error) {
      note('a key is made without a process of its own', error);
      return otherwise(secret, salt, given);
    }
  };
}

/** The process ends here in any case. */
function keyFrom(
  channel: Channel<StretchJob, Uint8Array>,
  job: StretchJob,
  stuckMs: number,
): Promise<Buffer> {
  return new Promise<Buffer>((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Error('Expected a key but none came'))), stuckMs);
    function end(settle: () => void): void {
      clearTimeout(timer);
      channel.kill();
      settle();
    }
    channel.onMessage((key) =>
      end(() =>
        key.length === STRETCHED_BYTES
          ? resolve(Buffer.from(key))
          : reject(new Error('Expected a key but received something else')),
      ),
    );
    channel.onExit((notStarted) => {
      clearTimeout(timer);
      reject(notStarted ?? new Error('Expected a key but the process ended'));
    });
    channel.post(job);
  }).finally(() => job.secret.fill(0));
}
