import { beforeEach, expect, it } from 'vitest';
import { openMemoryDesk, type MemoryDesk } from '../../../test/helpers/memory-desk';
import { createCare } from './care';

const BEFORE_THE_FIRST_MS = 20_000;

let desk: MemoryDesk;
let looks: number;
let askedAt: number;
let busy: boolean;

beforeEach(() => {
  desk = openMemoryDesk();
  looks = 0;
  askedAt = -Infinity;
  busy = false;
  const care = createCare({
    store: { lookThrough: () => ++looks < 1000 },
    clock: desk.clock,
    hold: { waiting: () => false, met: () => false } as unknown as Parameters<typeof createCare>[0]['hold'],
    busy: () => busy,
    askedAt: () => askedAt,
    defect(error) {
      throw error;
    },
  });
  care.start();
});

/** In steps: a timer that is set by another one counts from when that one fired. */
function wait(ms: number, each = (): void => undefined): void {
  for (let waited = 0; waited < ms; waited += 50) {
    desk.clock.advance(50);
    each();
  }
}

it('reads on all the time while nothing is asked for', () => {
  wait(BEFORE_THE_FIRST_MS + 1000);
  expect(looks).toBeGreaterThan(10);
});

it('reads nothing while somebody scrolls, and goes on soon after', () => {
  wait(BEFORE_THE_FIRST_MS + 1000);
  const before = looks;
  wait(15_000, () => (askedAt = desk.clock.monotonic()));
  expect(looks - before).toBeLessThanOrEqual(1);
  wait(7000);
  expect(looks).toBeGreaterThan(before + 10);
});

it('reads nothing while cards are at an engine', () => {
  busy = true;
  wait(BEFORE_THE_FIRST_MS + 30_000);
  expect(looks).toBe(0);
});
