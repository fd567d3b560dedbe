/** What a transaction leaves when the disk fails under it: all or nothing, and the cause said. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import Libsql from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeskStore } from '../../src/core/desk-store';
import { createLookThrough } from '../../src/adapters/sqlite/look-through';
import { createDeskStore } from '../../src/adapters/sqlite/desk-store';
import { openDatabase } from '../../src/adapters/sqlite/database';
import { limitPages, TEST_KEY } from '../helpers/test-desk';

let folder: string;
let store: DeskStore;
/** So many pages more than there are; undefined: as many as the disk holds. */
let allowPages: (more: number | undefined) => void;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-transaction-'));
  const opened = openDatabase({
    file: path.join(folder, 'cards.db'),
    keyHex: TEST_KEY,
    migrationsDir: path.resolve('resources/migrations'),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  const database = opened.value;
  store = createDeskStore(database);
  allowPages = (more) => limitPages(database, more);
});
afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true, force: true });
});

const LONG = 'long '.repeat(20_000);

describe('a transaction on a full disk', () => {
  it('says that the disk is full, and nothing of it stands', () => {
    allowPages(2);
    const work = () =>
      store.transaction(() => {
        store.setSetting('short', 'kept?');
        store.setSetting('long', LONG);
      });
    expect(work).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }));
    expect(store.setting('short')).toBeUndefined();
  });

  it('is followed by others as if nothing had happened, once there is room', () => {
    allowPages(2);
    expect(() => store.transaction(() => store.setSetting('long', LONG))).toThrow();
    allowPages(undefined);
    store.transaction(() => store.transaction(() => store.setSetting('long', LONG)));
    expect(() =>
      store.transaction(() => {
        store.setSetting('other', 'not kept');
        throw new Error('a defect');
      }),
    ).toThrow('a defect');
    expect([store.setting('long'), store.setting('other')]).toEqual([LONG, undefined]);
  });

  it('lets nothing through by itself after SQLite took it back, whoever swallowed the failure', () => {
    allowPages(2);
    const work = () =>
      store.transaction(() => {
        try {
          store.transaction(() => store.setSetting('long', LONG));
        } catch {
          // As a caller might that means to go on without it.
        }
        store.setSetting('after', 'alone');
      });
    expect(work).toThrow();
    expect(store.setting('after')).toBeUndefined();
  });
});

describe('looking through the records', () => {
  it('reads every table to its end', () => {
    const batch = store.createBatch('scans', 1);
    const sources = Array.from({ length: 1_000 }, (_, at) => ({
      kind: 'file' as const,
      name: `${at}.jpg`,
      location: `/in/${at}.jpg`,
    }));
    store.addCards(batch, sources, 1);
    let calls = 0;
    while (store.lookThrough()) calls++;
    // Each table once more than it has slices.
    expect(calls).toBeGreaterThan(10);
    expect(store.lookThrough()).toBe(false);
  });

  it('finds a damaged page of a table or an index, also in a database that is too large to be checked when it is opened', () => {
    const batch = store.createBatch('scans', 1);
    const source = (at: number) => ({ kind: 'file' as const, name: `${at}`, location: `/in/${at}.jpg` });
    store.addCards(
      batch,
      Array.from({ length: 1_000 }, (_, at) => source(at)),
      1,
    );
    store.close();
    const whole = readFileSync(path.join(folder, 'cards.db'));
    const pages = whole.length / 4096;
    for (const page of [40, 50, pages - 10, pages - 1]) {
      const bytes = Buffer.from(whole);
      bytes.fill(0x5a, page * 4096, page * 4096 + 64);
      const copy = path.join(folder, `copy-${page}.db`);
      writeFileSync(copy, bytes);
      const options = { encryptionCipher: 'aes256cbc', encryptionKey: TEST_KEY } as Libsql.Options;
      const lookThrough = createLookThrough(new Libsql(copy, options));
      const all = () => {
        while (lookThrough());
      };
      expect(all).toThrow(expect.objectContaining({ code: 'SQLITE_CORRUPT' }));
    }
  });

  it('finds a page that is not what was written', () => {
    store.createBatch('scans', 1);
    store.setSetting('long', LONG);
    store.close();
    const copy = path.join(folder, 'copy.db');
    const bytes = readFileSync(path.join(folder, 'cards.db'));
    // Many pages from the end: those of the long text, which no statement has to read.
    for (let at = bytes.length - 10 * 4096; at < bytes.length; at += 4096) bytes.fill(0x5a, at, at + 64);
    writeFileSync(copy, bytes);
    const opened = openDatabase({
      file: copy,
      keyHex: TEST_KEY,
      migrationsDir: path.resolve('resources/migrations'),
    });
    expect(opened.ok ? 'opened' : opened.error.code).toBe('profile.damaged');
  });
});
