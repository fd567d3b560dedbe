/**
 * At most so many calls in any second, as a strict sliding window: a call may start when the one that is `calls` places
 * before it started more than a window ago. Bounded: it remembers `calls` moments.
 */
export interface RateBudget {
  /** 0 and the place is taken, or how many ms to wait before asking again. */
  reserve(nowMs: number): number;
  /** Fewer or more calls a window from now on. */
  allow(calls: number): void;
}

/**
 * The cloud counts by time of arrival: two calls can come closer together than they left. Our window is longer than the
 * cloud's second by what a steady network varies.
 */
export const WINDOW_MS = 1_050;

export function createRateBudget(calls: number, windowMs = WINDOW_MS): RateBudget {
  let most = calls;
  let starts: number[] = [];
  return {
    reserve(nowMs) {
      starts = starts.slice(-most);
      const first = starts.length < most ? undefined : starts[0];
      const waitMs = first === undefined ? 0 : first + windowMs - nowMs;
      if (waitMs > 0) return waitMs;
      starts.push(nowMs);
      return 0;
    },
    allow(changed) {
      most = changed;
    },
  };
}
