/** What the parts of the start hand on to each other. */
import type { Log } from '../adapters/files/log';
import type { Stretch } from '../adapters/scrypt/stretch';
import type { CancelSignal } from '../core/recognition/ports';
import type { Act } from './ipc/early-edge';

/** What is known, and under way, since the first line. */
export interface Beginning {
  readonly userData: string;
  readonly profileFolder: string;
  readonly passphrase: string | undefined;
  /** The key of this passphrase is being made already. */
  readonly stretch: Stretch;
  readonly log: Log;
}

export interface Served {
  /** What answers each channel. */
  readonly acts: ReadonlyMap<string, Act>;
  /** Answers requests of `picture:`. */
  readonly picture: (request: Request) => Promise<Response>;
  /** In order; calls that have left are waited for until it is enough. */
  close(enough: CancelSignal): Promise<void>;
}
