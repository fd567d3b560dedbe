/** Care for the records as a whole. */
export interface Upkeep {
  /** Reads on through all that is stored, a little at each call; false at the end. Throws where it is damaged. */
  lookThrough(): boolean;

  close(): void;
}
