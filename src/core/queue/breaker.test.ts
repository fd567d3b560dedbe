import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CardId } from '../../shared/ids';
import { createBreaker, type Fault } from './breaker';

const card = (n: number) => n as CardId;
const fault = (n: number, kind: Fault['kind']): Fault => ({ card: card(n), code: `code.${kind}`, kind });

describe('a service that fails', () => {
  it('is told by what several cards met in a row, sooner where it may cost money', () => {
    const own = createBreaker();
    expect([1, 2, 3].map((n) => own.failed(fault(n, 'own'), 0))).toEqual(['card', 'service', 'service']);
    expect(own.outage()).toMatchObject({ code: 'code.own', retryAt: 3_000 });
    const lost = createBreaker();
    lost.failed(fault(1, 'lost'), 0);
    expect(lost.outage()).toBeUndefined();
    lost.failed(fault(2, 'lost'), 0);
    expect(lost.outage()).toBeDefined();
  });

  it('is not told by one card, however often that fails', () => {
    const breaker = createBreaker();
    for (let time = 0; time < 20; time++) {
      expect(breaker.failed(fault(1, time % 2 === 0 ? 'lost' : 'own'), time)).toBe('card');
    }
    expect(breaker.outage()).toBeUndefined();
  });

  it('is told by one card where what answers is something else, or nothing leaves', () => {
    const alien = createBreaker();
    expect([0, 1, 2].map((at) => alien.failed(fault(1, 'alien'), at))).toEqual([
      'service',
      'service',
      'service',
    ]);
    expect(alien.outage()).toBeDefined();
    const unsent = createBreaker();
    expect(unsent.failed(fault(1, 'unsent'), 0)).toBe('service');
    expect(unsent.outage()).toMatchObject({ unsent: true, retryAt: 2_000 });
  });

  it('is tried again after waits that double, to a minute at most; what fails together counts once', () => {
    const breaker = createBreaker();
    const waits: number[] = [];
    let now = 0;
    for (const n of [1, 2, 3, 4]) breaker.failed(fault(n, 'lost'), now);
    for (let time = 0; time < 7; time++) {
      const { retryAt = 0 } = breaker.outage() ?? {};
      waits.push(retryAt - now);
      breaker.failed(fault(9, 'lost'), retryAt - 1);
      expect(breaker.outage()?.retryAt).toBe(retryAt);
      now = retryAt;
      breaker.failed(fault(10 + time, 'lost'), now);
    }
    expect(waits).toEqual([3_000, 6_000, 12_000, 24_000, 48_000, 60_000, 60_000]);
  });

  it('works again with its first answer, whatever came before', () => {
    const events = fc.array(
      fc.record({
        card: fc.integer({ min: 1, max: 4 }),
        kind: fc.constantFrom('unsent', 'lost', 'alien', 'own', 'works' as const),
        afterMs: fc.integer({ min: 0, max: 100_000 }),
      }),
    );
    fc.assert(
      fc.property(events, (all) => {
        const breaker = createBreaker();
        let now = 0;
        for (const event of all) {
          now += event.afterMs;
          if (event.kind === 'works') {
            breaker.worked();
            expect(breaker.outage()).toBeUndefined();
            continue;
          }
          const before = breaker.outage();
          const blamed = breaker.failed(fault(event.card, event.kind), now);
          const after = breaker.outage();
          // While it is known to fail no card is blamed, it never ends by a failure, and the wait is bounded.
          if (before || after) expect(blamed).toBe('service');
          if (before) expect(after).toBeDefined();
          if (after) expect(after.retryAt - now).toBeLessThanOrEqual(60_000);
          if (after && before && now >= before.retryAt) expect(after.retryAt).toBeGreaterThan(now);
        }
      }),
    );
  });
});
