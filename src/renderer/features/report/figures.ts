/** What the report's pictures are drawn from. */
import type { CardStateName, Counts } from '../../../shared/cards';

/** Not decided yet: what waits for a person, a second one or a supervisor, and what is on its way there. */
export const OPEN_STATES = [
  'pending',
  'second',
  'disputed',
  'recognising',
  'queued',
  'arriving',
] as const satisfies readonly CardStateName[];

/** The terms that add up to what was taken in; `open` is all that waits, on its way or with a person. */
export const TERMS = ['approved', 'rejected', 'rescan', 'held', 'open', 'failed'] as const;
export type Term = (typeof TERMS)[number];

export function amountOf(term: Term, counts: Counts): number {
  return term === 'open' ? OPEN_STATES.reduce((sum, state) => sum + counts[state], 0) : counts[term];
}

/** A share in whole percent; what is there is never 0, and what lacks something never 100. */
export function percent(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return '0';
  const share = (part / whole) * 100;
  if (share < 1) return '<1';
  return share > 99 && part < whole ? '>99' : String(Math.round(share));
}

/** The lines of a grid from 0 to at least `most`: two to five steps of 1, 2 or 5 times a power of ten. */
export function scaleTo(most: number): readonly number[] {
  const wanted = Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(wanted / 4));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => wanted / n <= 4) ?? wanted);
  const lines = Math.ceil(wanted / step);
  return Array.from({ length: lines + 1 }, (_, at) => at * step);
}

export interface Bar {
  readonly at: number;
  readonly decided: number;
  readonly x: number;
  readonly width: number;
  readonly height: number;
  /** Whether the hour is written under it, and the day. */
  readonly hourShown: boolean;
  readonly dayShown: boolean;
}

const LEAST_BETWEEN_LABELS = 50;
const WIDEST_BAR = 36;

const dayOf = (at: number): string => new Date(at).toDateString();

export function barsOf(
  hours: readonly { readonly at: number; readonly decided: number }[],
  width: number,
  height: number,
  top: number,
): readonly Bar[] {
  const band = width / Math.max(1, hours.length);
  const every = Math.max(1, Math.ceil(LEAST_BETWEEN_LABELS / band));
  let day = '';
  return hours.map(({ at, decided }, index) => {
    const bar = Math.min(WIDEST_BAR, band * 0.72);
    const hourShown = index % every === 0;
    const dayShown = hourShown && dayOf(at) !== day;
    if (dayShown) day = dayOf(at);
    return {
      at,
      decided,
      x: index * band + (band - bar) / 2,
      width: bar,
      height: top > 0 ? (decided / top) * height : 0,
      hourShown,
      dayShown,
    };
  });
}
