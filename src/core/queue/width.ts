/**
 * How many calls to the cloud are under way at once. Starts small, grows while answers come quickly, and shrinks as soon as
 * they come late or not at all: a call that times out may have been paid for.
 */
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
