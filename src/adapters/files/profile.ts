/**
 * A profile: one folder with the encrypted database and the encrypted pictures. Its key is in the keychain, or made from a
 * passphrase; `profile.json` says which and holds no secret. It is written first, then the database, then pictures: so what is
 * missing tells a new profile from one that lost something, and nothing is ever put in the place of what was lost.
 */
import { createHmac, hkdfSync, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result';
import type { Keychain } from '../keychain/keychain';
import { PASSPHRASE_COST } from '../scrypt/cost';
import { secretOf } from '../scrypt/secret';
import { stretchByNode, type Stretch } from '../scrypt/stretch';
import { profileIn, SALT_BYTES } from './profile-bytes';
import { readProfile, writeProfile, type ProfileFile } from './profile-file';

/** Shorter ones are refused when a passphrase is chosen. */
export const MIN_PASSPHRASE = 10;

export interface ProfileKeys {
  /** 32 bytes in hexadecimal. */
  readonly databaseKeyHex: string;
  readonly pictureKey: Buffer;
  readonly sealKey: Buffer;
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
  | 'profile.noFolder'
  | 'profile.notWritable'
  | 'profile.noRoom'
  | 'profile.damaged';

/** What the system says of a place that nothing can be put into. */
const PLACE_FAILURES: Readonly<Record<string, ProfileFailure>> = {
  ENOENT: 'profile.noFolder',
  ENOTDIR: 'profile.noFolder',
  EEXIST: 'profile.noFolder',
  EACCES: 'profile.notWritable',
  EPERM: 'profile.notWritable',
  EROFS: 'profile.notWritable',
  ENOSPC: 'profile.noRoom',
  EDQUOT: 'profile.noRoom',
};

function derive(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', `cardproof/${purpose}`, 32));
}

function keysFrom(master: Buffer, keptIn: ProfileKeys['keptIn']): ProfileKeys {
  return {
    databaseKeyHex: derive(master, 'database').toString('hex'),
    pictureKey: derive(master, 'pictures'),
    sealKey: derive(master, 'seal'),
    keptIn,
  };
}

function checkOf(master: Buffer): Buffer {
  return createHmac('sha256', derive(master, 'check')).update('cardproof').digest();
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
  stretch: Stretch = stretchByNode,
): Promise<Result<ProfileKeys, ProfileFailure>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const profile = await readProfile(profileIn(folder));
    if (profile === 'damaged') return fail('profile.damaged');
    if (profile !== 'missing') return await keysOf(profile, keychain, passphrase, stretch);
    // Another key would open nothing of what is here.
    const left = (await sizeOf(databaseIn(folder))) > 0 || (await hasRecords(folder));
    return left
      ? fail('profile.keyFileMissing')
      : await makeProfile(profileIn(folder), keychain, passphrase, stretch);
  } catch (cause) {
    return fail(placeFailure(cause) ?? 'profile.cannotOpen', undefined, cause);
  }
}

/** Undefined where it is not for the place's sake. */
export function placeFailure(cause: unknown): ProfileFailure | undefined {
  return PLACE_FAILURES[(cause as NodeJS.ErrnoException).code ?? ''];
}

async function keysOf(
  profile: ProfileFile,
  keychain: Keychain | undefined,
  passphrase: string | undefined,
  stretch: Stretch,
): Promise<Result<ProfileKeys, ProfileFailure>> {
  if (profile.key.kind === 'keychain') {
    const secret = await keychain?.get(`profile:${profile.id}`);
    if (!secret) return fail('profile.keyMissing');
    return ok(keysFrom(Buffer.from(secret, 'base64'), 'keychain'));
  }
  if (passphrase === undefined) return fail('profile.needsPassphrase');
  const master = await stretch(secretOf(passphrase), profile.key.salt, profile.key);
  return timingSafeEqual(checkOf(master), profile.key.check)
    ? ok(keysFrom(master, 'passphrase'))
    : fail('profile.wrongPassphrase');
}

async function makeProfile(
  file: string,
  keychain: Keychain | undefined,
  passphrase: string | undefined,
  stretch: Stretch,
): Promise<Result<ProfileKeys, ProfileFailure>> {
  const made = await newKey(keychain, passphrase, stretch);
  if (!made.ok) return made;
  await made.value.keep(file, false);
  return ok(made.value.keys);
}

/** A key that is nowhere yet, and how it is put where the key of a profile is. */
interface NewKey {
  readonly keys: ProfileKeys;
  keep(file: string, hasRecords: boolean): Promise<void>;
}

async function newKey(
  keychain: Keychain | undefined,
  passphrase: string | undefined,
  stretch: Stretch,
): Promise<Result<NewKey, ProfileFailure>> {
  const id = randomUUID();
  if (passphrase !== undefined) {
    if (passphrase.length < MIN_PASSPHRASE) return fail('profile.shortPassphrase', { min: MIN_PASSPHRASE });
    const salt = randomBytes(SALT_BYTES);
    const master = await stretch(secretOf(passphrase), salt, PASSPHRASE_COST);
    const key = { kind: 'passphrase' as const, salt, ...PASSPHRASE_COST, check: checkOf(master) };
    const keep = (file: string, hasRecords: boolean) => writeProfile(file, { id, hasRecords, key });
    return ok({ keys: keysFrom(master, 'passphrase'), keep });
  }
  if (!keychain) return fail('profile.needsNewPassphrase');
  const master = randomBytes(32);
  return ok({
    keys: keysFrom(master, 'keychain'),
    async keep(file, hasRecords) {
      await keychain.set(`profile:${id}`, master.toString('base64'));
      await writeProfile(file, { id, hasRecords, key: { kind: 'keychain' } });
    },
  });
}

/** Of a run that keeps nothing, unless it has to. */
export interface RunKey {
  readonly keys: ProfileKeys;
  /** Makes a profile of its folder. Absent where there is neither keychain nor passphrase: nobody could ever open it. */
  readonly keep?: (folder: string) => Promise<void>;
}

export async function makeRunKey(
  keychain: Keychain | undefined,
  passphrase: string | undefined,
): Promise<RunKey> {
  const made = await newKey(keychain, passphrase, stretchByNode);
  if (!made.ok) return { keys: keysFrom(randomBytes(32), 'passphrase') };
  const { keys, keep } = made.value;
  return { keys, keep: (folder) => keep(profileIn(folder), true) };
}
