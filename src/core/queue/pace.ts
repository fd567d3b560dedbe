import type { Clock } from '../cards/ports';

/** How fast cards have been finished lately. */
export interface Pace {
  mark(): void;
  /** Undefined until two cards were finished. */
  perMinute(): number | undefined;
  reset(): void;
}

/** Long enough to be calm, short enough to follow a change of engine. */
const REMEMBERED = 60;

export function createPace(clock: Pick<Clock, 'monotonic'>): Pace {
  let marks: number[] = [];
  return {
    mark() {
      marks.push(clock.monotonic());
      if (marks.length > REMEMBERED) marks = marks.slice(-REMEMBERED);
    },
    perMinute() {
      const first = marks[0];
      if (first === undefined || marks.length < 2) return undefined;
      const elapsedMs = clock.monotonic() - first;
      return elapsedMs > 0 ? ((marks.length - 1) / elapsedMs) * 60_000 : undefined;
    },
    reset() {
      marks = [];
    },
  };
}
