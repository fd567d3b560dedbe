/**
 * How many calls to an engine over a network are under way at once. Starts small, grows while answers come quickly, and shrinks as soon as
 * they come late or not at all: a call that times out may have been paid for.
 */
import { ENGINES, type EngineName } from '../../shared/recognition';
import type { Engines } from '../recognition/engines';

export interface Width {
  now(): number;
  answered(durationMs: number): void;
  lost(): void;
}

const FIRST = 2;
/** An answer within this time means that there is room for one more call. */
const QUICK_MS = 3_000;
/** One that takes longer means that there are too many. */
const LATE_MS = 8_000;

/** One for each engine over a network; any other has its slots, always. */
export interface Widths {
  now(engine: EngineName): number;
  answered(engine: EngineName, durationMs: number): void;
  lost(engine: EngineName): void;
}

export function createWidths({ traits }: Pick<Engines, 'traits'>): Widths {
  const widths = new Map<EngineName, Width>();
  for (const name of ENGINES)
    if (traits(name).overNetwork)
      widths.set(
        name,
        createWidth(() => traits(name).slots),
      );
  return {
    now: (engine) => widths.get(engine)?.now() ?? traits(engine).slots,
    answered: (engine, durationMs) => widths.get(engine)?.answered(durationMs),
    lost: (engine) => widths.get(engine)?.lost(),
  };
}

export function createWidth(most: () => number): Width {
  let width = FIRST;
  return {
    now: () => Math.min(width, most()),
    answered(durationMs) {
      if (durationMs < QUICK_MS) width = Math.min(most(), width + 1);
      else if (durationMs > LATE_MS) width = Math.max(1, width - 1);
    },
    lost() {
      width = Math.max(1, Math.floor(width / 2));
    },
  };
}
