/**
 * Holds the desk while the computer cannot keep what it is given. Whoever meets the trouble waits here with what has to be
 * written, nothing new is begun meanwhile, and a little is written from time to time: when that stands, all go on.
 */
import type { TroubleCode } from '../../shared/trouble';
import type { Clock } from '../cards/ports';
import { troubleOf } from './trouble';
import { createWaiters } from './waiters';

export interface Trouble {
  readonly code: TroubleCode;
  /** Epoch ms; absent where only a person can help. */
  readonly retryAt?: number;
}

export interface HoldTools {
  readonly clock: Clock;
  /** Writes as the desk does, and takes it away again; throws what stands in the way. */
  probe(): Promise<void>;
  /** The trouble began, is another, or is over. */
  changed(): void;
  defect(error: unknown): void;
}

export interface Hold {
  /** Undefined while everything can be written. */
  trouble(): Trouble | undefined;
  /** Whether the computer is to blame for an error, and not what was worked on; the hold then begins. */
  met(error: unknown): boolean;
  /** Something still waits to be kept: nothing new should be begun. */
  waiting(): boolean;
  /** Does what has to be done, however often the computer fails at it; throws all else, and any failure once closed. */
  keep<T>(work: () => T | Promise<T>): Promise<T>;
  /** Work was done: the next trouble is a new one. */
  worked(): void;
  /** A person says that it can go on. */
  retry(): void;
  /** Whoever waits tries once more and then gives up. */
  close(): void;
}

/** Waiting time before it is tried again: doubles from the first to the last, and begins anew once work was done. */
const FIRST_MS = 2_000;
const LAST_MS = 30_000;

export function createHold({ clock, probe, changed, defect }: HoldTools): Hold {
  let trouble: Trouble | undefined;
  let tries = 0;
  let closed = false;
  let unkept = 0;
  let callOff: (() => void) | undefined;
  const waiters = createWaiters();

  function begin(code: TroubleCode): void {
    callOff?.();
    if (code === 'disk.damaged') {
      trouble = { code };
    } else {
      const delay = Math.min(FIRST_MS * 2 ** tries++, LAST_MS);
      trouble = { code, retryAt: clock.now() + delay };
      callOff = clock.after(delay, () => void look());
    }
    changed();
  }

  async function look(): Promise<void> {
    callOff = undefined;
    const before = trouble;
    try {
      await probe();
    } catch (error) {
      const code = troubleOf(error);
      if (code === undefined) defect(error);
      if (!closed) begin(code ?? before?.code ?? 'disk.failed');
      return;
    }
    // Meanwhile it may have been found damaged.
    if (closed || trouble !== before) return;
    trouble = undefined;
    waiters.release();
    changed();
  }

  function met(error: unknown): boolean {
    const code = troubleOf(error);
    if (code === undefined) return false;
    const worse = code === 'disk.damaged' && trouble?.code !== code;
    if (!closed && (!trouble || worse)) {
      defect(error);
      begin(code);
    }
    return true;
  }

  async function again<T>(work: () => T | Promise<T>): Promise<T> {
    for (;;) {
      if (!closed) await waiters.wait();
      const lastTry = closed;
      try {
        return await work();
      } catch (error) {
        if (lastTry || !met(error)) throw error;
      }
    }
  }

  return {
    trouble: () => trouble,
    met,
    waiting: () => trouble !== undefined || unkept > 0,
    async keep(work) {
      try {
        return await work();
      } catch (error) {
        if (!met(error)) throw error;
      }
      unkept++;
      try {
        return await again(work);
      } finally {
        unkept--;
        if (unkept === 0 && !trouble) changed();
      }
    },
    worked: () => void (tries = 0),
    retry() {
      if (!trouble || trouble.code === 'disk.damaged' || !callOff) return;
      callOff();
      void look();
    },
    close() {
      closed = true;
      callOff?.();
      waiters.release();
    },
  };
}
