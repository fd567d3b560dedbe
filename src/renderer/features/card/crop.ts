/** The frame of a region, in shares of the upright box around the turned picture. It never leaves the box. */
import type { Cut } from '../../../shared/cards';
import type { Size } from './zoom';

/** Less than this an engine cannot read; main refuses it. */
const LEAST_PX = 100;
const STEP = 0.01;

export const FIRST_CUT: Cut = { left: 0.1, top: 0.1, width: 0.8, height: 0.8 };

/** Which edges a handle takes along: -1 the left or upper one, 1 the right or lower one, 0 none. */
export interface Handle {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}
export const HANDLES: readonly Handle[] = ([-1, 0, 1] as const).flatMap((y) =>
  ([-1, 0, 1] as const).flatMap((x) => (x === 0 && y === 0 ? [] : [{ x, y }])),
);

/** The smallest share of the box, in its pixels, that can be recognised. */
export function leastOf(box: Size): Size {
  return { width: Math.min(1, LEAST_PX / box.width), height: Math.min(1, LEAST_PX / box.height) };
}

const between = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

export function moved(cut: Cut, dx: number, dy: number): Cut {
  return {
    ...cut,
    left: between(cut.left + dx, 0, 1 - cut.width),
    top: between(cut.top + dy, 0, 1 - cut.height),
  };
}

/** One side of the frame, from `start` over `length`, with one of its edges moved. */
function stretched(start: number, length: number, edge: -1 | 0 | 1, by: number, least: number) {
  if (edge === 0) return [start, length] as const;
  if (edge === 1) return [start, between(length + by, Math.min(least, 1 - start), 1 - start)] as const;
  const end = start + length;
  const from = between(start + by, 0, Math.max(0, end - least));
  return [from, end - from] as const;
}

export function resized(cut: Cut, handle: Handle, dx: number, dy: number, least: Size): Cut {
  const [left, width] = stretched(cut.left, cut.width, handle.x, dx, least.width);
  const [top, height] = stretched(cut.top, cut.height, handle.y, dy, least.height);
  return { left, top, width, height };
}

/** Larger or, with a negative share, smaller on every side. */
function grown(cut: Cut, by: number, least: Size): Cut {
  return resized(resized(cut, { x: -1, y: -1 }, -by, -by, least), { x: 1, y: 1 }, by, by, least);
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** What a key, written as in the table of keys, does to the frame; undefined when it has no meaning here. */
export function cutByKey(cut: Cut, key: string, least: Size): Cut | 'recognise' | 'leave' | undefined {
  const [dx, dy] = ARROWS[key.replace(/^Shift\+/, '')] ?? [];
  if (dx !== undefined && dy !== undefined) {
    return key.startsWith('Shift+') ? resized(cut, { x: 1, y: 1 }, dx, dy, least) : moved(cut, dx, dy);
  }
  switch (key) {
    case '+':
    case '=':
      return grown(cut, STEP, least);
    case '-':
      return grown(cut, -STEP, least);
    case 'Enter':
      return 'recognise';
    case 'Escape':
      return 'leave';
    default:
      return undefined;
  }
}
