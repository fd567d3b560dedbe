/** Who may call next: one budget for all that call with the same key at the same service, in this process and beside it. */
import type { CancelSignal } from '../../core/recognition/ports';
import { createRateBudget, type KeptBudget, type Place, type RateBudget } from '../../core/queue/rate-budget';
import type { Service, Turn } from './call';

export interface TurnClock {
  /** Milliseconds that only grow, for all who share a budget. */
  monotonic(): number;
  after(ms: number, then: () => void): unknown;
}

/** Waits for a place, at most `calls` a second, or until the call is given up: then there is none. First come, first served. */
export function createTurns({ monotonic, after }: TurnClock, keep: (key: string) => KeptBudget) {
  let current: { readonly key: string; readonly budget: RateBudget } | undefined;
  let last = Promise.resolve();

  function budgetFor({ secretId, endpoint }: Service, calls: number): RateBudget {
    const key = `${secretId} ${endpoint}`;
    if (current?.key !== key) current = { key, budget: createRateBudget(calls, undefined, keep(key)) };
    current.budget.allow(calls);
    return current.budget;
  }

  return async (signal: CancelSignal, calls: number, service: Service): Promise<Turn | undefined> => {
    const before = last;
    let pass: () => void = () => undefined;
    const passed = new Promise<void>((resolve) => (pass = resolve));
    last = before.then(() => passed);
    try {
      await unlessGivenUp(before, signal);
      while (!signal.aborted) {
        const budget = budgetFor(service, calls);
        const place = budget.reserve(monotonic());
        if (typeof place === 'object') return turnOf(place, budget);
        await unlessGivenUp(new Promise<void>((resolve) => void after(place, resolve)), signal);
      }
      return undefined;
    } finally {
      pass();
    }
  };

  function turnOf(place: Place, { answered }: RateBudget): Turn {
    return {
      left: () => place.left(monotonic()),
      answered: (refused) => answered(refused, monotonic()),
      over: place.over,
    };
  }
}

/** Resolves at once when the signal is given. */
function unlessGivenUp(awaited: Promise<void>, signal: CancelSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return resolve();
    const stop = () => resolve();
    signal.addEventListener('abort', stop, { once: true });
    awaited.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
