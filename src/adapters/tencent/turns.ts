/** Who may call next: one budget for all that call with the same key. */
import type { CancelSignal } from '../../core/recognition/ports';
import { createRateBudget, type Place, type RateBudget } from '../../core/queue/rate-budget';
import type { Turn } from './call';

export interface TurnClock {
  /** Milliseconds that only grow. */
  monotonic(): number;
  after(ms: number, then: () => void): unknown;
}

/** Waits for a place, at most `calls` a second, or until the call is given up: then there is none. */
export function createTurns({ monotonic, after }: TurnClock) {
  let budget: RateBudget | undefined;

  return async (signal: CancelSignal, calls: number): Promise<Turn | undefined> => {
    budget ??= createRateBudget(calls);
    budget.allow(calls);
    while (!signal.aborted) {
      const place = budget.reserve(monotonic());
      if (typeof place === 'object') return turnOf(place, budget);
      await new Promise<void>((resolve) => void after(place, resolve));
    }
    return undefined;
  };

  function turnOf(place: Place, { answered }: RateBudget): Turn {
    return {
      left: () => place.left(monotonic()),
      answered: (refused) => answered(refused, monotonic()),
      over: place.over,
    };
  }
}
