import { describe, expect, it } from 'vitest';
import { REST_MS, createHurry } from './hurry';

const SEEN = 800;
const FRAME = 16;

/** Answers of a scroller that comes to each place so long after the one before. */
function through(tops: readonly number[], ms = FRAME): readonly boolean[] {
  const hurry = createHurry();
  return tops.map((top, at) => hurry.moved(top, at * ms, SEEN));
}

describe('the grid hurries', () => {
  it('where all rows are other ones in frame after frame', () => {
    expect(through([0, 5000, 10_000, 15_000])).toEqual([false, false, true, true]);
    expect(through([90_000, 60_000, 30_000, 0])).toEqual([false, false, true, true]);
  });

  it('not for a wheel, nor for one jump, nor for page after page by a key', () => {
    expect(through([0, 120, 240, 360])).not.toContain(true);
    expect(through([0, 4_400_000, 4_400_000, 4_400_000])).not.toContain(true);
    expect(through([0, 5000, 10_000, 15_000], REST_MS)).not.toContain(true);
  });

  it('until it goes on slowly or rests', () => {
    expect(through([0, 5000, 10_000, 10_100, 10_200])).toEqual([false, false, true, false, false]);
    const hurry = createHurry();
    for (const [at, top] of [0, 5000, 10_000].entries()) hurry.moved(top, at * FRAME, SEEN);
    hurry.rested();
    expect(hurry.moved(15_000, 3 * FRAME, SEEN)).toBe(false);
  });
});
