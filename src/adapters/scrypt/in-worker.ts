/**
 * Derivations in threads of their own, by code that computes where it is called. The scrypt of Electron's crypto computes
 * everything once to look at its parameters, on the thread that calls it, before it does so again on another.
 */
import { Worker } from 'node:worker_threads';
import type { ScryptCost } from './cost';
import type { Stretch } from './stretch';

/** asked: with this salt, at this cost. profile: with what a profile.json says, where it is there and says so. */
export type Job =
  | {
      readonly kind: 'asked';
      readonly secret: Uint8Array;
      readonly salt: Uint8Array;
      readonly cost: ScryptCost;
    }
  | { readonly kind: 'profile'; readonly secret: Uint8Array; readonly file: string };

export interface Answer {
  readonly salt: Uint8Array;
  readonly cost: ScryptCost;
  readonly key: Uint8Array<ArrayBuffer>;
}

/** `script` is worker.ts, bundled. */
export function stretchInWorker(script: string): Stretch {
  return async (secret, salt, cost) => {
    const answer = await inWorker(script, { kind: 'asked', secret: bytesOf(secret), salt, cost });
    if (!answer) throw new Error('Expected a key but the thread made none');
    return keyIn(answer);
  };
}

/**
 * Begins with the key of a profile before anything else is loaded. What comes of it is for that passphrase alone; it stands
 * only where it was made of the salt and cost that are asked for, and `otherwise` does the rest.
 */
export function stretchAhead(script: string, file: string, passphrase: string, otherwise: Stretch): Stretch {
  const ahead = inWorker(script, { kind: 'profile', secret: bytesOf(passphrase.normalize('NFKC')), file })
    // Whatever is wrong is found again, and said, by whoever asks for the key.
    .catch(() => undefined);
  return async (secret, salt, cost) => {
    const answer = await ahead;
    return answer && sameAs(answer, salt, cost) ? keyIn(answer) : otherwise(secret, salt, cost);
  };
}

function sameAs(answer: Answer, salt: Uint8Array, { cost, blockSize, parallelization }: ScryptCost): boolean {
  return (
    Buffer.compare(answer.salt, salt) === 0 &&
    answer.cost.cost === cost &&
    answer.cost.blockSize === blockSize &&
    answer.cost.parallelization === parallelization
  );
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const keyIn = ({ key }: Answer): Buffer => Buffer.from(key.buffer, key.byteOffset, key.byteLength);

/** The secret's bytes move into the thread: none stay here. */
function inWorker(script: string, job: Job): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, {
      workerData: job,
      transferList: [job.secret.buffer as ArrayBuffer],
      env: {},
      execArgv: [],
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('Expected a key but the thread ended')));
  });
}
