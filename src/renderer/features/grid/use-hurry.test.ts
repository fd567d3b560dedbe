import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope } from 'vue';
import { REST_MS } from './hurry';
import { useHurry } from './use-hurry';

const FRAME = 16;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A scroller that is moved by so many pixels in each frame. */
function moving() {
  const scroller = { scrollTop: 0, clientHeight: 800 } as HTMLElement;
  const scope = effectScope();
  const hurry = scope.run(useHurry);
  if (!hurry) throw new Error('Expected a scope that runs but it had been stopped');
  let now = 0;
  function move(by: number, frames = 1): void {
    for (let frame = 0; frame < frames; frame++) {
      vi.advanceTimersByTime(FRAME);
      now += FRAME;
      scroller.scrollTop += by;
      hurry?.scrolled(scroller, now);
    }
  }
  return { hurried: hurry.hurried, move, stop: () => scope.stop() };
}

describe('ghosts', () => {
  it('stand for the rows while they go by, and no longer than until the scroller rests', () => {
    const { hurried, move, stop } = moving();
    move(5000, 10);
    expect(hurried.value).toBe(true);
    vi.advanceTimersByTime(REST_MS);
    expect(hurried.value).toBe(false);
    stop();
  });

  it('give way at once where the scroller goes on slowly, and stay away', () => {
    const { hurried, move, stop } = moving();
    move(5000, 10);
    move(100);
    expect(hurried.value).toBe(false);
    move(100, 20);
    expect(hurried.value).toBe(false);
    stop();
  });
});
