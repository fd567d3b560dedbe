/**
 * The one rule for what a person asks quickly one after the other (keys, filters, heads, batches): one question is under way,
 * the newest waits for its answer, those between are never asked, and an answer that was overtaken is never shown.
 */
export interface Newest {
  /** Resolves when what was asked last is answered. */
  ask(): Promise<void>;
  /** A question is under way. */
  isAsking(): boolean;
}

/** `work` asks for what is wanted when it begins. */
export function createNewest(work: (isOvertaken: () => boolean) => Promise<void>): Newest {
  let asking: Promise<void> | undefined;
  let overtaken = false;

  async function untilNewest(): Promise<void> {
    try {
      do {
        overtaken = false;
        await work(() => overtaken);
      } while (overtaken);
    } finally {
      // In the same turn: who asks after the last look at `overtaken` asks anew.
      asking = undefined;
    }
  }

  return {
    ask() {
      overtaken = asking !== undefined;
      asking ??= untilNewest();
      return asking;
    },
    isAsking: () => asking !== undefined,
  };
}
