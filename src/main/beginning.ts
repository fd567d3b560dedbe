/** What the parts of the start hand on to each other. */
import type { CancelSignal } from '../core/recognition/ports';
import type { Act } from './ipc/early-edge';

/** What is known, and under way, since the first line. */
export interface Beginning {
  readonly userData: string;
  readonly profileFolder: string;
  readonly passphrase: string | undefined;
}

export interface Served {
  /** What answers each channel. */
  readonly acts: ReadonlyMap<string, Act>;
  /** Answers requests of `picture:`. */
  readonly picture: (request: Request) => Promise<Response>;
  /** In order; calls that have left are waited for until it is enough. */
  close(enough: CancelSignal): Promise<void>;
}
