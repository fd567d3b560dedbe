import { describe, expect, it } from 'vitest';
import { EffortSchema } from '../../../shared/cards';
import { createEffortMeter } from './effort';

const SECOND = 1000;

describe('the effort of a decision', () => {
  it('is what was pressed since the one before, and the time it took', () => {
    const meter = createEffortMeter(0);
    meter.pressed(2 * SECOND);
    meter.pressed(5 * SECOND);
    expect(meter.soFar(5 * SECOND)).toEqual({ keys: 2, durationMs: 5 * SECOND });
    meter.begin(5 * SECOND);
    meter.pressed(6 * SECOND);
    expect(meter.soFar(6 * SECOND)).toEqual({ keys: 1, durationMs: SECOND });
  });

  it('counts a pause of more than a minute as a minute', () => {
    const meter = createEffortMeter(0);
    meter.pressed(20 * 60 * SECOND);
    meter.pressed(20 * 60 * SECOND + 3 * SECOND);
    expect(meter.soFar(20 * 60 * SECOND + 3 * SECOND).durationMs).toBe(63 * SECOND);
  });

  it('counts the time since the last press too', () => {
    const meter = createEffortMeter(0);
    meter.pressed(SECOND);
    expect(meter.soFar(4 * SECOND).durationMs).toBe(4 * SECOND);
  });

  it('is what the desk takes, whatever the clock does', () => {
    const meter = createEffortMeter(100);
    meter.pressed(40);
    meter.pressed(40.7);
    expect(EffortSchema.safeParse(meter.soFar(12.3)).success).toBe(true);
  });
});
