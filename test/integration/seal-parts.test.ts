/** The parts of the seal by themselves: what SQLite's log holds, the journal cut off anywhere, notes torn, parity of any pages. */
import { createSecretKey } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import Libsql from 'libsql';
import { afterAll, describe, expect, it } from 'vitest';
import { MARK_BYTES } from '../../src/adapters/seal/marks';
import { decodeNote, encodeNote, FIRST_NOTE, placeOf, type Note } from '../../src/adapters/seal/note';
import { mix, pagesOfStripe, stripeOf, stripesFor } from '../../src/adapters/seal/parity';
import {
  decodeSeal,
  encodeEntry,
  encodeSeal,
  readJournal,
  type Entry,
  type Seal,
} from '../../src/adapters/seal/seal';
import { FRAME_BYTES, PAGE_BYTES, readWal } from '../../src/adapters/seal/wal';

const key = createSecretKey(Buffer.alloc(32, 3));
const folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-seal-parts-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a write-ahead log', () => {
  const file = path.join(folder, 'some.db');
  const options = { encryptionCipher: 'aes256cbc', encryptionKey: '11'.repeat(32) } as Libsql.Options;
  const database = new Libsql(file, options);
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
  database.exec('CREATE TABLE some (id INTEGER PRIMARY KEY, text TEXT)');
  /** How many frames the log has after each commit. */
  const commits: number[] = [];
  for (let at = 0; at < 30; at++) {
    database.prepare('INSERT INTO some (text) VALUES (?)').run('x'.repeat((at * 977) % 9_000));
    commits.push((readFileSync(`${file}-wal`).length - 32) / FRAME_BYTES);
  }
  const bytes = readFileSync(`${file}-wal`);

  it('holds for each page the bytes that SQLite’s own checkpoint then writes', () => {
    const wal = readWal(bytes, { summed: true });
    expect(wal?.frames).toBe(commits.at(-1));
    database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get();
    const written = readFileSync(file);
    for (const [page, at] of wal?.last ?? [])
      expect(bytes.subarray(at, at + PAGE_BYTES)).toEqual(
        written.subarray((page - 1) * PAGE_BYTES, page * PAGE_BYTES),
      );
    expect(written.length).toBe((wal?.pages ?? 0) * PAGE_BYTES);
  });

  it('cut off anywhere, or with any bit flipped, holds the commits before that and no others', () => {
    const before = (at: number) => commits.filter((frames) => 32 + frames * FRAME_BYTES <= at).at(-1) ?? 0;
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), fc.boolean(), (at, bit, cut) => {
        const hurt = cut ? bytes.subarray(0, at) : Buffer.from(bytes);
        if (!cut) hurt[at] = (hurt[at] ?? 0) ^ (1 << bit);
        const frames = readWal(hurt, { summed: true })?.frames ?? 0;
        // The first commits came before those that are counted here.
        expect(frames).toBeLessThanOrEqual(Math.max(before(at), commits[0] ?? 0));
        if (before(at) > 0 && at >= 32) expect(frames).toBe(before(at));
      }),
      { numRuns: 150 },
    );
  });

  it('of any other bytes holds nothing, and throws nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 10_000 }), (other) => {
        expect(readWal(Buffer.from(other), { summed: true })?.frames ?? 0).toBe(0);
      }),
    );
  });
});

const mark = fc.uint8Array({ minLength: MARK_BYTES, maxLength: MARK_BYTES }).map((one) => Buffer.from(one));
const entries: fc.Arbitrary<Entry> = fc
  .record({
    extra: fc.nat(5),
    frames: fc.nat(5_000),
    marks: fc.array(fc.tuple(fc.nat(19), mark), { maxLength: 12 }),
  })
  .map(({ extra, frames, marks }) => ({
    log: { salts: frames.toString(16).padStart(16, '0'), frames },
    pages: 20 + extra,
    marks: new Map(marks.map(([page, one]) => [page + 1, one])),
  }));

function sealOf(pages: number): Seal {
  const seal = { counter: 7, marks: Buffer.alloc(pages * MARK_BYTES, 1), taken: [] };
  const { bytes } = encodeSeal(key, seal);
  const read = decodeSeal(key, bytes);
  if (!read) throw new Error('Expected the seal that was written');
  return read;
}

describe('a journal', () => {
  it('cut off anywhere tells all that was whole, and never more', () => {
    fc.assert(
      fc.property(fc.array(entries, { minLength: 1, maxLength: 5 }), fc.nat(), (made, cut) => {
        const start = sealOf(20);
        const ends: number[] = [0];
        const seals: Seal[] = [start];
        const parts: Buffer[] = [];
        for (const entry of made) {
          const { bytes, after } = encodeEntry(key, seals.at(-1) ?? start, entry);
          parts.push(bytes);
          seals.push(after);
          ends.push((ends.at(-1) ?? 0) + bytes.length);
        }
        const journal = Buffer.concat(parts);
        const at = cut % (journal.length + 1);
        const found = readJournal(key, start, journal.subarray(0, at));
        const whole = ends.filter((end) => end <= at).length - 1;
        if (found === 'damaged') throw new Error('Expected a journal that is only shorter');
        expect(found.after).toEqual(seals[whole]);
        expect(found.last).toEqual(whole === 0 ? undefined : made[whole - 1]);
      }),
    );
  });

  it('with any bit flipped is never read as another one', () => {
    fc.assert(
      fc.property(entries, entries, fc.nat(), (one, two, bit) => {
        const start = sealOf(20);
        const first = encodeEntry(key, start, one);
        const second = encodeEntry(key, first.after, two);
        const journal = Buffer.concat([first.bytes, second.bytes]);
        const at = Math.floor(bit / 8) % journal.length;
        journal[at] = (journal[at] ?? 0) ^ (1 << (bit % 8));
        const found = readJournal(key, start, journal);
        // What is left is a shorter one, which the counter of the note gives away, or it is damaged.
        const read = found === 'damaged' ? 0 : found.after.counter;
        expect(read).toBeLessThan(second.after.counter);
      }),
    );
  });

  it('from which one entry was taken out is damaged', () => {
    fc.assert(
      fc.property(entries, entries, (one, two) => {
        const start = sealOf(20);
        const first = encodeEntry(key, start, one);
        const second = encodeEntry(key, first.after, two);
        expect(readJournal(key, start, second.bytes)).toBe('damaged');
      }),
    );
  });
});

it('a seal with any bit flipped is none', () => {
  const { bytes } = encodeSeal(key, { counter: 3, marks: Buffer.alloc(40 * MARK_BYTES, 5), taken: [] });
  fc.assert(
    fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
      const hurt = Buffer.from(bytes);
      hurt[bit >> 3] = (hurt[bit >> 3] ?? 0) ^ (1 << (bit % 8));
      expect(decodeSeal(key, hurt)).toBeUndefined();
    }),
  );
});

it('of notes the newest is read, and the one before it where that is torn or flipped', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.option(fc.nat()), (count, bit) => {
      const file = Buffer.alloc(8_192);
      let last: Note = FIRST_NOTE;
      for (let turn = 1; turn <= count; turn++) {
        last = { counter: 4, salts: 'ab'.repeat(8), frames: turn * 3, parity: 2, lost: turn % 2 === 0, turn };
        encodeNote(key, last).copy(file, placeOf(last));
      }
      if (bit === null) {
        expect(decodeNote(key, file)).toEqual(last);
        return;
      }
      const bytes = encodeNote(key, last);
      const at = placeOf(last) + (Math.floor(bit / 8) % bytes.length);
      file[at] = (file[at] ?? 0) ^ (1 << (bit % 8));
      expect(decodeNote(key, file)?.turn).toBe(count - 1);
    }),
  );
});

describe('parity', () => {
  it('deals each page to exactly one stripe, and neighbours to different ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (pages) => {
        const dealt = Array.from({ length: stripesFor(pages) }, (_, at) => pagesOfStripe(at, pages));
        expect(dealt.flat().sort((one, other) => one - other)).toEqual(
          Array.from({ length: pages }, (_, at) => at + 1),
        );
        expect(dealt.every((stripe, at) => stripe.every((page) => stripeOf(page) === at))).toBe(true);
        for (let page = 1; page < Math.min(pages, 16); page++)
          expect(stripeOf(page)).not.toBe(stripeOf(page + 1));
      }),
      { numRuns: 30 },
    );
  });

  it('of pages mixed in any order gives back the one that is missing', () => {
    const page = fc
      .uint8Array({ minLength: 16, maxLength: 16 })
      .map((some) => Buffer.alloc(PAGE_BYTES, some));
    fc.assert(
      fc.property(fc.array(page, { minLength: 1, maxLength: 6 }), (pages) => {
        const parity = Buffer.alloc(PAGE_BYTES);
        for (const one of pages) mix(parity, one);
        for (const one of pages.slice(1)) mix(parity, one);
        expect(parity).toEqual(pages[0]);
      }),
    );
  });
});
