/** Whatever happens to the files of the records between two runs is noticed before SQLite reads a page of them. */
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCards, copyOf, everyCard, flipBit, openSealed, storeIn } from '../helpers/sealed-records';

let folders: string[] = [];
/** Closed after some cards; with more cards and not closed; and closed after those. */
let early: string;
let killed: string;
let closed: string;
let earlyCards: ReadonlyMap<number, string>;
let cards: ReadonlyMap<number, string>;

const copy = (folder: string): string => {
  const made = copyOf(folder);
  folders.push(made);
  return made;
};

beforeAll(async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-seal-'));
  folders.push(folder);
  const first = await storeIn(folder, undefined, false);
  addCards(first.store, 0, 300);
  earlyCards = everyCard(first.store);
  first.keeper.close();
  while (first.keeper.lookOn());
  early = copy(folder);
  addCards(first.store, 300, 700);
  cards = everyCard(first.store);
  killed = copy(folder);
  first.keeper.close();
  closed = copy(folder);
});
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const file = (folder: string, name = 'cards.db') => path.join(folder, name);
const size = (name: string) => statSync(name).size;

describe('records that nobody touched', () => {
  it.each([
    ['closed', () => closed],
    ['killed', () => killed],
  ])('are opened as they were: %s', async (_name, from) => {
    const { store, found } = await storeIn(copy(from()));
    expect(found).toEqual({ lost: false, repaired: 0, sealRenewed: false });
    expect(everyCard(store)).toEqual(cards);
  });
});

describe('a flipped bit', () => {
  it('of the database is put back', async () => {
    for (let seed = 1; seed <= 25; seed++) {
      const folder = copy(closed);
      flipBit(file(folder), (seed * 7_919_993) % (size(file(folder)) * 8));
      const { store, found } = await storeIn(folder);
      expect(found).toEqual({ lost: false, repaired: 1, sealRenewed: false });
      expect(everyCard(store)).toEqual(cards);
    }
  });

  it('of the log is said, and what came before it stands', async () => {
    for (let seed = 1; seed <= 25; seed++) {
      const folder = copy(killed);
      flipBit(file(folder, 'cards.db-wal'), (seed * 7_919_993) % (size(file(folder, 'cards.db-wal')) * 8));
      const { store, found } = await storeIn(folder);
      const left = everyCard(store);
      expect(found.lost || left.size === cards.size).toBe(true);
      for (const [id, card] of left) expect([cards.get(id), earlyCards.get(id)]).toContain(card);
    }
  });
});

describe('an old page', () => {
  it('in the place of a newer one is put back', async () => {
    const old = readFileSync(file(early));
    const now = readFileSync(file(closed));
    let seen = 0;
    for (let page = 0; page < old.length / 4096 && seen < 10; page++) {
      const bytes = old.subarray(page * 4096, page * 4096 + 4096);
      if (bytes.equals(now.subarray(page * 4096, page * 4096 + 4096))) continue;
      seen++;
      const folder = copy(closed);
      const changed = Buffer.from(now);
      bytes.copy(changed, page * 4096);
      cpSync(file(closed), file(folder));
      (await import('node:fs')).writeFileSync(file(folder), changed);
      const { store, found } = await storeIn(folder);
      expect(found.repaired).toBe(1);
      expect(everyCard(store)).toEqual(cards);
    }
    expect(seen).toBeGreaterThan(3);
  });
});

describe('a log', () => {
  it('that is gone is said', async () => {
    const folder = copy(killed);
    rmSync(file(folder, 'cards.db-wal'));
    const { found } = await storeIn(folder);
    expect(found.lost).toBe(true);
  });
  it('that is shorter is said', async () => {
    const folder = copy(killed);
    truncateSync(file(folder, 'cards.db-wal'), size(file(folder, 'cards.db-wal')) - 4120 * 3);
    const { found } = await storeIn(folder);
    expect(found.lost).toBe(true);
  });
  it('of an earlier state is not taken in', async () => {
    const folder = copy(closed);
    cpSync(file(killed, 'cards.db-wal'), file(folder, 'cards.db-wal'));
    truncateSync(file(folder, 'cards.db-wal'), size(file(folder, 'cards.db-wal')) - 4120 * 30);
    const { found, store } = await storeIn(folder);
    expect(found.lost).toBe(false);
    expect(everyCard(store)).toEqual(cards);
  });
});

describe('more damage than can be put back', () => {
  it('is refused without a process that could rebuild it', async () => {
    const folder = copy(closed);
    flipBit(file(folder), 4096 * 8 * 3);
    flipBit(file(folder), 4096 * 8 * 19);
    const { opened } = await openSealed(folder, async () => undefined);
    expect(opened.ok ? 'opened' : opened.error.code).toBe('profile.damaged');
  });
});
