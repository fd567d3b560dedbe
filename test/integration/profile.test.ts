/** What is at rest is encrypted, and what cannot be opened stays as it is. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { troubleOf } from '../../src/core/environment/trouble';
import { createPictureStore } from '../../src/adapters/files/picture-store';
import { openProfileKeys } from '../../src/adapters/files/profile';
import { createDeskStore } from '../../src/adapters/sqlite/desk-store';
import { openDatabase } from '../../src/adapters/sqlite/database';
import type { Keychain } from '../../src/adapters/keychain/keychain';
import { TEST_KEY } from '../helpers/test-desk';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-profile-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const migrationsDir = path.resolve('resources/migrations');
const options = () => ({ file: path.join(folder, 'cards.db'), keyHex: TEST_KEY, migrationsDir });
const NUMBER = '6222020200112233448';

function fill(): void {
  const database = openDatabase(options());
  if (!database.ok) throw new Error(database.error.code);
  const store = createDeskStore(database.value);
  const batch = store.createBatch('secret batch', 1);
  const [id] = store.addCards(batch, [{ kind: 'file', name: 'secret.jpg', location: '/in/secret.jpg' }], 1);
  if (id) store.change(id, { fields: { cardNumber: NUMBER } }, 2);
}

function allBytes(): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Buffer.concat(files.map((entry) => readFileSync(path.join(entry.parentPath, entry.name))));
}

describe('database', () => {
  it('leaves no number, name or header readable on the disk, the write-ahead log included', () => {
    fill();
    const bytes = allBytes();
    expect(bytes.length).toBeGreaterThan(4096);
    for (const text of [NUMBER, 'secret', 'SQLite format 3', 'CREATE TABLE'])
      expect(bytes.includes(text)).toBe(false);
  });

  it('is not opened by a second process while the first works in it', () => {
    const first = openDatabase(options());
    expect(first.ok).toBe(true);
    const script = `import { openDatabase } from ${JSON.stringify(path.resolve('src/adapters/sqlite/database'))};
      const opened = openDatabase(${JSON.stringify(options())});
      process.stdout.write(opened.ok ? 'opened' : opened.error.code);`;
    const second = path.join(folder, 'second.ts');
    writeFileSync(second, script);
    const ran = spawnSync(process.execPath, ['--import', 'tsx', second], { encoding: 'utf8' });
    expect(ran.stdout).toBe('profile.inUse');
  });

  it.each([
    ['another key', () => ({ ...options(), keyHex: '22'.repeat(32) }), 'profile.damaged'],
    ['a truncated file', () => (truncateSync(options().file, 100), options()), 'profile.damaged'],
    ['a newer version', () => (raiseVersion(), options()), 'profile.newer'],
  ])('refuses %s and changes nothing', (_case, prepare, code) => {
    fillInAnotherProcess();
    const prepared = prepare();
    const before = readFileSync(prepared.file);
    const opened = openDatabase(prepared);
    expect(opened.ok ? 'opened' : opened.error.code).toBe(code);
    expect(readFileSync(prepared.file).equals(before)).toBe(true);
  });
});

function inAnotherProcess(body: string): void {
  const file = path.join(folder, 'helper.ts');
  writeFileSync(
    file,
    `import { openDatabase } from ${JSON.stringify(path.resolve('src/adapters/sqlite/database'))};
    const opened = openDatabase(${JSON.stringify(options())});
    if (!opened.ok) throw new Error(opened.error.code);
    ${body}
    opened.value.close();`,
  );
  const ran = spawnSync(process.execPath, ['--import', 'tsx', file], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
}
const fillInAnotherProcess = () =>
  inAnotherProcess('opened.value.exec("INSERT INTO batch (name, created_at) VALUES (\'x\', 1)");');
const raiseVersion = () => inAnotherProcess("opened.value.exec('PRAGMA user_version = 99');");

describe('pictures', () => {
  const key = Buffer.alloc(32, 3);

  it('come back byte for byte, and are unreadable on the disk', async () => {
    const pictures = createPictureStore(folder, key);
    const bytes = Buffer.from('a picture with secret content'.repeat(100));
    const name = await pictures.put(bytes);
    expect(Buffer.from(await pictures.get(name)).equals(bytes)).toBe(true);
    expect(allBytes().includes('secret content')).toBe(false);
  });

  it('say that the place fails when it is gone, make no new one, and leave nothing half written', async () => {
    const gone = path.join(folder, 'profile', 'pictures');
    const failure = await createPictureStore(gone, key)
      .put(Buffer.from('one'))
      .catch((error: unknown) => error);
    expect(troubleOf(failure)).toBe('disk.failed');
    expect(readdirSync(folder)).toEqual([]);
    mkdirSync(path.dirname(gone));
    await createPictureStore(gone, key).put(Buffer.from('one'));
    expect(readdirSync(gone)).toHaveLength(1);
  });

  it('do not open with another key, changed, or under another name', async () => {
    const pictures = createPictureStore(folder, key);
    const [one, other] = [await pictures.put(Buffer.from('one')), await pictures.put(Buffer.from('other'))];
    await expect(createPictureStore(folder, Buffer.alloc(32, 4)).get(one)).rejects.toThrow();
    const place = (name: string) => path.join(folder, name.slice(0, 2), name);
    writeFileSync(place(one), readFileSync(place(other)));
    await expect(pictures.get(one)).rejects.toThrow();
    await expect(pictures.get('../../etc/passwd')).rejects.toThrow(/32 hexadecimal/);
  });
});

function memoryKeychain(): Keychain & { secrets: Map<string, string> } {
  const secrets = new Map<string, string>();
  return {
    secrets,
    get: async (account) => secrets.get(account),
    set: async (account, secret) => void secrets.set(account, secret),
    remove: async (account) => void secrets.delete(account),
  };
}

describe('key of a profile', () => {
  it('is made once and kept in the keychain, never beside the data', async () => {
    const keychain = memoryKeychain();
    const first = await openProfileKeys(folder, keychain, undefined);
    const again = await openProfileKeys(folder, keychain, undefined);
    expect(first.ok && again.ok && first.value.databaseKeyHex === again.value.databaseKeyHex).toBe(true);
    const [secret] = keychain.secrets.values();
    expect(secret).toHaveLength(44);
    expect(allBytes().includes(secret ?? '-')).toBe(false);
    if (process.platform !== 'win32')
      expect(statSync(path.join(folder, 'profile.json')).mode & 0o077).toBe(0);
  });

  it('comes from a passphrase where there is no keychain, and a wrong one is told apart', async () => {
    expect(await openProfileKeys(folder, undefined, undefined)).toMatchObject({
      error: { code: 'profile.needsNewPassphrase' },
    });
    expect(await openProfileKeys(folder, undefined, 'short')).toMatchObject({
      error: { code: 'profile.shortPassphrase' },
    });
    const made = await openProfileKeys(folder, undefined, 'a long enough passphrase');
    const right = await openProfileKeys(folder, undefined, 'a long enough passphrase');
    expect(made.ok && right.ok && made.value.databaseKeyHex === right.value.databaseKeyHex).toBe(true);
    expect(await openProfileKeys(folder, undefined, 'a long enough passphrasE')).toMatchObject({
      error: { code: 'profile.wrongPassphrase' },
    });
    expect(await openProfileKeys(folder, undefined, undefined)).toMatchObject({
      error: { code: 'profile.needsPassphrase' },
    });
    expect(allBytes().includes('passphrase"')).toBe(true);
    expect(allBytes().includes('long enough')).toBe(false);
  });

  it.each([
    ['a cost beyond any memory', { cost: 2 ** 40 }],
    ['eight times the cost', { cost: 2 ** 20 }],
    ['a cost below ours', { cost: 2 ** 10 }],
    ['a cost that is no power of two', { cost: 2 ** 17 + 1 }],
    ['a cost that is no whole number', { cost: 2 ** 17 + 0.5 }],
    ['no cost', { cost: undefined }],
    ['a negative cost', { cost: -(2 ** 17) }],
    ['a cost as text', { cost: '131072' }],
    ['large blocks', { blockSize: 2 ** 20 }],
    ['blocks of no size', { blockSize: 0 }],
    ['many passes', { parallelization: 2 ** 20 }],
    ['a little more of each', { cost: 2 ** 18, blockSize: 16, parallelization: 2 }],
    ['a short salt', { salt: 'AAAA' }],
    ['a salt that is no base64', { salt: '!'.repeat(24) }],
    ['a long check', { check: Buffer.alloc(64).toString('base64') }],
    ['no check', { check: undefined }],
  ])(
    'that a changed profile.json makes with %s is not derived: the profile is damaged',
    async (_what, changed) => {
      const passphrase = 'a long enough passphrase';
      await openProfileKeys(folder, undefined, passphrase);
      const file = path.join(folder, 'profile.json');
      const profile = JSON.parse(readFileSync(file, 'utf8')) as { key: object };
      writeFileSync(file, JSON.stringify({ ...profile, key: { ...profile.key, ...changed } }));
      const opened = await openProfileKeys(folder, undefined, passphrase);
      expect(opened).toEqual({ ok: false, error: { code: 'profile.damaged' } });
    },
  );

  it('is looked for in no profile.json that is larger than any of ours', async () => {
    await openProfileKeys(folder, memoryKeychain(), undefined);
    const file = path.join(folder, 'profile.json');
    writeFileSync(file, readFileSync(file, 'utf8') + ' '.repeat(100_000));
    expect(await openProfileKeys(folder, memoryKeychain(), undefined)).toMatchObject({
      error: { code: 'profile.damaged' },
    });
  });

  it('that is gone from the keychain is said so, and nothing is made anew', async () => {
    const keychain = memoryKeychain();
    await openProfileKeys(folder, keychain, undefined);
    keychain.secrets.clear();
    expect(await openProfileKeys(folder, keychain, undefined)).toMatchObject({
      error: { code: 'profile.keyMissing' },
    });
    expect(keychain.secrets.size).toBe(0);
  });
});
