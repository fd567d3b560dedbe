/** The people of a desk. */
import type { PersonRecord, PersonStore } from '../../core/people/ports';
import type { PersonId } from '../../shared/people';
import type { Rows } from './rows';
import { compareNames } from './text';

export function createPersonStore({ table }: Rows): PersonStore {
  const people = table<PersonId, PersonRecord>();

  function put(person: PersonRecord): void {
    for (const other of people.rows()) {
      if (other.id !== person.id && compareNames(other.name, person.name) === 0)
        throw new Error('Expected a name that nobody has');
    }
    people.put(person.id, person);
  }

  return {
    people: () => [...people.rows()],
    addPerson(person) {
      const id = people.next() as PersonId;
      put({ ...person, id });
      return id;
    },
    changePerson(id, change) {
      const person = people.get(id);
      if (person) put({ ...person, ...change });
    },
  };
}
