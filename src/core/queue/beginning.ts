/** The beginning of an attempt: written once, in the moment in which somebody asks whether its call may be made. */
export interface Beginning {
  /** False: the call is not to be made. */
  begin(): boolean;
  /** Undefined: nothing was written. */
  attemptId(): number | undefined;
  /** What kept it from being written. */
  failure(): { readonly error: unknown } | undefined;
}

/** `write` answers the attempt; undefined: the card is not to be asked about any more. */
export function createBeginning(write: () => number | undefined): Beginning {
  let attemptId: number | undefined;
  let failure: { readonly error: unknown } | undefined;
  return {
    attemptId: () => attemptId,
    failure: () => failure,
    begin() {
      try {
        attemptId ??= write();
      } catch (error) {
        failure = { error };
      }
      return attemptId !== undefined;
    },
  };
}
