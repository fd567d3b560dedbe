/** The key that a process makes is the one that Node makes: what was stored under the one opens under the other. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProfileKeys } from '../../src/adapters/files/profile';
import { expectedSalt, profileIn } from '../../src/adapters/files/profile-bytes';
import { writeProfile } from '../../src/adapters/files/profile-file';
import type { Channel } from '../../src/adapters/processes/channel';
import { forkNode } from '../../src/adapters/processes/fork-node';
import { stretchByNoble } from '../../src/adapters/scrypt/by-noble';
import { PASSPHRASE_COST } from '../../src/adapters/scrypt/cost';
import { secretOf } from '../../src/adapters/scrypt/secret';
import { stretchByNode, type Stretch } from '../../src/adapters/scrypt/stretch';
import { stretchAhead } from '../../src/adapters/scrypt/stretch-ahead';
import { stretchInProcess, type StretchJob } from '../../src/adapters/scrypt/stretch-process';

const PASSPHRASE = 'vier Wörter 卡核 🔑';
const SALT = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
const CHEAP = { cost: 2 ** 10, blockSize: 8, parallelization: 1 };
const WORKER = path.resolve('src/adapters/scrypt/worker.ts');

type StretchChannel = Channel<StretchJob, Uint8Array>;
const refuse: Stretch = () => Promise.reject(new Error('Expected nothing to be derived in another way'));
const nothing = () => undefined;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-stretch-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a stretched key', () => {
  it.each([
    [2 ** 15, 8, 1],
    [2 ** 17, 8, 1],
    [2 ** 17, 8, 2],
    [2 ** 18, 16, 1],
    [2, 1, 1],
  ])('has the bytes of Node for N = %i, r = %i, p = %i', async (cost, blockSize, parallelization) => {
    const costs = { cost, blockSize, parallelization };
    const ours = stretchByNoble(new TextEncoder().encode(PASSPHRASE), SALT, costs);
    expect(Buffer.from(ours).equals(await stretchByNode(PASSPHRASE, SALT, costs))).toBe(true);
  });
});

describe('a key made in a process', () => {
  /** The real process, of which `change` makes another. */
  function inProcess(
    otherwise: Stretch,
    change: (real: StretchChannel) => Partial<StretchChannel> = () => ({}),
  ) {
    const seen = { killed: 0, noted: 0, jobs: [] as StretchJob[] };
    const spawn = (): StretchChannel => {
      const real = forkNode<StretchJob, Uint8Array>(WORKER);
      const changed = { ...real, ...change(real) };
      return {
        ...changed,
        post(job) {
          seen.jobs.push(job);
          changed.post(job);
        },
        kill() {
          seen.killed++;
          real.kill();
        },
      };
    };
    const stretch = stretchInProcess({ spawn, otherwise, note: () => seen.noted++, stuckMs: 60_000 });
    return { stretch, seen };
  }

  it('is the same, and the process ends with it', async () => {
    const { stretch, seen } = inProcess(refuse);
    const key = await stretch(PASSPHRASE, SALT, CHEAP);
    expect(key.equals(await stretchByNode(PASSPHRASE, SALT, CHEAP))).toBe(true);
    expect(seen).toMatchObject({ killed: 1, noted: 0 });
  });

  it('leaves no secret in what was posted, and posts nothing that stands beside the cost', async () => {
    const { stretch, seen } = inProcess(refuse);
    const stored = { ...CHEAP, kind: 'passphrase', check: Buffer.alloc(32) };
    await stretch(PASSPHRASE, SALT, stored);
    expect(seen.jobs).toEqual([
      { secret: new Uint8Array(Buffer.byteLength(PASSPHRASE)), salt: SALT, cost: CHEAP },
    ]);
  });

  it.each<[string, (real: StretchChannel) => Partial<StretchChannel>]>([
    ['dies before it is asked', (real) => ({ post: () => real.kill() })],
    [
      'gives something else',
      (real) => ({
        onMessage: (listener) => real.onMessage(() => listener(new Uint8Array(3))),
      }),
    ],
    [
      'cannot be posted to',
      (real) => ({
        post() {
          real.kill();
          throw new Error('Expected to be posted to');
        },
      }),
    ],
  ])('is made in the other way where the process %s', async (_what, change) => {
    const { stretch, seen } = inProcess(stretchByNode, change);
    const key = await stretch(PASSPHRASE, SALT, CHEAP);
    expect(key.equals(await stretchByNode(PASSPHRASE, SALT, CHEAP))).toBe(true);
    expect(seen.noted).toBe(1);
  });

  it('is made in the other way where no process comes, or one that says nothing', async () => {
    let killed = 0;
    const silent: StretchChannel = {
      post: nothing,
      onMessage: nothing,
      onExit: nothing,
      kill: () => killed++,
    };
    const none = (): StretchChannel => {
      throw new Error('Expected a process');
    };
    for (const spawn of [none, () => silent]) {
      const stretch = stretchInProcess({ spawn, otherwise: stretchByNode, note: nothing, stuckMs: 1 });
      const key = await stretch(PASSPHRASE, SALT, CHEAP);
      expect(key.equals(await stretchByNode(PASSPHRASE, SALT, CHEAP))).toBe(true);
    }
    expect(killed).toBe(1);
  });
});

describe('the key of a profile, begun ahead', () => {
  /** Counts what is derived. */
  function counted() {
    const made: string[] = [];
    const stretch: Stretch = (secret, salt, cost) => {
      made.push(secret);
      return stretchByNode(secret, salt, cost);
    };
    return { made, stretch };
  }
  const aheadOf = (passphrase: string, stretch: Stretch) =>
    stretchAhead(stretch, secretOf(passphrase), expectedSalt(profileIn(folder)));

  it('opens what was made without, and is derived once; what is typed later is derived anew', async () => {
    const first = await openProfileKeys(folder, undefined, PASSPHRASE);
    const { made, stretch } = counted();
    const ahead = aheadOf(PASSPHRASE, stretch);
    // Another keyboard puts the same characters together in another way.
    expect(await openProfileKeys(folder, undefined, PASSPHRASE.normalize('NFD'), ahead)).toEqual(first);
    expect(made).toEqual([PASSPHRASE]);
    expect(await openProfileKeys(folder, undefined, 'another', ahead)).toMatchObject({
      error: { code: 'profile.wrongPassphrase' },
    });
    expect(await openProfileKeys(folder, undefined, PASSPHRASE, ahead)).toEqual(first);
    expect(made).toEqual([PASSPHRASE, 'another', PASSPHRASE]);
  });

  it('that is not the right one is refused, and derived once', async () => {
    await openProfileKeys(folder, undefined, PASSPHRASE);
    const { made, stretch } = counted();
    expect(await openProfileKeys(folder, undefined, 'another', aheadOf('another', stretch))).toMatchObject({
      error: { code: 'profile.wrongPassphrase' },
    });
    expect(made).toEqual(['another']);
  });

  it('is derived anew where the profile has another salt or cost by then', async () => {
    const { made, stretch } = counted();
    const expected = Promise.resolve({ salt: SALT, cost: CHEAP });
    for (const [salt, cost] of [
      [Buffer.alloc(16), CHEAP],
      [SALT, { ...CHEAP, cost: 2 ** 11 }],
      [SALT, { ...CHEAP, blockSize: 16 }],
      [SALT, { ...CHEAP, parallelization: 2 }],
    ] as const) {
      const ahead = stretchAhead(stretch, PASSPHRASE, expected);
      expect(await ahead(PASSPHRASE, salt, cost)).toEqual(await stretchByNode(PASSPHRASE, salt, cost));
    }
    expect(made).toHaveLength(8);
  });

  it('that failed ahead is tried again by whoever asks', async () => {
    let failed = false;
    const once: Stretch = (...given) => {
      if (failed) return stretchByNode(...given);
      failed = true;
      return Promise.reject(new Error('Expected memory'));
    };
    const ahead = stretchAhead(once, PASSPHRASE, Promise.resolve({ salt: SALT, cost: CHEAP }));
    expect(await ahead(PASSPHRASE, SALT, CHEAP)).toEqual(await stretchByNode(PASSPHRASE, SALT, CHEAP));
    const unread = stretchAhead(stretchByNode, PASSPHRASE, Promise.reject(new Error('Expected a file')));
    expect(await unread(PASSPHRASE, SALT, CHEAP)).toEqual(await stretchByNode(PASSPHRASE, SALT, CHEAP));
  });

  it('is begun for no cost that would not be taken, for no profile of the keychain, and for no damaged one', async () => {
    const file = profileIn(folder);
    expect(await expectedSalt(file)).toBeUndefined();
    await writeProfile(file, { id: crypto.randomUUID(), hasRecords: true, key: { kind: 'keychain' } });
    expect(await expectedSalt(file)).toBeUndefined();
    const salt = SALT.toString('base64');
    const fair = { kind: 'passphrase', salt, ...PASSPHRASE_COST };
    const write = (text: string) => writeFileSync(file, text);
    write(JSON.stringify({ key: fair }));
    expect(await expectedSalt(file)).toEqual({ salt: SALT, cost: PASSPHRASE_COST });
    for (const damaged of [
      '',
      'null',
      '{"key":7}',
      JSON.stringify({ key: { ...fair, salt: 7 } }),
      JSON.stringify({ key: { ...fair, salt: 'AAAA' } }),
      JSON.stringify({ key: { ...fair, cost: 2 ** 24 } }),
      JSON.stringify({ key: { ...fair, cost: 2 } }),
      JSON.stringify({ key: { ...fair, blockSize: 'eight' } }),
      JSON.stringify({ key: fair, more: ' '.repeat(20_000) }),
    ]) {
      write(damaged);
      expect(await expectedSalt(file)).toBeUndefined();
    }
  });
});
