/** Kills -9 and signals while the queue works, at moments that a seed tells; `npm run torture` does it more often and measures times too. */
import { describe, expect, it } from 'vitest';
import { torture } from '../torture/kills';
import { tortureBySignal } from '../torture/signals';

describe('a queue that is killed again and again', () => {
  it('loses no card, opens each time, and calls nothing perhaps paid that never left', async () => {
    const table = await torture(5, 7, 25);
    expect(table).toMatchObject({ kills: 5, lost: 0, falseMaybe: 0, defects: 0, refusedToOpen: 0 });
    // What is paid again was under way when the queue was killed: never more than may be at once.
    expect(table.calls).toBeLessThanOrEqual(table.cards + table.kills * 24);
  }, 120_000);
});

describe.skipIf(process.platform === 'win32')('a queue that is ended again and again', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s: knows what became of every call, pays for none twice, and leaves nothing',
    async (signal) => {
      const table = await tortureBySignal(signal, 2, 7, 15);
      expect(table).toEqual({
        ended: 2,
        calls: 15,
        lost: 0,
        unknown: 0,
        paidAgain: 0,
        leftovers: 0,
        wrongExitCode: 0,
        defects: 0,
      });
    },
    120_000,
  );
});
