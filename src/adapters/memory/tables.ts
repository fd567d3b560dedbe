/**
 * What the memory store keeps its rows in. Rows are values: a change puts another row in a row's place, so that a transaction is
 * taken back by putting the earlier ones back, the last first.
 */
export interface Table<Key extends number | string, Row> {
  get(key: Key): Row | undefined;
  /** In the order of their keys, where these were given in order. */
  rows(): IterableIterator<Row>;
  put(key: Key, row: Row): void;
  remove(key: Key): void;
  /** A number that no row had before; also what is not put after all has used its own up. */
  next(): number;
}

export interface Tables {
  table<Key extends number | string, Row>(): Table<Key, Row>;
  transaction<T>(work: () => T): T;
}

export function createTables(): Tables {
  /** How to take each write of the transaction under way back; undefined outside of one. */
  let writes: (() => void)[] | undefined;

  function table<Key extends number | string, Row>(): Table<Key, Row> {
    const rows = new Map<Key, Row>();
    let last = 0;

    function putBack(key: Key, row: Row): void {
      const isGone = !rows.has(key);
      rows.set(key, row);
      if (!isGone) return;
      const ordered = [...rows].sort(([one], [other]) => (one < other ? -1 : 1));
      rows.clear();
      for (const [each, value] of ordered) rows.set(each, value);
    }
    function note(key: Key): void {
      if (!writes) return;
      const before = rows.get(key);
      writes.push(() => void (before === undefined ? rows.delete(key) : putBack(key, before)));
    }

    return {
      get: (key) => rows.get(key),
      rows: () => rows.values(),
      put(key, row) {
        note(key);
        rows.set(key, row);
      },
      remove(key) {
        note(key);
        rows.delete(key);
      },
      next() {
        writes?.push(() => void last--);
        return ++last;
      },
    };
  }

  return {
    table,
    transaction(work) {
      if (writes) return work();
      const mine: (() => void)[] = (writes = []);
      try {
        return work();
      } catch (error) {
        for (const takeBack of mine.reverse()) takeBack();
        throw error;
      } finally {
        writes = undefined;
      }
    },
  };
}

/** A value as it would come out of a file: nobody else holds it, and what is undefined is not there. */
export function stored<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
