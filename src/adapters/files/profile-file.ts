/**
 * `profile.json`: where the key of a profile is, and what makes it of a passphrase. Whoever can write into the folder can
 * change it: it is checked by hand, number by number, before anything is done with it, and without loading anything else,
 * since the start waits for it.
 */
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { isFairCost, type ScryptCost } from '../scrypt/cost';
import { renameForGood } from './rename';

export interface PassphraseKey extends ScryptCost {
  readonly kind: 'passphrase';
  readonly salt: Buffer;
  /** HMAC of a fixed text under a key of its own: tells a wrong passphrase from a damaged database. */
  readonly check: Buffer;
}

export interface ProfileFile {
  readonly id: string;
  /** There is a database since: without one, this profile has lost it. */
  readonly hasRecords: boolean;
  readonly key: { readonly kind: 'keychain' } | PassphraseKey;
}

/** OWASP's advice for scrypt, 2025: N = 2^17, r = 8, p = 1. */
export const PASSPHRASE_COST: ScryptCost = { cost: 2 ** 17, blockSize: 8, parallelization: 1 };
export const SALT_BYTES = 16;
const CHECK_BYTES = 32;
const VERSION = 1;
/** Ours has some 300 bytes; more is not even read. */
const MOST_BYTES = 16 * 1024;

export const profileIn = (folder: string): string => path.join(folder, 'profile.json');

export async function readProfile(file: string): Promise<ProfileFile | 'missing' | 'damaged'> {
  let bytes: Buffer | undefined;
  try {
    bytes = await readAtMost(file, MOST_BYTES);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
  return (bytes && profileOf(bytes.toString('utf8'))) ?? 'damaged';
}

/** Undefined when there is more. */
async function readAtMost(file: string, most: number): Promise<Buffer | undefined> {
  const handle = await open(file, 'r');
  try {
    const bytes = Buffer.alloc(most + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (length > most) return undefined;
      if (bytesRead === 0) return bytes.subarray(0, length);
    }
  } finally {
    await handle.close();
  }
}

type Unchecked = Readonly<Record<string, unknown>>;

/** Undefined for whatever this version did not write. */
function profileOf(text: string): ProfileFile | undefined {
  const profile = objectIn(text);
  if (profile?.['version'] !== VERSION) return undefined;
  const { id, hasRecords = false } = profile;
  const key = keyOf(profile['key']);
  if (typeof id !== 'string' || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return undefined;
  return key && typeof hasRecords === 'boolean' ? { id, hasRecords, key } : undefined;
}

function objectIn(text: string): Unchecked | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    // No JSON: as damaged as JSON of another kind.
    return undefined;
  }
}

function asObject(value: unknown): Unchecked | undefined {
  return typeof value === 'object' && value !== null ? (value as Unchecked) : undefined;
}

function keyOf(value: unknown): ProfileFile['key'] | undefined {
  const stored = asObject(value);
  if (stored?.['kind'] === 'keychain') return { kind: 'keychain' };
  if (stored?.['kind'] !== 'passphrase') return undefined;
  const [cost, blockSize, parallelization] = ['cost', 'blockSize', 'parallelization'].map((name) =>
    Number.isInteger(stored[name]) ? Number(stored[name]) : 0,
  ) as [number, number, number];
  if (!isFairCost({ cost, blockSize, parallelization }, PASSPHRASE_COST)) return undefined;
  const [salt, check] = [bytesOf(stored['salt'], SALT_BYTES), bytesOf(stored['check'], CHECK_BYTES)];
  return salt && check && { kind: 'passphrase', salt, cost, blockSize, parallelization, check };
}

/** Undefined where it is no base64 of exactly that many bytes. */
function bytesOf(text: unknown, length: number): Buffer | undefined {
  if (typeof text !== 'string') return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === length && bytes.toString('base64') === text ? bytes : undefined;
}

export async function writeProfile(file: string, { id, hasRecords, key }: ProfileFile): Promise<void> {
  const part = `${file}.part`;
  const stored = {
    version: VERSION,
    id,
    ...(hasRecords && { hasRecords }),
    key:
      key.kind === 'keychain'
        ? key
        : { ...key, salt: key.salt.toString('base64'), check: key.check.toString('base64') },
  };
  try {
    const handle = await open(part, 'w', 0o600);
    try {
      await handle.writeFile(JSON.stringify(stored, undefined, 2));
      // On the disk before it takes its name: an empty one would lock its records up for ever.
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameForGood(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
