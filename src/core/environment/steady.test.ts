import { describe, expect, it } from 'vitest';
import { createSteady } from './steady';

describe('the time of waits', () => {
  it('passes with what passes, in whole milliseconds, whatever the clock says', () => {
    let [wall, passed] = [1_000_000, 17.4];
    const steady = createSteady({ now: () => wall, monotonic: () => passed });
    expect(steady()).toBe(1_000_000);
    wall -= 86_400_000;
    passed += 1_000.3;
    expect(steady()).toBe(1_001_000);
  });
});
