import { describe, expect, it } from 'vitest';
import { CARD_STATES, type Counts } from '../../../shared/cards';
import { DEFAULT_STATES, inAndOut } from './states';

describe('the states of a sheet', () => {
  const counts = Object.fromEntries(CARD_STATES.map((state, at) => [state, 2 ** at])) as Counts;

  it('are at first those of cards that were approved, and no other', () => {
    expect(DEFAULT_STATES).toEqual(['approved']);
  });

  it('leave out what is not chosen, and both together are all', () => {
    for (const chosen of [[], DEFAULT_STATES, ['failed', 'pending'], CARD_STATES] as const) {
      const sums = inAndOut(counts, chosen);
      expect(sums.in + sums.out).toBe(2 ** CARD_STATES.length - 1);
      expect(sums.in).toBe(chosen.reduce((sum, state) => sum + counts[state], 0));
    }
  });
});
