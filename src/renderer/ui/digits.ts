/** Card numbers on the screen: groups of four, what is typed grouped at once, and where two numbers differ. */
import { MAX_DIGITS } from '../../shared/number';

export interface Digit {
  readonly at: number;
  readonly digit: string;
  readonly marked: boolean;
}

export function groupedDigits(value: string, marked: readonly number[]): Digit[][] {
  const groups: Digit[][] = [];
  [...value.replace(/\s/g, '')].forEach((digit, at) => {
    if (at % 4 === 0) groups.push([]);
    groups.at(-1)?.push({ at, digit, marked: marked.includes(at) });
  });
  return groups;
}

export interface NumberPart {
  readonly text: string;
  readonly marked: boolean;
}

/** A number in groups of four as few texts: each marked digit for itself, and what lies between as one. */
export function numberParts(value: string, marked: readonly number[]): readonly NumberPart[] {
  const parts: { text: string; marked: boolean }[] = [];
  [...value.replace(/\s/g, '')].forEach((digit, at) => {
    const space = at > 0 && at % 4 === 0 ? ' ' : '';
    const isMarked = marked.includes(at);
    const plain = isMarked ? space : space + digit;
    const last = parts.at(-1);
    if (last && !last.marked) last.text += plain;
    else if (plain !== '') parts.push({ text: plain, marked: false });
    if (isMarked) parts.push({ text: digit, marked: true });
  });
  return parts;
}

export interface Typed {
  readonly text: string;
  readonly caret: number;
  readonly digits: string;
  /** Something that is no digit was typed and left out. */
  readonly dropped: boolean;
}

const wideToPlain = (text: string) =>
  text.replace(/[０-９]/g, (wide) => String(wide.charCodeAt(0) - '０'.charCodeAt(0)));

/** The digit that a key means, full-width forms included; undefined for any other key. */
export function plainDigit(key: string): string | undefined {
  const plain = wideToPlain(key);
  return /^\d$/.test(plain) ? plain : undefined;
}

/** Groups what stands in the input; the caret stays behind the same digit. */
export function groupWhileTyping(raw: string, caret: number): Typed {
  const plain = wideToPlain(raw);
  const digits = plain.replace(/\D/g, '').slice(0, MAX_DIGITS);
  const before = plain.slice(0, caret).replace(/\D/g, '').length;
  const text = digits.replace(/(.{4})(?=.)/g, '$1 ');
  const behind = Math.min(before, digits.length);
  const spaces = behind === 0 ? 0 : Math.floor((behind - 1) / 4);
  return { text, caret: behind + spaces, digits, dropped: /[^\d\s\-‐‑–—\u3000]/.test(plain) };
}

/** Every position (0-based) in which two numbers differ; a digit that one of them lacks differs. */
export function differences(one: string, other: string): readonly number[] {
  const length = Math.max(one.length, other.length);
  return Array.from({ length }, (_none, at) => at).filter((at) => one[at] !== other[at]);
}
