/**
 * A profile: one folder with the encrypted database and the encrypted pictures. Its key is in the keychain, or made from a
 * passphrase; `profile.json` says which and holds no secret.
 */
import { createHmac, hkdfSync, randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result';
import type { Keychain } from '../keychain/keychain';

const ProfileFile = z.object({
  version: z.literal(1),
  id: z.uuid(),
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
  await writeFile(`${file}.part`, JSON.stringify(profile, undefined, 2), { mode: 0o600 });
  await rename(`${file}.part`, file);
}

/** Opens the keys of a profile, making the profile on first use: with the keychain where there is one, else with `passphrase`. */
export async function openProfileKeys(
  folder: string,
  keychain: Keychain | undefined,
  passphrase: string | undefined,
): Promise<Result<ProfileKeys, ProfileFailure>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    return fail('profile.cannotOpen', undefined, cause);
  }
  const file = path.join(folder, 'profile.json');
  const profile = await readProfile(file);
  if (profile === 'damaged') return fail('profile.damaged');
  if (profile === 'missing') return makeProfile(file, keychain, passphrase);

  if (profile.key.kind === 'keychain') {
    const secret = await keychain?.get(`profile:${profile.id}`);
    if (!secret) return fail('profile.keyMissing');
    return ok(keysFrom(Buffer.from(secret, 'base64'), 'keychain'));
  }
  if (passphrase === undefined) return fail('profile.needsPassphrase');
  const master = await stretch(passphrase, Buffer.from(profile.key.salt, 'base64'), profile.key);
  const right = timingSafeEqual(checkOf(master), Buffer.from(profile.key.check, 'base64'));
  return right ? ok(keysFrom(master, 'passphrase')) : fail('profile.wrongPassphrase');
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
