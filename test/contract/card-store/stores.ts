/** Every store of the desk, and how to make it. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createMemoryStore } from '../../../src/adapters/memory/desk-store';
import { openDatabase } from '../../../src/adapters/sqlite/database';
import { createDeskStore } from '../../../src/adapters/sqlite/desk-store';
import { TEST_KEY } from '../../helpers/test-desk';
import type { MadeStore } from './given';

function inMemory(): MadeStore {
  const store = createMemoryStore();
  return { store, dispose: () => store.close() };
}

function inEncryptedFile(): MadeStore {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-store-'));
  const opened = openDatabase({
    file: path.join(folder, 'cards.db'),
    keyHex: TEST_KEY,
    migrationsDir: path.resolve('resources/migrations'),
  });
  if (!opened.ok) throw new Error(opened.error.code, { cause: opened.error.cause });
  const store = createDeskStore(opened.value);
  return {
    store,
    dispose() {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const STORES = { 'in memory': inMemory, 'in an encrypted file': inEncryptedFile };
