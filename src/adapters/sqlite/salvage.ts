/**
 * Builds a database anew out of the sound pages of a damaged one. A card whose row cannot be read stays as a failed one, with
 * what indexes still tell of it; everything else that is sound is as it was. Runs in a process of its own.
 */
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import Libsql from 'libsql';
import { writePages } from '../seal/mend';
import { readTree, type PageSource, type Tree, type Value } from './btree';
import { migrationsIn, type Database } from './database';
import type { Inspection, Salvaged } from './inspector';

type Job = Extract<Inspection, { kind: 'rebuild' }>;

/** Who may do what is in these: without them anybody might do anything. */
const NEVER_IN_PART = ['person', 'setting', 'sqlite_schema'];
/** Kept by the database itself, or of it. */
const NOT_COPIED = ['card_count', 'sqlite_sequence'];

interface Named {
  readonly name: string;
  readonly rootpage: number;
}

/** What an index tells of a card. */
type Told = Partial<Record<'name' | 'batch_id' | 'location', Value>>;

export function openEncrypted(file: string, keyHex: string): Database {
  const options = { encryptionCipher: 'aes256cbc', encryptionKey: keyHex } as Libsql.Options;
  const database = new Libsql(file, options);
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  return database;
}

/** Undefined where what is left would not be a desk's records. */
export function salvage(job: Job): Salvaged | undefined {
  // The damaged one is never opened: whatever comes of this, it stays as it is.
  const copy = `${job.target}-from`;
  copyFileSync(job.file, copy);
  writePages(copy, job.known);
  const from = openEncrypted(copy, job.keyHex);
  const damaged = new Set(job.pages);
  const page = from.prepare('SELECT data FROM sqlite_dbpage WHERE pgno = ?');
  const source: PageSource = (number) =>
    damaged.has(number) ? undefined : (page.get(number) as { data: Buffer } | undefined)?.data;
  if (readTree(source, 1).lostPages > 0) return undefined;

  const all = (type: string) =>
    from
      .prepare('SELECT name, rootpage FROM sqlite_schema WHERE type = ? AND rootpage > 0')
      .all(type) as unknown as Named[];
  const trees = new Map(all('table').map(({ name, rootpage }) => [name, readTree(source, rootpage)]));
  const hurt = (name: string): number => {
    const tree = trees.get(name);
    return tree ? tree.lostPages + tree.lostRows.length : 0;
  };
  if (NEVER_IN_PART.some((name) => hurt(name) > 0)) return undefined;

  const told = toldOfCards(from, source);
  const to = makeTarget(job, versionOf(from));
  to.exec('BEGIN');
  to.exec('PRAGMA defer_foreign_keys = ON');
  for (const [name, tree] of trees) if (!NOT_COPIED.includes(name)) copyRows(from, to, name, tree);
  const cards = addLostCards(to, told, trees.get('card'), job.at);
  const pages = Object.fromEntries(
    [...trees.keys()].flatMap((name) => (hurt(name) ? [[name, hurt(name)]] : [])),
  );
  addLostBatches(to, job.at);
  settleLostAttempts(to, job.at);
  keepCounting(to, trees.get('sqlite_sequence'));
  if (hurt('attempt') > 0)
    to.prepare(
      "INSERT OR REPLACE INTO setting (name, value) VALUES ('queue.paused', 'profile.changesLost')",
    ).run();
  const params = JSON.stringify({ cards: cards.length, ...pages });
  to.prepare("INSERT INTO audit (at, who, what, params) VALUES (?, 'CardProof', 'setAside', ?)").run(
    job.at,
    params,
  );
  for (const id of cards)
    to.prepare(
      "INSERT INTO audit (at, who, what, card_id, params) VALUES (?, 'CardProof', 'setAside', ?, '{}')",
    ).run(job.at, id);
  to.exec('COMMIT');
  to.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  return { cards: cards.length, pages };
}

const versionOf = (database: Database): number =>
  (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;

function makeTarget({ target, keyHex, migrationsDir }: Job, version: number): Database {
  for (const left of [target, `${target}-wal`]) rmSync(left, { force: true });
  const to = openEncrypted(target, keyHex);
  to.exec('PRAGMA journal_mode = WAL');
  to.exec('PRAGMA synchronous = FULL');
  to.exec('PRAGMA foreign_keys = OFF');
  for (const name of migrationsIn(migrationsDir).slice(0, version))
    to.exec(readFileSync(path.join(migrationsDir, name), 'utf8'));
  to.exec(`PRAGMA user_version = ${version}`);
  return to;
}

interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

function columnsOf(database: Database, table: string): readonly ColumnInfo[] {
  return database
    .prepare(`SELECT name, type, pk FROM pragma_table_info('${table}')`)
    .all() as unknown as ColumnInfo[];
}

function copyRows(from: Database, to: Database, table: string, { rows }: Tree): void {
  const columns = columnsOf(from, table);
  const identity = columns.findIndex(({ type, pk }) => pk === 1 && type === 'INTEGER');
  for (const { id, values } of rows) {
    // A row that is older than a column ends before it, and has its default.
    const names = columns.slice(0, values.length).map(({ name }) => `"${name}"`);
    const whole = values.map((value, at) => (at === identity ? id : value));
    to.prepare(
      `INSERT INTO "${table}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ).run(whole);
  }
}

/** Of each card that an index of theirs knows what it tells. */
function toldOfCards(from: Database, source: PageSource): Map<number, Told> {
  const told = new Map<number, Told>();
  const indexes = from
    .prepare("SELECT name, rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'card'")
    .all() as unknown as Named[];
  for (const { name, rootpage } of indexes) {
    const columns = from.prepare(`SELECT name FROM pragma_index_xinfo('${name}')`).all() as {
      name: string | null;
    }[];
    for (const { values } of readTree(source, rootpage).rows) {
      const id = Number(values.at(-1));
      const known = told.get(id) ?? {};
      columns.forEach(({ name: column }, at) => {
        if (column === 'name' || column === 'batch_id' || column === 'location') known[column] = values[at];
      });
      told.set(id, known);
    }
  }
  return told;
}

/** Those that were there and whose row is not: failed, and named as well as can be. */
function addLostCards(
  to: Database,
  told: ReadonlyMap<number, Told>,
  tree: Tree | undefined,
  at: number,
): readonly number[] {
  const sound = new Set(tree?.rows.map(({ id }) => id));
  const asked = to.prepare('SELECT DISTINCT card_id AS id FROM attempt').all() as { id: number }[];
  const ids = new Set([...told.keys(), ...asked.map(({ id }) => id), ...(tree?.lostRows ?? [])]);
  const lost = [...ids].filter((id) => !sound.has(id)).sort((one, other) => one - other);
  const newest = to.prepare('SELECT ifnull(max(batch_id), 1) AS id FROM card').get() as { id: number };
  const add = to.prepare(`INSERT OR IGNORE INTO card
    (id, batch_id, name, source_kind, location, state, state_data, taken_in_at, updated_at)
    VALUES (?, ?, ?, ?, ?, 'failed', ?, ?, ?)`);
  const data = JSON.stringify({ code: 'card.damaged', at });
  for (const id of lost) {
    const { name, batch_id: batch, location } = told.get(id) ?? {};
    const kind = typeof location !== 'string' ? 'clipboard' : /^https?:/.test(location) ? 'link' : 'file';
    const named = typeof name === 'string' ? name : `#${id}`;
    const add1 = (place: Value) =>
      add.run([id, batch ?? newest.id, named, kind, place, data, at, at]).changes;
    // Of several cards on one picture only one can have its place.
    if (add1(location ?? null) === 0) add1(null);
  }
  return lost;
}

function addLostBatches(to: Database, at: number): void {
  to.prepare(
    `INSERT INTO batch (id, name, created_at) SELECT DISTINCT batch_id, '#' || batch_id, ? FROM card
     WHERE batch_id NOT IN (SELECT id FROM batch)`,
  ).run(at);
}

/** A card at an engine whose attempt is gone: its answer would reach nobody, and it may have been paid for. */
function settleLostAttempts(to: Database, at: number): void {
  to.prepare(
    `UPDATE card SET state = 'failed', state_data = ?, revision = revision + 1 WHERE state = 'recognising'
     AND state_data ->> 'attemptId' NOT IN (SELECT id FROM attempt)`,
  ).run(JSON.stringify({ code: 'client.answerLost', at }));
}

/** No number is given twice, also none of a row that is lost. */
function keepCounting(to: Database, sequence: Tree | undefined): void {
  const tables = to.prepare('SELECT name, seq FROM sqlite_sequence').all() as { name: string; seq: number }[];
  const before = new Map(sequence?.rows.map(({ values: [name, seq] }) => [String(name), Number(seq)]));
  for (const [name, seq] of before)
    if (!tables.some((one) => one.name === name))
      to.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(name, seq);
  for (const { name, seq } of tables)
    to.prepare('UPDATE sqlite_sequence SET seq = ? WHERE name = ?').run(
      Math.max(seq, before.get(name) ?? 0),
      name,
    );
}
