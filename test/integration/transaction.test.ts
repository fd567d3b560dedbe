/** What a transaction leaves when the disk fails under it: all or nothing, and the cause said. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardStore } from '../../src/core/cards/ports';
import { createCardStore } from '../../src/adapters/sqlite/card-store';
import { openDatabase } from '../../src/adapters/sqlite/database';
import { limitPages, TEST_KEY } from '../helpers/test-desk';

let folder: string;
let store: CardStore;
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
  store = createCardStore(database);
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
