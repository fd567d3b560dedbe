/** The batches of the desk by name. A batch may be named by a card's number: what a person reads shows it masked. */
import type { BatchSummary } from '../../shared/cards';
import type { BatchId } from '../../shared/ids';
import type { Output } from '../../shared/ipc';
import { maskNumbersIn } from '../../shared/mask';
import { fail, ok } from '../../shared/result';
import type { AuditLog } from '../audit/ports';
import type { Clock, Transactions } from '../cards/ports';
import type { BatchStore } from './ports';

export interface Batches {
  list(): readonly BatchSummary[];
  /** Written to the audit log with both names. */
  rename(id: BatchId, name: string): Output<'batches:rename'>;
}

export interface BatchTools {
  readonly store: Transactions & BatchStore & AuditLog;
  readonly clock: Clock;
  /** The name of whoever sits at the desk. */
  who(): string;
  renamed(id: BatchId): void;
}

export function createBatches({ store, clock, who, renamed }: BatchTools): Batches {
  return {
    list: () => store.batches().map((batch) => ({ ...batch, name: maskNumbersIn(batch.name) })),
    rename(id, name) {
      const before = store.batches().find((batch) => batch.id === id)?.name;
      if (before === undefined) return fail('batch.gone');
      // What was shown masked, and confirmed as it was shown, stays as it is.
      if (name === before || name === maskNumbersIn(before)) return ok(true);
      store.transaction(() => {
        store.renameBatch(id, name);
        const names = { batch: id, from: maskNumbersIn(before), to: maskNumbersIn(name) };
        store.addAudit(who(), 'batchRenamed', undefined, names, clock.now());
      });
      renamed(id);
      return ok(true);
    },
  };
}
