/** The people of a desk. Nobody is ever deleted: their name stands in the history. */
import type { PersonRecord, PersonStore } from '../../core/people/ports';
import type { PersonId, Role } from '../../shared/people';
import type { Sql } from './sql';

interface Row {
  id: number;
  name: string;
  role: string;
  pin_hash: string;
  active: number;
  failures: number;
  wait_until: number;
}

export function createPersonStore(sql: Sql): PersonStore {
  const toRecord = (row: Row): PersonRecord => ({
    id: row.id as PersonId,
    name: row.name,
    role: row.role as Role,
    pinHash: row.pin_hash,
    active: row.active === 1,
    failures: row.failures,
    waitUntil: row.wait_until,
  });
  return {
    people: () => sql.all<Row>('SELECT * FROM person ORDER BY id').map(toRecord),
    addPerson: (person) =>
      sql.insert(
        'INSERT INTO person (name, role, pin_hash, active, failures, wait_until) VALUES (?, ?, ?, ?, ?, ?)',
        person.name,
        person.role,
        person.pinHash,
        person.active ? 1 : 0,
        person.failures,
        person.waitUntil,
      ) as PersonId,
    changePerson(id, change) {
      const row = sql.one<Row>('SELECT * FROM person WHERE id = ?', id);
      if (!row) return;
      const next = { ...toRecord(row), ...change };
      sql.run(
        'UPDATE person SET name = ?, role = ?, pin_hash = ?, active = ?, failures = ?, wait_until = ? WHERE id = ?',
        next.name,
        next.role,
        next.pinHash,
        next.active ? 1 : 0,
        next.failures,
        next.waitUntil,
        id,
      );
    },
  };
}
