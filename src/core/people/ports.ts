import type { PersonId, Role } from '../../shared/people';

export interface PersonRecord {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly pinHash: string;
  readonly active: boolean;
  /** Wrong PINs since the last right one, and until when (epoch ms) none is looked at. */
  readonly failures: number;
  readonly waitUntil: number;
}

/** Nobody is ever deleted: their name stands in the history. */
export interface PersonStore {
  people(): readonly PersonRecord[];
  addPerson(person: Omit<PersonRecord, 'id'>): PersonId;
  changePerson(id: PersonId, change: Partial<Omit<PersonRecord, 'id'>>): void;
}
