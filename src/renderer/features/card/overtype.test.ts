import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_DIGITS, MIN_DIGITS } from '../../../shared/number';
import { GROUP_KEYS, pasted, pressed, startOvertype, type Overtype } from './overtype';

/** A person presses these to get about; a digit and the key that approves come after. */
const JUMPS = [...GROUP_KEYS, 'ArrowLeft', 'ArrowRight', 'Home', 'End'];

function after(keys: readonly string[], from: Overtype, doubtful: readonly number[] = []): Overtype {
  return keys.reduce<Overtype>((state, key) => {
    const next = pressed(state, key, doubtful);
    if (typeof next !== 'object') throw new Error(`Expected ${key} to edit but it gave ${String(next)}`);
    return next;
  }, from);
}

/** The fewest jumps from where the editor opens to a digit. */
function fewestJumps(from: Overtype, to: number): number {
  let reached = [from];
  for (let jumps = 0; jumps < MAX_DIGITS; jumps++) {
    if (reached.some(({ at }) => at === to)) return jumps;
    reached = reached.flatMap((state) => JUMPS.map((key) => after([key], state)));
    reached = [...new Map(reached.map((state) => [state.at, state])).values()];
  }
  return Infinity;
}

const number = (length: number) => '6222020000112233445'.slice(0, length);
const lengths = Array.from({ length: MAX_DIGITS - MIN_DIGITS + 1 }, (_none, more) => MIN_DIGITS + more);

describe('one wrong digit', () => {
  it.each(lengths)('costs six keys at most in a number of %i digits, wherever the editor opens', (length) => {
    for (let wrong = 0; wrong < length; wrong++) {
      for (let opened = 0; opened < length; opened++) {
        const jumps = fewestJumps(startOvertype(number(length), [opened]), wrong);
        // E opens, then the jumps, the digit, and A, which approves.
        expect(1 + jumps + 1 + 1, `digit ${wrong}, opened at ${opened}`).toBeLessThanOrEqual(6);
      }
    }
  });

  it('costs three keys where the engines differ in it', () => {
    const fixed = after(['5'], startOvertype(number(16), [9]));
    expect(fixed.digits).toBe('6222020005112233');
    expect(pressed(fixed, 'A', [9])).toBe('saveAndApprove');
  });
});

describe('typing over', () => {
  it('changes the one digit, keeps the others, and moves on', () => {
    fc.assert(
      fc.property(fc.nat({ max: 18 }), fc.nat({ max: 9 }), (at, digit) => {
        const before = number(19);
        const state = after([String(digit)], startOvertype(before, [at]));
        expect(state.digits).toBe(before.slice(0, at) + digit + before.slice(at + 1));
        expect(state.at).toBe(at + 1);
      }),
    );
  });

  it('writes a whole number from its first digit on, in either width', () => {
    const state = after([...'4111１１１１11111111'], startOvertype(number(16), []));
    expect(state).toMatchObject({ digits: '4111111111111111', at: 16 });
  });

  it('begins anew when the whole number is taken', () => {
    const taken = after(['Mod+A'], startOvertype(number(19), [4]));
    expect(after(['4'], taken)).toMatchObject({ digits: '4', at: 1, whole: false });
    expect(after(['Delete'], taken)).toMatchObject({ digits: '', at: 0 });
    expect(after(['ArrowRight'], taken)).toMatchObject({ whole: false, at: 5 });
  });

  it('adds digits behind the last, nineteen at most', () => {
    const start = after(['T'], startOvertype(number(16), []));
    expect(after(['7', '8', '9'], start).digits).toBe(`${number(16)}789`);
    expect(after(['7', '8', '9', '0'], start)).toMatchObject({ digits: `${number(16)}789`, dropped: true });
  });

  it('takes a digit away before and at the block', () => {
    expect(after(['Backspace'], startOvertype('4321', [2]))).toMatchObject({ digits: '421', at: 1 });
    expect(after(['Delete'], startOvertype('4321', [2]))).toMatchObject({ digits: '431', at: 2 });
    expect(after(['Backspace'], startOvertype('4321', [0])).digits).toBe('4321');
  });

  it('puts a missing digit in while inserting', () => {
    const state = after(['I', '9', 'Insert', '8'], startOvertype('4321', [1]));
    expect(state).toMatchObject({ digits: '49821', at: 3, inserting: false });
  });

  it('takes what is pasted for the whole number', () => {
    const start = startOvertype(number(16), [3]);
    expect(pasted(start, '4111-1111 １１１１ 1111')).toMatchObject({
      digits: '4111111111111111',
      dropped: false,
    });
    expect(pasted(start, 'card 4111').dropped).toBe(true);
  });

  it('says so when what was typed is no digit, and leaves other keys alone', () => {
    expect(after(['X'], startOvertype('4321', [])).dropped).toBe(true);
    expect(after(['X', 'ArrowRight'], startOvertype('4321', [])).dropped).toBe(false);
    for (const key of ['F5', 'Mod+C', 'Tab', 'Shift+A']) {
      expect(pressed(startOvertype('4321', []), key, [])).toBeUndefined();
    }
  });
});

describe('jumping', () => {
  it('goes round the doubtful digits in both directions, in order', () => {
    const doubtful = [14, 3, 9];
    const start = startOvertype(number(16), doubtful);
    expect(start.at).toBe(3);
    const down = ['ArrowDown', 'ArrowDown', 'ArrowDown'].map((_key, at, all) => all.slice(0, at + 1));
    expect(down.map((keys) => after(keys, start, doubtful).at)).toEqual([9, 14, 3]);
    expect(after(['ArrowUp'], start, doubtful).at).toBe(14);
    expect(after(['ArrowUp'], startOvertype(number(16), []), []).at).toBe(0);
  });

  it('opens at the first digit when nothing is doubtful, or what was is not there', () => {
    expect(startOvertype(number(16), []).at).toBe(0);
    expect(startOvertype('', [5]).at).toBe(0);
  });

  it('goes to the groups by letters, and behind the last digit where a group is missing', () => {
    const start = startOvertype(number(16), []);
    expect(GROUP_KEYS.map((key) => after([key], start).at)).toEqual([0, 4, 8, 12, 16]);
  });
});
