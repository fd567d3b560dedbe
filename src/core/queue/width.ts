/**
 * How many calls to an engine over a network are under way at once: as many as its rate needs at the time that an answer takes
 * (Little's law), so that a slow service is asked as often as a quick one. Starts small, grows by one with each answer, and
 * is halved when an answer does not come: a call that times out may have been paid for.
 */
import { ENGINES, type EngineName } from '../../shared/recognition';
import type { Engines } from '../recognition/engines';

export interface Width {
  now(): number;
  answered(durationMs: number): void;
  lost(): void;
}

const FIRST = 2;
/** What the cloud allows. */
const CALLS_A_SECOND = 10;
/** How much of what is known of the time of an answer the newest one is. */
const NEWEST = 0.2;

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
  let usualMs: number | undefined;

  /** One more than is needed: while one is answered the next is on its way. */
  const needed = () => Math.ceil((CALLS_A_SECOND * (usualMs ?? 0)) / 1_000) + 1;

  return {
    now: () => Math.min(width, most()),
    answered(durationMs) {
      usualMs = usualMs === undefined ? durationMs : usualMs + NEWEST * (durationMs - usualMs);
      // What others wait for is not taken away in one step: answers differ.
      const wanted = Math.max(FIRST, Math.min(most(), needed()));
      width += Math.sign(wanted - width);
    },
    lost() {
      width = Math.max(1, Math.floor(width / 2));
    },
  };
}
