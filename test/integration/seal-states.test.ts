/** What a kill or a power cut leaves of the seal's own files, and what others do to the database behind its back, is no damage. */
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createSecretKey } from 'node:crypto';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateOfLog } from '../../src/adapters/seal/log-state';
import { MARK_BYTES, markOf } from '../../src/adapters/seal/marks';
import { encodeNote, FIRST_NOTE } from '../../src/adapters/seal/note';
import { encodeEntry, encodeSeal, readJournal, type Found, type Seal } from '../../src/adapters/seal/seal';
import { verify } from '../../src/adapters/seal/verify';
import { PAGE_BYTES, readWal } from '../../src/adapters/seal/wal';
import { migrationsIn, openDatabase } from '../../src/adapters/sqlite/database';
import {
  addCards,
  copyOf,
  everyCard,
  flipBit,
  openSealed,
  SEAL_KEY,
  storeIn,
} from '../helpers/sealed-records';
import { TEST_KEY } from '../helpers/test-desk';

const key = createSecretKey(Buffer.alloc(32, 3));
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-seal-states-'));
  folders.push(folder);
  return folder;
}

const pageOf = (page: number, content: number): Buffer => Buffer.alloc(PAGE_BYTES, page + content * 100);

function sealOf(pages: readonly Buffer[], taken: Seal['taken'] = []): Seal {
  const marks = Buffer.concat(pages.map((bytes, at) => markOf(key, at + 1, bytes)));
  const seal = { counter: 1, marks, taken };
  return { ...seal, bond: encodeSeal(key, seal).bond };
}

/** After a checkpoint of a log that holds those pages. */
function foundAfter(seal: Seal, pages: number, written: readonly (readonly [number, Buffer])[]): Found {
  const last = {
    log: { salts: 'ab'.repeat(8), frames: written.length },
    pages,
    marks: new Map(written.map(([page, bytes]) => [page, markOf(key, page, bytes)])),
  };
  return { seal, last, after: encodeEntry(key, seal, last).after };
}

function fileOf(pages: readonly Buffer[]): number {
  const file = path.join(newFolder(), 'pages');
  writeFileSync(file, Buffer.concat(pages));
  return openSync(file, 'r');
}

describe('a checkpoint', () => {
  const three = [1, 2, 3].map((page) => pageOf(page, 0));

  it('that leaves out a page which SQLite never writes, as the one of its locks, damages nothing', () => {
    const found = foundAfter(sealOf(three), 5, [[5, pageOf(5, 1)]]);
    const verified = verify(fileOf([...three, Buffer.alloc(PAGE_BYTES), pageOf(5, 1)]), key, found);
    expect(verified).toMatchObject({ bad: [], applied: true });
  });

  it.each([
    ['and cuts the file', 2],
    ['and was killed before it cut the file', 3],
  ])('that makes the database shorter %s damages nothing', (_what, pages) => {
    const found = foundAfter(sealOf(three), 2, [[1, pageOf(1, 1)]]);
    const left = [pageOf(1, 1), ...three.slice(1, pages)];
    expect(verify(fileOf(left), key, found)).toMatchObject({ bad: [], applied: true });
  });
});

describe('a note', () => {
  const salts = (log: number) => log.toString(16).padStart(16, '0');

  it('that a power cut left some checkpoints behind is no loss: its log was taken in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(8), fc.nat(30), (logs, behind, less) => {
        const taken = Array.from({ length: logs }, (_, log) => ({ salts: salts(log + 1), frames: 30 }));
        const noted = Math.max(1, logs - behind);
        const note = { ...FIRST_NOTE, salts: salts(noted), frames: 30 - less };
        const seal = sealOf([], taken);
        expect(stateOfLog({ seal, after: seal }, true, note, undefined)).toEqual({
          lost: false,
          alien: false,
          torn: false,
        });
      }),
    );
  });
});

describe('a journal', () => {
  it('whose last entry came to the disk in part holds all before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.nat(), (pages, cut) => {
        const start = sealOf([1, 2, 3].map((page) => pageOf(page, 0)));
        const marks = new Map(
          Array.from({ length: pages }, (_, page) => [page + 1, Buffer.alloc(MARK_BYTES, 1)]),
        );
        const entry = { log: { salts: 'ab'.repeat(8), frames: 4 }, pages, marks };
        const first = encodeEntry(key, start, entry);
        const second = Buffer.from(encodeEntry(key, first.after, entry).bytes);
        // Its length is known already, and its bytes are zeros from some place on.
        second.fill(0, cut % 2 === 0 ? 0 : 32 + (cut % (second.length - 33)));
        const found = readJournal(key, start, Buffer.concat([first.bytes, second]));
        if (found === 'damaged') throw new Error('Expected a journal that is only torn');
        expect(found.after).toEqual(first.after);
        expect(found.torn).toBe(true);
      }),
    );
  });
});

describe('records', () => {
  let killed: string;
  let cards: ReadonlyMap<number, string>;

  beforeAll(async () => {
    const folder = newFolder();
    const { store, keeper } = await storeIn(folder, undefined, false);
    addCards(store, 0, 120);
    keeper.close();
    addCards(store, 120, 200);
    cards = everyCard(store);
    killed = folder;
  });

  function copy(): string {
    const made = copyOf(killed);
    folders.push(made);
    return made;
  }

  it.each([7, 32, 5_000])('with %i torn bytes behind the journal are opened as they were', async (bytes) => {
    const folder = copy();
    appendFileSync(path.join(folder, 'cards.db.seal-journal'), Buffer.alloc(bytes));
    const { store, found } = await storeIn(folder);
    expect(found).toEqual({ lost: false, repaired: 0, sealRenewed: false });
    expect(everyCard(store)).toEqual(cards);
  });

  /** As an application does that knows of no seal, and ends in order. */
  function takenInByAnother(folder: string): void {
    const options = { encryptionCipher: 'aes256cbc', encryptionKey: TEST_KEY } as Libsql.Options;
    const database = new Libsql(path.join(folder, 'cards.db'), options);
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
  }

  it('whose log another application took in are not set aside: the queue is held, and all of them are there', async () => {
    const folder = copy();
    takenInByAnother(folder);
    const { store, found } = await storeIn(copyOf(folder));
    expect(found).toEqual({ lost: true, repaired: 0, sealRenewed: true });
    expect(everyCard(store)).toEqual(cards);
  });

  it('whose log another application took in, and which are damaged, are not taken for whole', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const folder = copy();
      takenInByAnother(folder);
      flipBit(path.join(folder, 'cards.db'), 4096 * 8 * (9 + seed * 5) + 16_000);
      const found = await storeIn(copyOf(folder)).catch((error: unknown) => String(error));
      if (typeof found === 'string') expect(found).toContain('profile.damaged');
      else for (const [id, card] of everyCard(found.store)) expect([cards.get(id)]).toContain(card);
    }
  });

  it('are newer to a version that knows of no seal, which leaves them as they are', () => {
    const folder = copy();
    const migrationsDir = newFolder();
    const known = migrationsIn('resources/migrations').filter((name) => name < '011');
    for (const name of known) cpSync(path.join('resources/migrations', name), path.join(migrationsDir, name));
    const left = () => ['cards.db', 'cards.db-wal'].map((name) => readFileSync(path.join(folder, name)));
    const before = Buffer.concat(left());
    const options = { file: path.join(folder, 'cards.db'), keyHex: TEST_KEY, migrationsDir, mustExist: true };
    const opened = openDatabase(options);
    expect(opened.ok ? 'opened' : opened.error.code).toBe('profile.newer');
    expect(Buffer.concat(left()).equals(before)).toBe(true);
  });

  it.each(['cards.db.seal.part', 'cards.db.seal'])(
    'that could not be sealed for the first time miss nothing at the next start (%s)',
    async (name) => {
      const folder = copy();
      for (const part of ['seal', 'seal-journal', 'seal-note', 'seal-parity'])
        rmSync(path.join(folder, `cards.db.${part}`), { force: true });
      // A log that was noted before there is a seal.
      const key = createSecretKey(SEAL_KEY);
      const wal = readWal(readFileSync(path.join(folder, 'cards.db-wal')), { summed: true });
      if (!wal) throw new Error('Expected a log');
      const note = { ...FIRST_NOTE, salts: wal.salts, frames: wal.frames, turn: 2 };
      writeFileSync(path.join(folder, 'cards.db.seal-note'), encodeNote(key, note));
      const blocked = path.join(folder, name);
      const blockedWhen = async () => {
        // No file can be put where there is a folder with something in it.
        mkdirSync(path.join(blocked, 'some'), { recursive: true });
        return { kind: 'sound' } as const;
      };
      const { opened } = await openSealed(folder, blockedWhen);
      expect(opened.ok ? 'opened' : opened.error.code).toBe('profile.cannotOpen');
      rmSync(blocked, { recursive: true, force: true });
      const { store, found } = await storeIn(copyOf(folder));
      expect(found).toEqual({ lost: false, repaired: 0, sealRenewed: false });
      expect(everyCard(store)).toEqual(cards);
    },
  );
});
