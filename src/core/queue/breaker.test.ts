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
    expect(lost.outage()).toMatchObject({ code: 'code.lost', unsent: false, retryAt: 3_000 });
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
    expect(alien.outage()).toMatchObject({ code: 'code.alien', unsent: false, retryAt: 3_002 });
    const mixed = createBreaker();
    for (const kind of ['own', 'alien', 'own'] as const) mixed.failed(fault(1, kind), 0);
    expect(mixed.outage()).toMatchObject({ code: 'code.own' });
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
});

describe('a service that refuses for haste', () => {
  it('is held like one that fails when it never does anything else', () => {
    const breaker = createBreaker();
    for (let time = 0; time < 19; time++) breaker.failed(fault(time, 'haste'), 0);
    expect(breaker.outage()).toBeUndefined();
    breaker.failed(fault(19, 'haste'), 0);
    expect(breaker.outage()).toMatchObject({ code: 'code.haste', retryAt: 3_000 });
    breaker.failed(fault(20, 'haste'), 3_000);
    expect(breaker.outage()).toMatchObject({ retryAt: 9_000 });
    breaker.worked();
    breaker.failed(fault(21, 'haste'), 9_000);
    expect(breaker.outage()).toBeUndefined();
  });

  it('works, whatever failed before', () => {
    const breaker = createBreaker();
    for (const n of [1, 2, 3]) breaker.failed(fault(n, 'lost'), 0);
    breaker.failed(fault(4, 'haste'), 3_000);
    expect(breaker.outage()).toBeUndefined();
  });
});

describe('a service that fails, in any order of failures,', () => {
  const events = fc.array(
    fc.record({
      card: fc.integer({ min: 1, max: 4 }),
      kind: fc.constantFrom('unsent', 'lost', 'alien', 'own' as const),
      afterMs: fc.integer({ min: 0, max: 100_000 }),
    }),
    { minLength: 1 },
  );

  /** What was known before each event, what came of it, and when. */
  function played(all: readonly { card: number; kind: Fault['kind']; afterMs: number }[]) {
    const breaker = createBreaker();
    let now = 0;
    const steps = all.map((event) => {
      now += event.afterMs;
      const before = breaker.outage();
      const blamed = breaker.failed(fault(event.card, event.kind), now);
      return { before, blamed, after: breaker.outage(), now };
    });
    return { breaker, steps };
  }

  it('blames no card while it is known to fail, does not end by a failure, and is tried within a minute', () => {
    let outages = 0;
    fc.assert(
      fc.property(events, (all) => {
        for (const { before, blamed, after, now } of played(all).steps) {
          if (!after) {
            expect(before).toBeUndefined();
            continue;
          }
          outages++;
          expect(blamed).toBe('service');
          expect(after.retryAt - now).toBeLessThanOrEqual(60_000);
          if (before && now < before.retryAt) expect(after.retryAt).toBe(before.retryAt);
          else expect(after.retryAt).toBeGreaterThan(now);
        }
      }),
    );
    expect(outages).toBeGreaterThan(0);
  });

  it('works again with its first answer, whatever came before', () => {
    fc.assert(
      fc.property(events, (all) => {
        const { breaker } = played(all);
        breaker.worked();
        expect(breaker.outage()).toBeUndefined();
        expect(breaker.failed(fault(9, 'own'), 1e9)).toBe('card');
      }),
    );
  });
});
