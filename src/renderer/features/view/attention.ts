/** Whether a person has looked at the card with the focus, or it has come there by itself. */

/** Where the focus went to another card by itself, a decision within this time may be meant for the one before. */
export const LOOK_AGAIN_MS = 500;

export function createAttention() {
  /** Nobody has chosen a card yet: the focus stays at the top, on whatever comes to stand there. */
  let untouched = true;
  /** Nothing was left to decide: where the card with the focus leaves, no other one is given it. */
  let resting = false;
  /** The card with the focus has it by a person's doing. */
  let chosen = false;
  /** When the focus went to another card without anybody's doing. */
  let movedAt = -Infinity;

  return {
    isUntouched: () => untouched,
    isResting: () => resting,
    isChosen: () => chosen,
    /** Whether the focus has just gone to another card without anybody's doing. */
    justMoved: () => performance.now() - movedAt < LOOK_AGAIN_MS,
    /** Another view is there. */
    beginAnew(): void {
      [untouched, resting, chosen] = [true, false, false];
    },
    /** A person has chosen a card. */
    touch(): void {
      [untouched, resting, chosen] = [false, false, true];
      movedAt = -Infinity;
    },
    /** Nothing is left that a key should decide on. */
    rest(): void {
      resting = true;
    },
    /** The focus went by itself: to a card, or to a place whose card is not there yet. */
    moved(toCard: boolean): void {
      if (toCard) movedAt = performance.now();
      chosen = false;
    },
  };
}
