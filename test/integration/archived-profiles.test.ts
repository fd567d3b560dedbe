/**
 * Profiles as each earlier schema left them, with what the application of that day wrote into them by its own hand: three specimens
 * read by the built-in engine, the first approved, the second rejected, the name of the third corrected. Most were never closed in
 * order, so that a write-ahead log lies beside the database.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPictureStore } from '../../src/adapters/files/picture-store';
import { databaseIn, openProfileKeys } from '../../src/adapters/files/profile';
import { openDatabase } from '../../src/adapters/sqlite/database';
import { createDeskStore } from '../../src/adapters/sqlite/desk-store';
import type { Inspect } from '../../src/adapters/sqlite/inspector';
import { openRecords } from '../../src/adapters/sqlite/records';
import type { CardId } from '../../src/shared/ids';
import { inspectElsewhere } from '../helpers/sealed-records';
import { openKilled } from '../torture/opening';

const PROFILES = path.resolve('test/fixtures/profiles');
const MIGRATIONS = path.resolve('resources/migrations');
const PASSPHRASE = 'archived for the tests';
const archived = readdirSync(PROFILES).sort();

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-archived-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function copyOf(name: string): string {
  const profile = path.join(folder, name);
  cpSync(path.join(PROFILES, name), profile, { recursive: true });
  return profile;
}

async function keysOf(profile: string) {
  const keys = await openProfileKeys(profile, undefined, PASSPHRASE);
  if (!keys.ok) throw new Error(`Expected a key but found ${keys.error.code}`);
  return keys.value;
}

function storeOf(profile: string, keyHex: string) {
  const options = { file: databaseIn(profile), keyHex, migrationsDir: MIGRATIONS, mustExist: true };
  const opened = openDatabase(options);
  if (!opened.ok) throw new Error(`Expected records but found ${opened.error.code}`);
  return createDeskStore(opened.value);
}

/** As the application opens it; answers how it is closed. */
async function expectWholeUnderSeal(profile: string, inspect: Inspect): Promise<() => void> {
  const { databaseKeyHex: keyHex, sealKey } = await keysOf(profile);
  const options = { file: databaseIn(profile), keyHex, sealKey, migrationsDir: MIGRATIONS, mustExist: true };
  const opened = await openRecords({ ...options, inspect, log: (message) => expect(message).toBe('') });
  if (!opened.ok) throw new Error(`Expected records but found ${opened.error.code}`);
  const { database, keeper, found, letGo } = opened.value;
  expect(found).toEqual({ lost: false, repaired: 0, sealRenewed: false });
  const store = createDeskStore(database, keeper);
  expectWhole(store);
  return () => {
    store.close();
    letGo();
  };
}

function expectWhole(store: ReturnType<typeof storeOf>): void {
  const cards = [1, 2, 3].map((id) => store.card(id as CardId));
  expect(cards.map((card) => card?.name)).toEqual(['embossed-1.jpg', 'flat-1.jpg', 'scanner-2.jpg']);
  expect(cards.map((card) => card?.state.kind)).toEqual(['approved', 'rejected', 'pending']);
  expect(cards[2]?.fields.cardName).toBe('建设银行储蓄卡');
  expect(cards[2]?.corrected).toEqual(['cardName']);
  for (const card of cards) {
    expect(card?.fields.cardNumber).toMatch(/^\d{13,19}$/);
    expect(store.attempts(card?.id as CardId)).toMatchObject([{ outcome: 'finished', maybeCharged: false }]);
  }
  expect(store.ids({ states: ['approved'] }, { key: 'takenIn', descending: false })).toEqual([1]);
  expect(store.counts({})).toMatchObject({ approved: 1, rejected: 1, pending: 1 });
}

describe('a profile of an earlier schema', () => {
  it('is kept of each schema but the newest', () => {
    const earlier = readdirSync(MIGRATIONS).length - 1;
    expect(archived.slice(0, earlier)).toEqual(
      Array.from({ length: earlier }, (_, at) => `schema-${String(at + 1).padStart(2, '0')}`),
    );
  });

  it.each(archived)('%s opens with all its cards, decisions, corrections and pictures', async (name) => {
    const profile = copyOf(name);
    const { databaseKeyHex, pictureKey } = await keysOf(profile);
    const store = storeOf(profile, databaseKeyHex);
    expectWhole(store);
    const places = existsSync(path.join(profile, 'pictures'));
    const pictures = createPictureStore(path.join(profile, 'pictures'), pictureKey);
    for (const id of places ? [1, 2, 3] : []) {
      const { original, card, number } = store.card(id as CardId)?.pictures ?? {};
      for (const picture of [original, card, number]) {
        if (picture === undefined) throw new Error('Expected a picture of each kind');
        expect((await pictures.get(picture)).byteLength).toBeGreaterThan(100);
      }
    }
  });

  it.each(archived)('%s opens with all of it when it was killed while it was carried over', async (name) => {
    const profile = copyOf(name);
    const keys = await keysOf(profile);
    for (const kill of ['first', 'second'])
      expect(await openKilled(profile, keys, `archived ${name} ${kill}`)).toBe('SIGKILL');
    const nobody: Inspect = () => Promise.reject(new Error('Expected records under their seal'));
    const close = await expectWholeUnderSeal(profile, inspectElsewhere);
    const left = `${profile}-left`;
    cpSync(profile, left, { recursive: true });
    (await expectWholeUnderSeal(left, nobody))();
    close();
    const closed = `${profile}-closed`;
    cpSync(profile, closed, { recursive: true });
    (await expectWholeUnderSeal(closed, nobody))();
  });
});
