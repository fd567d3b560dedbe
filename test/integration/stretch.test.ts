/** The key made in a thread is the one that Node makes: what was stored under the one opens under the other. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openProfileKeys } from '../../src/adapters/files/profile';
import { PASSPHRASE_COST, profileIn, writeProfile } from '../../src/adapters/files/profile-file';
import { stretchAhead, stretchInWorker } from '../../src/adapters/scrypt/in-worker';
import { stretchByNoble } from '../../src/adapters/scrypt/by-noble';
import { stretchByNode } from '../../src/adapters/scrypt/stretch';

const PASSPHRASE = 'vier Wörter 卡核 🔑';
const SALT = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');

/** A thread takes no TypeScript: built as it is for the application. */
const built = mkdtempSync(path.join(os.tmpdir(), 'cardproof-stretch-'));
const WORKER = path.join(built, 'worker.mjs');
beforeAll(() =>
  build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: path.resolve('src/adapters/scrypt/worker.ts'),
      outDir: built,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'worker.mjs' } },
    },
  }),
);
afterAll(() => rm(built, { recursive: true, force: true }));

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

  it('has them from a thread too, and a thread that cannot begin is an error', async () => {
    const costs = { cost: 2 ** 10, blockSize: 8, parallelization: 1 };
    const ours = await stretchInWorker(WORKER)(PASSPHRASE, SALT, costs);
    expect(ours.equals(await stretchByNode(PASSPHRASE, SALT, costs))).toBe(true);
    await expect(stretchInWorker(path.join(folder, 'none.js'))(PASSPHRASE, SALT, costs)).rejects.toThrow();
  });
});

describe('the key of a profile, begun ahead', () => {
  const never = () => Promise.reject(new Error('Expected nothing to be derived a second time'));
  const ahead = (passphrase: string, otherwise = stretchByNode) =>
    stretchAhead(WORKER, profileIn(folder), passphrase, otherwise);

  it('opens what was made without, and is derived once', async () => {
    const made = await openProfileKeys(folder, undefined, PASSPHRASE);
    const opened = await openProfileKeys(folder, undefined, PASSPHRASE, ahead(PASSPHRASE, never));
    expect(opened).toEqual(made);
    expect(opened).toMatchObject({ ok: true });
    expect(await openProfileKeys(folder, undefined, 'another', ahead('another', never))).toMatchObject({
      error: { code: 'profile.wrongPassphrase' },
    });
  });

  it('is derived anew where the profile has another salt by then', async () => {
    await openProfileKeys(folder, undefined, PASSPHRASE);
    const stretch = ahead(PASSPHRASE);
    const other = { ...PASSPHRASE_COST, cost: 2 ** 10 };
    expect(await stretch(PASSPHRASE, SALT, other)).toEqual(await stretchByNode(PASSPHRASE, SALT, other));
  });

  it('makes a profile where there is none, and leaves a damaged one or one of the keychain as it is', async () => {
    expect(await openProfileKeys(folder, undefined, PASSPHRASE, ahead(PASSPHRASE))).toMatchObject({
      ok: true,
    });
    await writeProfile(profileIn(folder), { id: 'none', hasRecords: false, key: { kind: 'keychain' } });
    expect(await openProfileKeys(folder, undefined, PASSPHRASE, ahead(PASSPHRASE, never))).toMatchObject({
      error: { code: 'profile.damaged' },
    });
  });
});
