/** Kills -9 while the queue works, at moments that a seed tells; `npm run torture` does it more often and measures times too. */
import { describe, expect, it } from 'vitest';
import { torture } from '../torture/kills';

describe('a queue that is killed again and again', () => {
  it('loses no card, opens each time, and calls nothing perhaps paid that never left', async () => {
    const table = await torture(5, 7, 25);
    expect(table).toMatchObject({ kills: 5, lost: 0, falseMaybe: 0, defects: 0, refusedToOpen: 0 });
    // What is paid again was under way when the queue was killed: never more than may be at once.
    expect(table.calls).toBeLessThanOrEqual(table.cards + table.kills * 24);
  }, 120_000);
});
