/**
 * Attempts at a PIN: one at a time, counted before it is tried, so that any number of guesses at once are as slow as one
 * after the other and the end of the application forgets none. After a few wrong ones there is a wait, which no change of
 * the system's clock makes shorter or longer while the application runs.
 */
import type { PersonId } from '../../shared/people';
import type { Failure, Result } from '../../shared/result';
import type { AuditLog } from '../audit/ports';
import type { Clock } from '../cards/ports';
import { createSteady } from '../environment/steady';
import type { PersonRecord, PersonStore } from './ports';

/** Wrong PINs before waiting, and the first wait, which doubles with each further one. */
const FREE_FAILURES = 4;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;

export type Tried =
  | { readonly kind: 'right' | 'wrong' }
  /** Nothing was tried, or it was wrong and now has to wait. */
  | { readonly kind: 'waits'; readonly ms: number }
  /** What is stored cannot be compared with: it counts for nothing. */
  | {
      readonly kind: 'notTried';
      readonly failure: { readonly ok: false; readonly error: Failure<'people.pinDamaged'> };
    };

export interface PinAttempts {
  attempt(
    person: Pick<PersonRecord, 'id'>,
    verify: () => Promise<Result<boolean, 'people.pinDamaged'>>,
  ): Promise<Tried>;
}

export interface PinAttemptTools {
  readonly store: PersonStore & AuditLog;
  readonly clock: Clock;
}

function waitAfter(failures: number): number {
  const beyond = failures - FREE_FAILURES;
  return beyond > 0 ? Math.min(FIRST_WAIT_MS * 2 ** (beyond - 1), LONGEST_WAIT_MS) : 0;
}

export function createPinAttempts({ store, clock }: PinAttemptTools): PinAttempts {
  const steady = createSteady(clock);
  const trying = new Set<PersonId>();

  function record(id: PersonId): PersonRecord | undefined {
    return store.people().find((person) => person.id === id);
  }

  /** A wait of an earlier run is no longer than it was, whatever the clock says now. */
  function waitMs({ failures, waitUntil }: PersonRecord): number {
    return Math.min(Math.max(0, waitUntil - steady()), waitAfter(failures));
  }

  return {
    async attempt({ id }, verify) {
      const person = record(id);
      if (!person) return { kind: 'wrong' };
      const before = waitMs(person);
      if (before > 0) return { kind: 'waits', ms: before };
      // A second guess while one is looked at is nobody's typing.
      if (trying.has(id)) return { kind: 'waits', ms: 1_000 };
      trying.add(id);
      try {
        const failures = person.failures + 1;
        const after = waitAfter(failures);
        store.changePerson(id, { failures, waitUntil: steady() + after });
        const right = await verify();
        if (!right.ok) {
          store.changePerson(id, { failures: person.failures, waitUntil: person.waitUntil });
          return { kind: 'notTried', failure: right };
        }
        if (right.value) {
          store.changePerson(id, { failures: 0, waitUntil: 0 });
          return { kind: 'right' };
        }
        store.addAudit(person.name, 'wrongPin', undefined, { failures }, clock.now());
        return after > 0 ? { kind: 'waits', ms: after } : { kind: 'wrong' };
      } finally {
        trying.delete(id);
      }
    },
  };
}
