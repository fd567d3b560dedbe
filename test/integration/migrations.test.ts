/** A profile of an earlier version opens, and what it holds is understood. */
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeskStore } from '../../src/adapters/sqlite/desk-store';
import { openDatabase, type Database } from '../../src/adapters/sqlite/database';
import type { CardId } from '../../src/shared/ids';
import { GridSchema, StoredGridSchema } from '../../src/shared/grid';
import { SettingsSchema } from '../../src/shared/settings';
import { TEST_KEY } from '../helpers/test-desk';

const migrations = path.resolve('resources/migrations');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-migrations-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(name: string, migrationsDir: string): Database {
  const opened = openDatabase({ file: path.join(folder, name), keyHex: TEST_KEY, migrationsDir });
  if (!opened.ok) throw new Error(`Expected the database to open but it is ${opened.error.code}`);
  return opened.value;
}

/** A profile as the version left it whose last migration is `last`. */
function profileOf(last: number, fill: (database: Database) => void): void {
  const earlier = path.join(folder, 'migrations');
  for (const name of readdirSync(migrations))
    if (Number(name.slice(0, 3)) <= last) cpSync(path.join(migrations, name), path.join(earlier, name));
  const database = open('earlier.db', earlier);
  fill(database);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  // A process holds a database until it ends; its copy is free.
  cpSync(path.join(folder, 'earlier.db'), path.join(folder, 'cards.db'));
}

describe('a profile from before the words were one each', () => {
  const before = [
    { name: 'twinNumberInBatch', weight: 35, field: 'cardNumber', piece: 'number', params: { count: 1 } },
    { name: 'twinPicture', weight: 30, piece: 'original', params: { note: 'a "name":"twin of mine' } },
  ];
  const after = [
    {
      name: 'duplicateNumberInBatch',
      weight: 35,
      field: 'cardNumber',
      picture: 'number',
      params: { count: 1 },
    },
    { name: 'duplicatePicture', weight: 30, picture: 'original', params: { note: 'a "name":"twin of mine' } },
  ];

  it('keeps its doubts, what an undo needs of them, the weights and the columns that a person chose', () => {
    profileOf(7, (database) => {
      // A statement that is prepared would hold the file.
      const json = (value: unknown) => `'${JSON.stringify(value).replaceAll("'", "''")}'`;
      const edited = [{ id: 1, before: {}, after: {}, beside: { fields: {}, warnings: [], doubts: before } }];
      const settings = {
        doubtWeights: { twinNumber: 7, luhn: 9 },
        grid: {
          columns: [{ name: 'file', width: 90 }, { name: 'number' }, { name: 'expiry', hidden: true }],
        },
      };
      database.exec(`
        INSERT INTO batch (name, created_at) VALUES ('morning', 1);
        INSERT INTO card (batch_id, name, source_kind, state, state_data, doubts, top_doubt, taken_in_at, updated_at)
          VALUES (1, 'a.jpg', 'file', 'pending', '{}', ${json(before)}, 'twinNumberInBatch', 1, 1);
        INSERT INTO edit (at, who, what, cards) VALUES (1, 'li', 'decided', ${json(edited)});
        INSERT INTO setting (name, value) VALUES ('settings', ${json(settings)});`);
    });

    const database = open('cards.db', migrations);
    const store = createDeskStore(database);
    expect(store.card(1 as CardId)?.doubts).toEqual(after);
    expect(store.groups({}, 'doubt')).toMatchObject([{ key: 'duplicateNumberInBatch', count: 1 }]);
    expect(store.editToUndo('li')?.cards[0]?.beside?.doubts).toEqual(after);
    const stored: unknown = JSON.parse(store.setting('settings') ?? '');
    expect(SettingsSchema.parse(stored)).toMatchObject({
      doubtWeights: { duplicateNumber: 7, luhn: 9 },
      grid: {
        columns: [{ name: 'name', width: 90 }, { name: 'cardNumber' }, { name: 'validDate', hidden: true }],
      },
    });
    expect(GridSchema.safeParse(StoredGridSchema.parse((stored as { grid: unknown }).grid)).success).toBe(
      true,
    );
    store.close();
  });
});

describe('a profile from before sorts had their indexes', () => {
  const cards = (database: Database) =>
    createDeskStore(database).found({}, { key: 'cardNumber', descending: false }).ids;
  const fill = (database: Database) =>
    database.exec(`
      INSERT INTO batch (name, created_at) VALUES ('morning', 1);
      INSERT INTO card (batch_id, name, source_kind, state, state_data, card_number, taken_in_at, updated_at) VALUES
        (1, 'a.jpg', 'file', 'pending', '{}', '6222021', 1, 1), (1, 'b.jpg', 'file', 'pending', '{}', NULL, 1, 1),
        (1, 'c.jpg', 'file', 'pending', '{}', '6217000', 1, 1);`);

  it('has its cards in order', () => {
    profileOf(8, fill);
    expect(cards(open('cards.db', migrations))).toEqual([3, 1, 2]);
  });

  it('is as it was when its migration ends half way, and is brought on at the next start', () => {
    profileOf(8, fill);
    const broken = path.join(folder, 'broken');
    cpSync(migrations, broken, { recursive: true });
    const last = readdirSync(broken).find((name) => name.startsWith('009')) ?? '';
    appendFileSync(path.join(broken, last), '\nCREATE INDEX half ON nothing (half);');
    const options = { file: path.join(folder, 'cards.db'), keyHex: TEST_KEY };
    expect(openDatabase({ ...options, migrationsDir: broken }).ok).toBe(false);
    for (const end of ['', '-wal'].filter((one) => existsSync(`${options.file}${one}`)))
      cpSync(`${options.file}${end}`, path.join(folder, `next.db${end}`));
    const database = open('next.db', migrations);
    expect(cards(database)).toEqual([3, 1, 2]);
    expect(database.prepare('PRAGMA integrity_check').all()).toMatchObject([{ integrity_check: 'ok' }]);
  });
});
