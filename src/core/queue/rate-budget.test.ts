import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateBudget, WINDOW_MS } from './rate-budget';

describe('rate budget', () => {
  it('never lets more calls start in any window than allowed, however they come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }),
        (calls, pauses) => {
          const budget = createRateBudget(calls);
          const starts: number[] = [];
          let now = 0;
          for (const pause of pauses) {
            now += pause;
            for (let waitMs = budget.reserve(now); waitMs > 0; waitMs = budget.reserve(now)) now += waitMs;
            starts.push(now);
          }
          starts.forEach((start, at) => {
            const sameWindow = starts.slice(at).filter((other) => other - start < WINDOW_MS);
            expect(sameWindow.length).toBeLessThanOrEqual(calls);
          });
        },
      ),
    );
  });

  it('lets a full budget start at once and then makes wait exactly until the first is a window old', () => {
    const budget = createRateBudget(10);
    for (let call = 0; call < 10; call++) expect(budget.reserve(call)).toBe(0);
    expect(budget.reserve(10)).toBe(WINDOW_MS - 10);
    expect(budget.reserve(WINDOW_MS)).toBe(0);
    expect(budget.reserve(WINDOW_MS)).toBe(1);
  });

  it('follows a lower limit from the next call on', () => {
    const budget = createRateBudget(10);
    for (let call = 0; call < 5; call++) budget.reserve(0);
    budget.allow(2);
    expect(budget.reserve(500)).toBe(WINDOW_MS - 500);
  });
});
