/** Looks through the records while nothing else is to be done, once a run. */
import type { Clock } from '../cards/ports';
import type { Upkeep } from './ports';
import type { Hold } from './hold';

export interface Care {
  start(): void;
  close(): void;
}

/** After the start, when a person looks for where they were. */
const FIRST_MS = 20_000;
const BETWEEN_MS = 50;
/** Looked again whether there is nothing to do. */
const BUSY_MS = 10_000;
/** So long after rows were asked for somebody is still scrolling: main has better things to do. */
const AT_IT_MS = 3_000;

export function createCare(tools: {
  readonly store: Pick<Upkeep, 'lookThrough'>;
  readonly clock: Clock;
  readonly hold: Hold;
  /** Cards are at an engine or arrive. */
  busy(): boolean;
  /** When rows were asked for last, by the clock that only grows. */
  askedAt(): number;
  defect(error: unknown): void;
}): Care {
  const { store, clock, hold } = tools;
  let callOff: (() => void) | undefined;

  /** How long something else comes first; undefined where nothing does. */
  function pauseMs(): number | undefined {
    if (hold.waiting() || tools.busy()) return BUSY_MS;
    return clock.monotonic() - tools.askedAt() < AT_IT_MS ? AT_IT_MS : undefined;
  }

  function look(): void {
    try {
      const later = pauseMs();
      if (later !== undefined || store.lookThrough()) callOff = clock.after(later ?? BETWEEN_MS, look);
    } catch (error) {
      // A damage is said by the queue, which stops; the rest of it need not be found.
      if (!hold.met(error)) tools.defect(error);
    }
  }

  return {
    start: () => void (callOff = clock.after(FIRST_MS, look)),
    close: () => callOff?.(),
  };
}
