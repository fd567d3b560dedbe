/**
 * Typing digits over a card number. One digit is taken as by a block cursor: a digit key replaces it and moves on, so that
 * a wrong digit costs a jump and a key. Letters are no digits and mean jumps and acts here.
 */
import { MAX_DIGITS } from '../../../shared/number';
import { groupWhileTyping, plainDigit } from '../../ui/digits';

export interface Overtype {
  readonly digits: string;
  /** The digit (0-based) that the next key replaces, or before which it is put in; `digits.length` is behind the last. */
  readonly at: number;
  readonly inserting: boolean;
  /** The whole number is taken: the next digit begins it anew. */
  readonly whole: boolean;
  /** Something that is no digit, or one digit too many, was typed and left out. */
  readonly dropped: boolean;
}

/** They jump to the first digit of the groups, in this order. */
export const GROUP_KEYS = ['Q', 'W', 'E', 'R', 'T'] as const;
const GROUP = 4;

export type Act = 'save' | 'saveAndApprove' | 'leave';

export function startOvertype(digits: string, doubtful: readonly number[]): Overtype {
  const first = sorted(doubtful, digits.length)[0] ?? 0;
  return { digits, at: first, inserting: false, whole: false, dropped: false };
}

function sorted(doubtful: readonly number[], length: number): readonly number[] {
  return doubtful.filter((at) => at >= 0 && at < length).sort((one, other) => one - other);
}

export function jump(state: Overtype, to: number): Overtype {
  const at = Math.max(0, Math.min(to, state.digits.length));
  return { ...state, at, whole: false, dropped: false };
}

function typed(state: Overtype, digit: string): Overtype {
  const { digits, at } = state;
  if (state.whole) return { ...jump(state, 0), digits: digit, at: 1 };
  const kept = state.inserting ? digits.slice(at) : digits.slice(at + 1);
  const next = digits.slice(0, at) + digit + kept;
  if (next.length > MAX_DIGITS) return { ...state, dropped: true };
  return { ...state, digits: next, at: at + 1, dropped: false };
}

function without(state: Overtype, at: number): Overtype {
  if (state.whole) return { ...jump(state, 0), digits: '', at: 0 };
  if (at < 0 || at >= state.digits.length) return { ...state, dropped: false };
  return { ...state, digits: state.digits.slice(0, at) + state.digits.slice(at + 1), at, dropped: false };
}

function doubtfulFrom(state: Overtype, doubtful: readonly number[], step: 1 | -1): Overtype {
  const known = sorted(doubtful, state.digits.length);
  const next =
    step === 1
      ? (known.find((at) => at > state.at) ?? known[0])
      : (known.findLast((at) => at < state.at) ?? known.at(-1));
  return next === undefined ? state : jump(state, next);
}

/** What is pasted takes the place of the whole number. */
export function pasted(state: Overtype, text: string): Overtype {
  const { digits, dropped } = groupWhileTyping(text, text.length);
  return { ...state, digits, at: digits.length, whole: false, dropped };
}

/** What a key, written as in the table of keys, makes of the number; undefined when it has no meaning here. */
export function pressed(
  state: Overtype,
  key: string,
  doubtful: readonly number[],
): Overtype | Act | undefined {
  const digit = plainDigit(key.replace(/^Shift\+/, ''));
  if (digit !== undefined) return typed(state, digit);
  const group = GROUP_KEYS.findIndex((letter) => letter === key);
  if (group >= 0) return jump(state, group * GROUP);
  switch (key) {
    case 'ArrowLeft':
      return jump(state, state.at - 1);
    case 'ArrowRight':
      return jump(state, state.at + 1);
    case 'ArrowUp':
      return doubtfulFrom(state, doubtful, -1);
    case 'ArrowDown':
      return doubtfulFrom(state, doubtful, 1);
    case 'Home':
      return jump(state, 0);
    case 'End':
      return jump(state, state.digits.length - 1);
    case 'Backspace':
      return without(state, state.at - 1);
    case 'Delete':
      return without(state, state.at);
    case 'I':
    case 'Insert':
      return { ...state, inserting: !state.inserting, dropped: false };
    case 'Mod+A':
      return { ...state, whole: state.digits !== '', dropped: false };
    case 'Enter':
      return 'save';
    case 'A':
      return 'saveAndApprove';
    case 'Escape':
      return 'leave';
    default:
      return key.length === 1 ? { ...state, dropped: true } : undefined;
  }
}
