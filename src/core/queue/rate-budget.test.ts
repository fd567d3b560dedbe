import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  abandonPlaces,
  createRateBudget,
  keptInMemory,
  WINDOW_MS,
  type KeptBudget,
  type Place,
  type RateBudget,
} from './rate-budget';

/** Takes a place as soon as there is one, and leaves at once. */
function leave(budget: RateBudget, from: number): number {
  for (let now = from; ;) {
    const place = budget.reserve(now);
    if (typeof place === 'object') {
      place.left(now);
      place.over();
      return now;
    }
    now += place;
  }
}

/** One that nobody has refused for as long as it takes to be at its full pace. */
function atFullPace(calls: number): RateBudget {
  const budget = createRateBudget(calls);
  for (let at = -20_000; at < 0; at += 500) budget.answered(false, at);
  return budget;
}

function expectAtMost(calls: number, lefts: readonly number[]): void {
  const sorted = [...lefts].sort((one, other) => one - other);
  sorted.forEach((first, at) => {
    const sameWindow = sorted.slice(at).filter((other) => other - first < WINDOW_MS);
    expect(sameWindow.length).toBeLessThanOrEqual(calls);
  });
}

describe('rate budget', () => {
  it('never lets more calls leave in any window than allowed, however they come and however long they take to leave', () => {
    const call = fc.record({
      pause: fc.integer({ min: 0, max: 300 }),
      // Until a connection is there; undefined: none came about.
      connecting: fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.array(call, { maxLength: 150 }), (calls, wanted) => {
        const budget = atFullPace(calls);
        const lefts: number[] = [];
        let connecting: { readonly place: Place; readonly at: number; readonly leaves: boolean }[] = [];
        let now = 0;
        const passTo = (time: number) => {
          for (const { place, at, leaves } of connecting.filter((one) => one.at <= time)) {
            if (leaves) lefts.push(at);
            if (leaves) place.left(at);
            place.over();
          }
          connecting = connecting.filter(({ at }) => at > time).sort((one, other) => one.at - other.at);
          now = time;
        };
        for (const { pause, connecting: ms } of wanted) {
          passTo(now + pause);
          for (;;) {
            const place = budget.reserve(now);
            if (typeof place === 'object') {
              connecting.push({ place, at: now + (ms ?? 50), leaves: ms !== undefined });
              break;
            }
            passTo(Math.min(now + place, ...connecting.map(({ at }) => at)));
          }
        }
        passTo(now + 5_000);
        expect(lefts).toHaveLength(wanted.filter(({ connecting: ms }) => ms !== undefined).length);
        expectAtMost(calls, lefts);
      }),
    );
  });

  it('lets a full budget leave at once, and the next one exactly when the first is a window old', () => {
    const budget = atFullPace(10);
    for (let call = 0; call < 10; call++) expect(leave(budget, call)).toBe(call);
    expect(leave(budget, 10)).toBe(WINDOW_MS);
    expect(leave(budget, WINDOW_MS)).toBe(WINDOW_MS + 1);
  });

  it('follows a lower limit from the next call on', () => {
    const budget = atFullPace(10);
    for (let call = 0; call < 5; call++) leave(budget, 0);
    budget.allow(2);
    expect(budget.reserve(500)).toBe(WINDOW_MS - 500);
  });

  it('gives back the place of a call that never left', () => {
    const budget = atFullPace(1);
    const place = budget.reserve(0);
    expect(typeof budget.reserve(10)).toBe('number');
    if (typeof place === 'object') place.over();
    expect(typeof budget.reserve(20)).toBe('object');
  });
});

describe('the pace of a key that others call with too', () => {
  /** What a server that keeps a strict second for one key does with desks that always have something to ask. */
  function share(desks: number, seconds: number) {
    const budgets = Array.from({ length: desks }, () => createRateBudget(10));
    const asked = budgets.map(() => 0);
    let [lefts, refused, answered, answeredLater]: [number[], number, number, number] = [[], 0, 0, 0];
    for (let now = 0; now < seconds * 1_000; now += 5) {
      budgets.forEach((budget, at) => {
        if (now < (asked[at] ?? 0)) return;
        const place = budget.reserve(now);
        if (typeof place === 'number') {
          asked[at] = now + place;
          return;
        }
        place.left(now);
        lefts = lefts.filter((left) => left > now - 1_000);
        const tooMany = lefts.length >= 10;
        if (tooMany) refused++;
        else {
          lefts.push(now);
          answered++;
          if (now > 10_000) answeredLater++;
        }
        budget.answered(tooMany, now);
      });
    }
    return { refused, answered, shareOfQuota: answeredLater / ((seconds - 10) * 10) };
  }

  it('slows down until few are refused, and most of what the key allows is used', () => {
    for (const desks of [2, 3, 5]) {
      const { refused, answered, shareOfQuota } = share(desks, 90);
      expect(refused / (refused + answered)).toBeLessThan(desks > 3 ? 0.08 : 0.05);
      expect(shareOfQuota).toBeGreaterThan(0.9);
    }
  });

  it('stays what it is for one desk that nobody refuses', () => {
    const { refused, shareOfQuota } = share(1, 60);
    expect(refused).toBe(0);
    expect(shareOfQuota).toBeGreaterThan(0.95 * (1_000 / WINDOW_MS));
  });

  it('begins at a part of what is allowed, and is whole within seconds where nobody refuses', () => {
    const budget = createRateBudget(10);
    leave(budget, 0);
    expect(budget.pace()).toBe(4);
    leave(budget, 7_000);
    expect(budget.pace()).toBe(10);
  });

  it('grows back when the others are gone, and never ends however often it is refused', () => {
    const budget = createRateBudget(10);
    for (let at = 0; at < 100_000; at += 300) budget.answered(true, at);
    expect(budget.pace()).toBeGreaterThan(0.2);
    leave(budget, 200_000);
    expect(budget.pace()).toBe(10);
  });
});

describe('processes that share a budget', () => {
  /** Each with a name of its own over one state, as the file would keep it. */
  function processes(mosts: readonly number[]) {
    const one = keptInMemory();
    const seats: KeptBudget[] = mosts.map((_, at) => ({
      holder: `${at}`,
      change: (act) =>
        one.change((state) => {
          const [next, answer] = act(JSON.parse(JSON.stringify(state)) as typeof state);
          return [next, answer];
        }),
    }));
    return { one, seats, budgets: mosts.map((most, at) => createRateBudget(most, WINDOW_MS, seats[at])) };
  }

  it('never let more leave together than the cloud allows, nor one of them more than it allows itself, even when some are killed and begin anew', () => {
    const step = fc.record({
      who: fc.nat(2),
      pause: fc.integer({ min: 0, max: 200 }),
      connecting: fc.integer({ min: 0, max: 2_000 }),
      killed: fc.boolean(),
    });
    const mosts = fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 1, max: 10 })));
    fc.assert(
      fc.property(mosts, fc.array(step, { maxLength: 120 }), (allowed, steps) => {
        const { one, seats, budgets } = processes(allowed);
        for (let at = -20_000; at < 0; at += 500) budgets[0]?.answered(false, at);
        const lefts: number[][] = allowed.map(() => []);
        let pending: { readonly who: number; readonly place: Place; readonly at: number }[] = [];
        let now = 0;
        for (const { who, pause, connecting, killed } of steps) {
          now += pause;
          for (const { who: caller, place, at } of pending.filter((call) => call.at <= now)) {
            place.left(at);
            lefts[caller]?.push(at);
          }
          pending = pending.filter(({ at }) => at > now);
          if (killed) {
            // Its calls may have left just before.
            pending.filter((call) => call.who === who).forEach(() => lefts[who]?.push(now));
            pending = pending.filter((call) => call.who !== who);
            one.change((state) => [abandonPlaces(state, (holder) => holder === `${who}`, now), undefined]);
            budgets[who] = createRateBudget(allowed[who] ?? 1, WINDOW_MS, seats[who]);
          }
          const place = budgets[who]?.reserve(now);
          if (typeof place === 'object') pending.push({ who, place, at: now + connecting });
        }
        expect(lefts.flat().length).toBeLessThanOrEqual(steps.length);
        lefts.forEach((mine, who) => expectAtMost(allowed[who] ?? 1, mine));
        expectAtMost(Math.max(...allowed), lefts.flat());
      }),
    );
  });

  it('use together what one would use alone, and nobody is kept out', () => {
    const { budgets } = processes([10, 10, 3]);
    const asked = budgets.map(() => 0);
    const left = budgets.map(() => 0);
    for (let now = 0; now < 60_000; now += 5) {
      budgets.forEach((budget, at) => {
        if (now < (asked[at] ?? 0)) return;
        const place = budget.reserve(now);
        if (typeof place === 'number') asked[at] = now + place;
        else {
          place.left(now);
          left[at] = (left[at] ?? 0) + 1;
        }
      });
    }
    const all = left.reduce((sum, one) => sum + one, 0);
    expect(all / 600).toBeGreaterThan(0.9);
    for (const mine of left) expect(mine / all).toBeGreaterThan(0.1);
  });

  it('remember the pace that the cloud taught one of them', () => {
    const { seats, budgets } = processes([10, 10]);
    for (let at = 0; at < 3_000; at += 200) budgets[0]?.answered(true, at);
    expect(createRateBudget(10, WINDOW_MS, seats[1]).pace()).toBe(budgets[0]?.pace());
    expect(budgets[1]?.pace()).toBeLessThan(3);
  });

  it('are not held up for longer than a connection takes by one that is stopped while it has places', () => {
    const { budgets } = processes([10, 10]);
    for (let at = -20_000; at < 0; at += 500) budgets[0]?.answered(false, at);
    const stopped = Array.from({ length: 10 }, () => budgets[0]?.reserve(0));
    expect(stopped.every((place) => typeof place === 'object')).toBe(true);
    expect(typeof budgets[1]?.reserve(9_000)).toBe('number');
    expect(typeof budgets[1]?.reserve(11_000)).toBe('object');
    // It goes on: what leaves now counts.
    for (const place of stopped) if (typeof place === 'object') place.left(11_001);
    expect(typeof budgets[1]?.reserve(11_002)).toBe('number');
    expect(typeof budgets[1]?.reserve(11_002 + WINDOW_MS)).toBe('object');
  });

  it('are not held up by what was written before the computer started anew', () => {
    const { seats, budgets } = processes([1, 1]);
    const before = budgets[0]?.reserve(9_000_000);
    if (typeof before === 'object') before.left(9_000_000);
    budgets[0]?.reserve(9_001_100);
    expect(typeof createRateBudget(1, WINDOW_MS, seats[1]).reserve(1_000)).toBe('object');
  });
});
