/**
 * Rows on the screen keep their nodes while they are scrolled: what leaves at one end comes in at the other. A place takes
 * the slot of its number modulo the most rows that were there at once, so that those side by side never take the same.
 */
export function createSlots() {
  let most = 1;
  return {
    /** So many places follow one another on the screen. */
    hold(places: number): void {
      most = Math.max(most, places);
    },
    slotOf: (place: number): number => place % most,
  };
}
