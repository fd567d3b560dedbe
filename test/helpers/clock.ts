import type { Clock } from '../../src/core/cards/ports';

/** Time stands still until a test moves it. */
export interface TestClock extends Clock {
  advance(ms: number): void;
  /** Somebody sets the system's clock, forward or back; nothing else passes. */
  set(byMs: number): void;
}

export function createTestClock(start = Date.UTC(2026, 0, 15, 8)): TestClock {
  let now = start;
  let setBy = 0;
  let timers: { at: number; work: () => void }[] = [];
  return {
    now: () => now + setBy,
    monotonic: () => now - start,
    after(delayMs, work) {
      const timer = { at: now + delayMs, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    set: (byMs) => void (setBy += byMs),
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.work();
      }
      now = end;
    },
  };
}
