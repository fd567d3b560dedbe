/** Whatever happens to the files of the records between two runs is noticed before SQLite reads a page of them. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createSecretKey } from 'node:crypto';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeskStore } from '../../src/adapters/sqlite/desk-store';
import { appendForGood, readWhole } from '../../src/adapters/seal/files';
import { markOf } from '../../src/adapters/seal/marks';
import { writePages } from '../../src/adapters/seal/mend';
import { decodeSeal, encodeEntry, readJournal } from '../../src/adapters/seal/seal';
import { readWal } from '../../src/adapters/seal/wal';
import type { Card } from '../../src/core/cards/ports';
import {
  addCards,
  copyOf,
  everyCard,
  flipBit,
  openSealed,
  SEAL_KEY,
  storeIn,
} from '../helpers/sealed-records';

/** What a batch is called may be lost alone. */
const unbatched = (card = ''): string => card.replace(/"batchName":"[^"]*"/, '');

const folders: string[] = [];
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
  addCards(first.store, 0, 150);
  earlyCards = everyCard(first.store);
  first.keeper.close();
  while (first.keeper.lookOn());
  early = copy(folder);
  addCards(first.store, 150, 320);
  cards = everyCard(first.store);
  first.keeper.noteNow();
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
      writeFileSync(file(folder), changed);
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
    const { frames = 0 } = readWal(readFileSync(file(folder, 'cards.db-wal')), { summed: false }) ?? {};
    truncateSync(file(folder, 'cards.db-wal'), 32 + 4120 * (frames - 3));
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
  /** Both pages of one stripe, so that neither is put back. */
  function hurt(page: number): string {
    const folder = copy(closed);
    for (const one of [page, page + 16]) flipBit(file(folder), (one - 1) * 4096 * 8 + 777);
    return folder;
  }

  it('sets aside the cards that it hit, each by name, and leaves all others as they were', async () => {
    const pages = size(file(closed)) / 4096;
    let aside = 0;
    for (let page = 2; page + 16 <= pages; page += 9) {
      const folder = hurt(page);
      const { opened } = await openSealed(folder);
      if (!opened.ok) {
        expect(opened.error.code).toBe('profile.damaged');
        expect(readFileSync(file(folder))).toHaveLength(pages * 4096);
        continue;
      }
      const { database, keeper, found } = opened.value;
      const store = createDeskStore(database, keeper);
      const left = everyCard(store);
      expect(left.size).toBe(cards.size);
      const lost = [...left.values()]
        .map((card) => JSON.parse(card) as Card)
        .filter(({ state }) => state.kind === 'failed');
      expect(found.setAside?.cards).toBe(lost.length);
      for (const card of lost) {
        expect(card.state).toMatchObject({ code: 'card.damaged' });
        expect(card.name).toBe((JSON.parse(cards.get(card.id) ?? '{}') as Card).name);
        expect(card.fields).toEqual({});
        expect(store.history(card.id).map(({ what }) => what)).toContain('setAside');
      }
      for (const [id, card] of left)
        if (!lost.some((one) => one.id === id)) expect(unbatched(card)).toBe(unbatched(cards.get(id)));
      expect(database.prepare('PRAGMA integrity_check').all()).toMatchObject([{ integrity_check: 'ok' }]);
      aside += lost.length;
      await storeAgain(folder);
    }
    expect(aside).toBeGreaterThan(10);
  }, 120_000);

  async function storeAgain(folder: string): Promise<void> {
    const again = await storeIn(copy(folder));
    expect(again.found).toMatchObject({ lost: false, repaired: 0, sealRenewed: false });
  }

  it('is refused where nobody can look at it, and nothing is changed', async () => {
    const folder = hurt(30);
    const before = readFileSync(file(folder));
    const { opened } = await openSealed(folder, async () => undefined);
    expect(opened.ok ? 'opened' : opened.error.code).toBe('profile.damaged');
    expect(readFileSync(file(folder))).toEqual(before);
  });
});

describe('a seal', () => {
  it.each(['cards.db.seal', 'cards.db.seal-journal', 'cards.db.seal-note', 'cards.db.seal-parity'])(
    'that is damaged itself harms nothing: %s',
    async (name) => {
      for (let seed = 1; seed <= 6; seed++) {
        const folder = copy(seed % 2 === 0 ? killed : closed);
        if (!existsSync(file(folder, name))) continue;
        flipBit(file(folder, name), (seed * 7_919_993) % (size(file(folder, name)) * 8));
        const { store } = await storeIn(folder);
        expect(everyCard(store)).toEqual(cards);
      }
    },
  );

  it.each([['cards.db.seal'], ['cards.db.seal', 'cards.db.seal-journal']])(
    'of an earlier state is not believed: %s',
    async (...names) => {
      const folder = copy(closed);
      for (const name of names)
        if (existsSync(file(early, name))) cpSync(file(early, name), file(folder, name));
      const { store, found } = await storeIn(folder);
      expect(found).toMatchObject({ sealRenewed: true, repaired: 0 });
      expect(everyCard(store)).toEqual(cards);
    },
  );

  it('is made for records that have none, after a look at all of them, and however often that is broken off', async () => {
    const folder = copy(closed);
    for (const name of ['.seal', '.seal-journal', '.seal-note', '.seal-parity'])
      rmSync(file(folder, `cards.db${name}`), { force: true });
    const asked: string[] = [];
    const { opened } = await openSealed(copy(folder), async ({ kind }) => (asked.push(kind), undefined));
    expect([asked, opened.ok]).toEqual([['check'], false]);
    const { store, found } = await storeIn(folder);
    expect(found).toEqual({ lost: false, repaired: 0, sealRenewed: false });
    expect(everyCard(store)).toEqual(cards);
    flipBit(file(folder), 4096 * 8 * 20 + 5);
    expect((await storeIn(copy(folder))).found.repaired).toBe(1);
  });
});

describe('a checkpoint that was broken off', () => {
  /** As far as the pages whose place in the log is no multiple of `leftOut`, which came to the file in no certain order. */
  function broken(leftOut: number): string {
    const folder = copy(killed);
    const key = createSecretKey(SEAL_KEY);
    const seal = decodeSeal(key, readFileSync(file(folder, 'cards.db.seal')));
    const log = readFileSync(file(folder, 'cards.db-wal'));
    const wal = readWal(log, { summed: false });
    if (!seal || !wal) throw new Error('Expected a seal and a log');
    const found = readJournal(key, seal, readWhole(file(folder, 'cards.db.seal-journal')));
    if (found === 'damaged') throw new Error('Expected a whole journal');
    const contents = [...wal.last].map(([page, at]) => [page, log.subarray(at, at + 4096)] as const);
    const marks = new Map(contents.map(([page, bytes]) => [page, markOf(key, page, bytes)]));
    const entry = { log: { salts: wal.salts, frames: wal.frames }, pages: wal.pages, marks };
    appendForGood(file(folder, 'cards.db.seal-journal'), encodeEntry(key, found.after, entry).bytes);
    writePages(
      file(folder),
      contents.filter((_one, at) => leftOut === 0 || at % leftOut !== 0),
    );
    return folder;
  }

  it.each([0, 1, 2, 3, 7])('is made again, whatever of it was written (%i)', async (leftOut) => {
    const { store, found } = await storeIn(broken(leftOut));
    expect(found).toEqual({ lost: false, repaired: 0, sealRenewed: false });
    expect(everyCard(store)).toEqual(cards);
  });

  it.each([2, 3, 7])(
    'and whose log is gone is said, or refused: never taken for whole (%i)',
    async (leftOut) => {
      const folder = broken(leftOut);
      rmSync(file(folder, 'cards.db-wal'));
      const { opened } = await openSealed(folder);
      if (opened.ok) {
        expect(opened.value.found).toMatchObject({ lost: true, sealRenewed: true });
        expect(createDeskStore(opened.value.database).setting('queue.paused')).toBe('profile.changesLost');
      } else expect(opened.error.code).toBe('profile.damaged');
    },
  );
});

describe('commits that are lost', () => {
  it('hold the queue over every start until a person lets it go on', async () => {
    const folder = copy(killed);
    rmSync(file(folder, 'cards.db-wal'));
    const first = await storeIn(folder);
    expect(first.store.setting('queue.paused')).toBe('profile.changesLost');
    const again = await storeIn(copy(folder));
    expect(again.found.lost).toBe(false);
    expect(again.store.setting('queue.paused')).toBe('profile.changesLost');
  });
});
