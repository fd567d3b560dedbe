/** The people of a desk: who sits there now, and what that person may do. */
import type { Output } from '../../shared/ipc';
import { mayAct, type PersonChange, type PersonId, type Role, type SessionState } from '../../shared/people';
import { fail, ok, type Result } from '../../shared/result';
import type { AuditLog } from '../audit/ports';
import type { Clock } from '../cards/ports';
import { createPinAttempts } from './pin-attempts';
import type { PersonRecord, PersonStore } from './ports';

/** Makes of a PIN what may be stored. */
export interface PinHasher {
  hash(pin: string): Promise<string>;
  /** Fails where what was stored is none of ours. */
  verify(pin: string, hash: string): Promise<Result<boolean, 'people.pinDamaged'>>;
}

export interface PeopleTools {
  readonly store: PersonStore & AuditLog;
  readonly clock: Clock;
  readonly pins: PinHasher;
  /** The operating system's account: the one administrator while nobody has added people. */
  readonly account: string;
  changed(session: SessionState): void;
}

export interface People {
  session(): SessionState;
  /** The name under which things are written down; the account's while nobody is signed in. */
  who(): string;
  /** Whether the person who is signed in may do what needs at least this role. */
  may(role: Role): boolean;
  signedIn(): boolean;
  /** Two people or more: then one may look again at what another did. */
  several(): boolean;
  known(name: string): boolean;
  signIn(id: PersonId, pin: string): Promise<Output<'session:signIn'>>;
  signOut(): SessionState;
  add(name: string, role: Role, pin: string): Promise<Output<'people:add'>>;
  change(change: PersonChange): Promise<Output<'people:change'>>;
}

export function createPeople({ store, clock, pins, account, changed }: PeopleTools): People {
  let current: PersonId | undefined;
  const attempts = createPinAttempts({ store, clock });

  const find = (id: PersonId | undefined): PersonRecord | undefined =>
    store.people().find((person) => person.id === id && person.active);

  function session(): SessionState {
    const people = store.people();
    if (people.length === 0)
      return { signInNeeded: false, person: { name: account, role: 'administrator' }, people: [] };
    const person = find(current);
    return {
      signInNeeded: true,
      person: person && { id: person.id, name: person.name, role: person.role },
      people: people.map(({ id, name, role, active }) => ({ id, name, role, active })),
    };
  }

  function tell(): SessionState {
    const now = session();
    changed(now);
    return now;
  }

  const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

  return {
    session,
    who: () => session().person?.name ?? account,
    may(role) {
      const { person } = session();
      return person !== undefined && mayAct(person.role, role);
    },
    signedIn: () => session().person !== undefined,
    several: () => store.people().filter(({ active }) => active).length > 1,
    known: (name) => store.people().some((person) => person.active && person.name === name),

    async signIn(id, pin) {
      const person = find(id);
      if (!person) return fail('people.unknown');
      const tried = await attempts.attempt(person, () => pins.verify(pin, person.pinHash));
      if (tried.kind === 'notTried') return tried.failure;
      if (tried.kind === 'waits') return fail('people.waitToTry', { seconds: Math.ceil(tried.ms / 1000) });
      if (tried.kind === 'wrong') return fail('people.wrongPin');
      // Somebody may have been taken off, or given another PIN, while it was looked at.
      if (find(id)?.pinHash !== person.pinHash) return fail('people.unknown');
      store.addAudit(person.name, 'signedIn', undefined, {}, clock.now());
      current = id;
      return ok(tell());
    },

    signOut() {
      const { person } = session();
      if (person?.id !== undefined) store.addAudit(person.name, 'signedOut', undefined, {}, clock.now());
      current = undefined;
      return tell();
    },

    async add(name, role, pin) {
      const people = store.people();
      if (people.length === 0 && role !== 'administrator') return fail('people.firstIsAdministrator');
      if (people.some((person) => sameName(person.name, name))) return fail('people.nameTaken', { name });
      const pinHash = await pins.hash(pin);
      const by = session().person?.name ?? account;
      const id = store.addPerson({ name, role, pinHash, active: true, failures: 0, waitUntil: 0 });
      store.addAudit(by, 'personAdded', undefined, { name, role }, clock.now());
      if (people.length === 0) current = id;
      return ok(tell());
    },

    async change({ id, pin, ...change }) {
      const people = store.people();
      const person = people.find((one) => one.id === id);
      if (!person) return fail('people.unknown');
      const { name } = change;
      if (name !== undefined && people.some((one) => one.id !== id && sameName(one.name, name)))
        return fail('people.nameTaken', { name });
      const after = people.map((one) => (one.id === id ? { ...one, ...defined(change) } : one));
      if (!after.some(({ role, active }) => active && role === 'administrator'))
        return fail('people.lastAdministrator');
      const pinHash = pin === undefined ? {} : { pinHash: await pins.hash(pin), failures: 0, waitUntil: 0 };
      store.changePerson(id, { ...defined(change), ...pinHash });
      const what = Object.keys(defined({ ...change, pin })).join(', ');
      store.addAudit(
        session().person?.name ?? account,
        'personChanged',
        undefined,
        { name: person.name, what },
        clock.now(),
      );
      return ok(tell());
    },
  };
}

function defined<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>;
}
