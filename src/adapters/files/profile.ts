/**
 * A profile: one folder with the encrypted database and the encrypted pictures. Its key is in the keychain, or made from a
 * passphrase; `profile.json` says which and holds no secret. It is written first, then the database, then pictures: so what is
 * missing tells a new profile from one that lost something, and nothing is ever put in the place of what was lost.
 */
import { createHmac, hkdfSync, randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result';
import type { Keychain } from '../keychain/keychain';

const ProfileFile = z.object({
  version: z.literal(1),
  id: z.uuid(),
  /** There is a database since: without one, this profile has lost it. */
  hasRecords: z.boolean().optional(),
  key: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('keychain') }),
    z.object({
      kind: z.literal('passphrase'),
      salt: z.string(),
      /** scrypt's cost, block size and parallelisation. */
      cost: z.number().int(),
      blockSize: z.number().int(),
      parallelization: z.number().int(),
      /** HMAC of a fixed text under a key of its own: tells a wrong passphrase from a damaged database. */
      check: z.string(),
    }),
  ]),
});
type ProfileFile = z.infer<typeof ProfileFile>;

/** OWASP's advice for scrypt, 2025: N = 2^17, r = 8, p = 1. */
const SCRYPT = { cost: 2 ** 17, blockSize: 8, parallelization: 1 };
/** Shorter ones are refused when a passphrase is chosen. */
export const MIN_PASSPHRASE = 10;

export interface ProfileKeys {
  /** 32 bytes in hexadecimal. */
  readonly databaseKeyHex: string;
  readonly pictureKey: Buffer;
  readonly keptIn: 'keychain' | 'passphrase';
}

export type ProfileFailure =
  | 'profile.needsPassphrase'
  | 'profile.needsNewPassphrase'
  | 'profile.wrongPassphrase'
  | 'profile.shortPassphrase'
  | 'profile.keyMissing'
  | 'profile.keyFileMissing'
  | 'profile.cannotOpen'
  | 'profile.damaged';

function derive(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', `cardproof/${purpose}`, 32));
}

function keysFrom(master: Buffer, keptIn: ProfileKeys['keptIn']): ProfileKeys {
  return {
    databaseKeyHex: derive(master, 'database').toString('hex'),
    pictureKey: derive(master, 'pictures'),
    keptIn,
  };
}

function stretch(passphrase: string, salt: Buffer, parameters: typeof SCRYPT): Promise<Buffer> {
  const { cost, blockSize, parallelization } = parameters;
  const options = { N: cost, r: blockSize, p: parallelization, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFKC'), salt, 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}

function checkOf(master: Buffer): Buffer {
  return createHmac('sha256', derive(master, 'check')).update('cardproof').digest();
}

async function readProfile(file: string): Promise<ProfileFile | 'missing' | 'damaged'> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
  try {
    return ProfileFile.parse(JSON.parse(text));
  } catch {
    return 'damaged';
  }
}

async function writeProfile(file: string, profile: ProfileFile): Promise<void> {
  const part = `${file}.part`;
  try {
    const handle = await open(part, 'w', 0o600);
    try {
      await handle.writeFile(JSON.stringify(profile, undefined, 2));
      // On the disk before it takes its name: an empty one would lock its records up for ever.
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

async function hasPictures(folder: string): Promise<boolean> {
  try {
    const entries = await readdir(path.join(folder, 'pictures'), { recursive: true, withFileTypes: true });
    return entries.some((entry) => entry.isFile());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

const profileIn = (folder: string) => path.join(folder, 'profile.json');
export const databaseIn = (folder: string) => path.join(folder, 'cards.db');

/** Whether a profile whose key is known must have a database already. */
export async function hasRecords(folder: string): Promise<boolean> {
  const profile = await readProfile(profileIn(folder));
  if (typeof profile === 'object' && profile.hasRecords) return true;
  // A log without its database is what is left of one.
  if ((await sizeOf(`${databaseIn(folder)}-wal`)) > 0) return true;
  return hasPictures(folder);
}

/** The database is there: from now on it is missed. */
export async function noteRecords(folder: string): Promise<void> {
  const profile = await readProfile(profileIn(folder));
  if (typeof profile !== 'object' || profile.hasRecords) return;
  await writeProfile(profileIn(folder), { ...profile, hasRecords: true });
}

/** Opens the keys of a profile, making the profile on first use: with the keychain where there is one, else with `passphrase`. */
export async function openProfileKeys(
  folder: string,
  keychain: Keychain | undefined,
  passphrase: string | undefined,
): Promise<Result<ProfileKeys, ProfileFailure>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const profile = await readProfile(profileIn(folder));
    if (profile === 'damaged') return fail('profile.damaged');
    if (profile !== 'missing') return await keysOf(profile, keychain, passphrase);
    // Another key would open nothing of what is here.
    const left = (await sizeOf(databaseIn(folder))) > 0 || (await hasRecords(folder));
    return left ? fail('profile.keyFileMissing') : await makeProfile(profileIn(folder), keychain, passphrase);
  } catch (cause) {
    return fail('profile.cannotOpen', undefined, cause);
  }
}

async function keysOf(
  profile: ProfileFile,
  keychain: Keychain | undefined,
  passphrase: string | undefined,
): Promise<Result<ProfileKeys, ProfileFailure>> {
  if (profile.key.kind === 'keychain') {
    const secret = await keychain?.get(`profile:${profile.id}`);
    if (!secret) return fail('profile.keyMissing');
    return ok(keysFrom(Buffer.from(secret, 'base64'), 'keychain'));
  }
  if (passphrase === undefined) return fail('profile.needsPassphrase');
  const master = await stretch(passphrase, Buffer.from(profile.key.salt, 'base64'), profile.key);
  const [check, expected] = [checkOf(master), Buffer.from(profile.key.check, 'base64')];
  if (check.length !== expected.length) return fail('profile.damaged');
  return timingSafeEqual(check, expected)
    ? ok(keysFrom(master, 'passphrase'))
    : fail('profile.wrongPassphrase');
}

async function makeProfile(
  file: string,
  keychain: Keychain | undefined,
  passphrase: string | undefined,
): Promise<Result<ProfileKeys, ProfileFailure>> {
  const id = randomUUID();
  if (passphrase !== undefined) {
    if (passphrase.length < MIN_PASSPHRASE) return fail('profile.shortPassphrase', { min: MIN_PASSPHRASE });
    const salt = randomBytes(16);
    const master = await stretch(passphrase, salt, SCRYPT);
    const key = {
      kind: 'passphrase' as const,
      salt: salt.toString('base64'),
      ...SCRYPT,
      check: checkOf(master).toString('base64'),
    };
    await writeProfile(file, { version: 1, id, key });
    return ok(keysFrom(master, 'passphrase'));
  }
  if (!keychain) return fail('profile.needsNewPassphrase');
  const master = randomBytes(32);
  await keychain.set(`profile:${id}`, master.toString('base64'));
  await writeProfile(file, { version: 1, id, key: { kind: 'keychain' } });
  return ok(keysFrom(master, 'keychain'));
}
