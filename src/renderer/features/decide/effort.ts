/** What a decision costs a person: presses of keys and of the pointer, and the time in which they were at work. */
import { useEventListener } from '@vueuse/core';
import type { Effort } from '../../../shared/cards';

/** Whoever does nothing for longer was away. */
const LONGEST_PAUSE_MS = 60_000;
const MOST_KEYS = 100_000;
const LONGEST_MS = 86_400_000;
/** Keys that only change the one pressed after them; by themselves they are nothing. */
const HELD: readonly string[] = ['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'CapsLock'];

export interface EffortMeter {
  /** From the last decision on. */
  begin(at: number): void;
  pressed(at: number): void;
  soFar(at: number): Effort;
}

export function createEffortMeter(start: number): EffortMeter {
  let [keys, durationMs, last] = [0, 0, start];
  const worked = (at: number) => Math.max(0, Math.min(at - last, LONGEST_PAUSE_MS));

  return {
    begin(at) {
      [keys, durationMs, last] = [0, 0, at];
    },
    pressed(at) {
      durationMs += worked(at);
      last = at;
      keys += 1;
    },
    soFar: (at) => ({
      keys: Math.min(keys, MOST_KEYS),
      durationMs: Math.min(Math.round(durationMs + worked(at)), LONGEST_MS),
    }),
  };
}

/** Counts in the whole window, before anything else hears of it, for as long as what calls this lives. */
export function countEffort(meter: EffortMeter): void {
  useEventListener(
    window,
    'keydown',
    (event) => {
      if (!event.repeat && !HELD.includes(event.key)) meter.pressed(event.timeStamp);
    },
    { capture: true },
  );
  useEventListener(window, 'pointerdown', (event) => meter.pressed(event.timeStamp), { capture: true });
}
