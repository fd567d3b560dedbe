import { describe, expect, it } from 'vitest';
import { outcome } from './outcome';

describe('what came of a change', () => {
  it('tells each card that was left once, by why it was', () => {
    const why = { 'card.needsLook': 2, 'card.changedSince': 1, 'card.wrongState': 3 };
    expect(outcome({ changed: 5, skipped: 6, why }, 0)).toEqual({
      changed: 5,
      parts: [
        { word: 'stay', n: 2 },
        { word: 'changedSince', n: 1 },
        { word: 'skipped', n: 3 },
      ],
    });
  });

  it('counts those that were shown and not asked for among those that stay', () => {
    expect(outcome({ changed: 5, skipped: 0 }, 4).parts).toEqual([{ word: 'stay', n: 4 }]);
    expect(outcome({ changed: 5, skipped: 0 }, 0).parts).toEqual([]);
  });
});
