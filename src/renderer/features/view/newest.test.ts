import { describe, expect, it } from 'vitest';
import { createNewest } from './newest';

/** Work that is answered by hand. */
function byHand() {
  const answers: (() => void)[] = [];
  const overtaken: boolean[] = [];
  let wanted = 0;
  const worked: number[] = [];
  const newest = createNewest(async (isOvertaken) => {
    worked.push(wanted);
    await new Promise<void>((answer) => void answers.push(answer));
    overtaken.push(isOvertaken());
  });
  return {
    worked,
    overtaken,
    newest,
    ask(what: number) {
      wanted = what;
      return newest.ask();
    },
    answer: () => answers.shift()?.(),
  };
}
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

describe('the newest question', () => {
  it('waits for the one under way, which is overtaken; those between are never asked', async () => {
    const { worked, overtaken, newest, ask, answer } = byHand();
    const asked = [1, 2, 3, 4].map((what) => ask(what));
    answer();
    await turns(9);
    expect([worked, overtaken]).toEqual([[1, 4], [true]]);
    answer();
    await Promise.all(asked);
    expect([worked, overtaken, newest.isAsking()]).toEqual([[1, 4], [true, false], false]);
  });

  it('is asked whenever it comes, also in the turn in which the one before is done', async () => {
    for (let turn = 0; turn < 9; turn++) {
      const { worked, ask, answer } = byHand();
      void ask(1);
      answer();
      await turns(turn);
      const last = ask(2);
      await turns(9);
      answer();
      await last;
      expect(worked).toEqual([1, 2]);
    }
  });

  it('is asked after one that broke', async () => {
    let broken = true;
    const newest = createNewest(async () => {
      if (broken) throw new Error('no');
    });
    await expect(newest.ask()).rejects.toThrow('no');
    broken = false;
    await newest.ask();
    expect(newest.isAsking()).toBe(false);
  });
});
