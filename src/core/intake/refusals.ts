/**
 * Pictures that are refused are written down several at once: each time the disk is waited for, and a folder may hold thousands of
 * files that are none. One that was not written yet is on the list still, and is read again at the next start.
 */
import type { BatchId, CardId } from '../../shared/ids';
import type { Card, CardChange, Clock } from '../cards/ports';
import type { Entry } from './entry';
import type { IntakeFailure } from './formats';

export interface Refusals {
  /** Resolves when it is written, and rejects when it could not be. */
  add(card: Card, code: IntakeFailure, known: CardChange): Promise<void>;
  /** Writes what was added. */
  write(): void;
}

export interface RefusalsTools {
  readonly clock: Clock;
  readonly entry: Pick<Entry, 'refuse'>;
  took(batchId: BatchId, ids: readonly CardId[], more: number): void;
}

interface Added {
  readonly card: Card;
  readonly code: IntakeFailure;
  readonly known: CardChange;
  written(): void;
  failed(error: unknown): void;
}

export function createRefusals({ clock, entry, took }: RefusalsTools): Refusals {
  let waiting: Added[] = [];

  function writeTogether(together: readonly Added[]): void {
    const done = entry.refuse(together, clock.now());
    const batches = new Set(together.map(({ card }) => card.batchId));
    for (const batchId of batches) {
      const ids = together
        .map(({ card }) => card)
        .filter((card) => card.batchId === batchId && done.has(card.id));
      if (ids.length > 0)
        took(
          batchId,
          ids.map(({ id }) => id),
          0,
        );
    }
  }

  return {
    add: (card, code, known) =>
      new Promise((written, failed) => waiting.push({ card, code, known, written, failed })),
    write() {
      const together = waiting;
      waiting = [];
      if (together.length === 0) return;
      try {
        writeTogether(together);
        for (const { written } of together) written();
      } catch (error) {
        for (const { failed } of together) failed(error);
      }
    },
  };
}
