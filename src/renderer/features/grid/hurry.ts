/** Whether rows go by faster than anybody reads: then they are drawn as ghosts, and none is asked for. */

/** The scroller stood still, or nearly, for so long: what is there is looked at. */
export const REST_MS = 60;

export function createHurry() {
  let last = { top: 0, at: -Infinity };
  let jumps = 0;

  return {
    /** The scroller came to `top`; answers whether it hurries. One jump (a key, a press beside the thumb) is no hurry. */
    moved(top: number, at: number, seenPx: number): boolean {
      const far = Math.abs(top - last.top) > seenPx && at - last.at < REST_MS;
      jumps = far ? jumps + 1 : 0;
      last = { top, at };
      return jumps >= 2;
    },
    rested(): void {
      jumps = 0;
    },
  };
}
