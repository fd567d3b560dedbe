/**
 * At most so many calls in any second, as a strict sliding window over the moments in which their first bytes leave: that is
 * how the cloud counts, and a connection may take longer than a call. A place that is taken counts until its call has left
 * and a window has passed, so that calls whose connections come about together cannot leave together.
 *
 * Below that the pace follows what the cloud says, since others may call with the same key: it begins at a part of what is
 * allowed, each refusal slows it down, and without refusals it grows again, slowly at first. Bounded: it remembers `calls` moments.
 */
export interface Place {
  /** The first byte leaves now. */
  left(nowMs: number): void;
  /** The call has ended; one that never left gives its place back. */
  over(): void;
}

export interface RateBudget {
  /** A place, or how many ms to wait before asking again. */
  reserve(nowMs: number): Place | number;
  /** Fewer or more calls a window from now on. */
  allow(calls: number): void;
  /** The cloud answered; `refused`: that calls come too fast. */
  answered(refused: boolean, nowMs: number): void;
  /** Calls a second at present. */
  pace(): number;
}

/**
 * The cloud counts by time of arrival: two calls can come closer together than they left. Our window is longer than the
 * cloud's second by what a steady network varies.
 */
export const WINDOW_MS = 1_050;

/**
 * The pace in calls a second: where it begins, and how much quicker it gets each second until the first refusal; what is left
 * of it after a refusal, and after one more within two seconds. These and the growth below were chosen by simulation: two, three and
 * five desks with one key that always have something to ask, against a strict second.
 */
const FIRST_PACE = 4;
const FIRST_GROWTH = 1;
const SLOWER = 0.9;
const SLOWER_STILL = 0.8;
const SOON_MS = 2_000;
/** Refusals of calls that left before the last slowing say nothing new. */
const SLOWED_AT_MOST_EVERY_MS = 150;
/** Slow near the pace that was refused; it doubles when that is LATER_MS ago and grows by its third power. */
const GROWTH = 0.02;
const GROWTH_AT_MOST = 0.5;
const LATER_MS = 30_000;
/** Nobody is slower than that: others may leave. */
const SLOWEST = 0.25;
/** Places whose calls have not left yet: nobody knows when they will. */
const ASK_AGAIN_MS = 20;

export function createRateBudget(calls: number, windowMs = WINDOW_MS): RateBudget {
  let most = calls;
  /** Below what is allowed; undefined: no longer. */
  let held: Held | undefined = { pace: FIRST_PACE, grownAt: undefined };
  let lefts: number[] = [];
  let waiting = 0;
  let lastAt = -Infinity;

  function grow(nowMs: number): void {
    if (!held) return;
    const seconds = Math.max(0, nowMs - (held.grownAt ?? nowMs)) / 1_000;
    const pace = held.pace + seconds * growth(held, nowMs);
    held = pace < most ? { ...held, pace, grownAt: nowMs } : undefined;
  }

  /** Ms until a call may leave; 0: now. */
  function waitMs(nowMs: number): number {
    if (held) {
      const gap = lastAt + 1_000 / held.pace - nowMs;
      if (gap > 0) return gap;
    }
    lefts = lefts.filter((at) => at > nowMs - windowMs);
    if (waiting + lefts.length < most) return 0;
    const [first = Infinity] = lefts;
    const untilFree = Math.max(1, first + windowMs - nowMs);
    return waiting > 0 ? Math.min(untilFree, ASK_AGAIN_MS) : untilFree;
  }

  function takePlace(nowMs: number): Place {
    waiting++;
    lastAt = nowMs;
    let open = true;
    const close = () => {
      if (open) waiting--;
      open = false;
    };
    return {
      left(leftMs) {
        if (open) lefts.push(leftMs);
        close();
      },
      over: close,
    };
  }

  return {
    reserve(nowMs) {
      grow(nowMs);
      return waitMs(nowMs) || takePlace(nowMs);
    },
    allow(changed) {
      most = changed;
    },
    answered(refused, nowMs) {
      grow(nowMs);
      const since = nowMs - (held?.refusedAt ?? -Infinity);
      if (!refused || since < SLOWED_AT_MOST_EVERY_MS) return;
      const left = (held?.pace ?? most) * (since < SOON_MS ? SLOWER_STILL : SLOWER);
      held = { pace: Math.max(SLOWEST, left), refusedAt: nowMs, grownAt: nowMs };
    },
    pace: () => Math.min(most, held?.pace ?? most),
  };
}

interface Held {
  readonly pace: number;
  readonly grownAt: number | undefined;
  readonly refusedAt?: number;
}

/** Calls a second more for each second. */
function growth({ refusedAt }: Held, nowMs: number): number {
  if (refusedAt === undefined) return FIRST_GROWTH;
  return Math.min(GROWTH_AT_MOST, GROWTH * (1 + ((nowMs - refusedAt) / LATER_MS) ** 3));
}
