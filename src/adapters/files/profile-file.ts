/**
 * `profile.json`: where the key of a profile is, and what makes it of a passphrase. Whoever can write into the folder can
 * change it: no more of it is read than we write, and no cost is taken that we would not ask for.
 */
import { open, rm } from 'node:fs/promises';
import { z } from 'zod';
import { isFairCost, PASSPHRASE_COST } from '../scrypt/cost';
import { readProfileBytes, SALT_BYTES } from './profile-bytes';
import { renameForGood } from './rename';

const CHECK_BYTES = 32;
const VERSION = 1;

const bytes = (length: number) =>
  z
    .base64()
    .transform((text): Buffer => Buffer.from(text, 'base64'))
    .refine((decoded) => decoded.length === length);

const ProfileFileSchema = z.object({
  version: z.literal(VERSION),
  id: z.uuid(),
  /** There is a database since: without one, this profile has lost it. */
  hasRecords: z.boolean().default(false),
  key: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('keychain') }),
    z
      .object({
        kind: z.literal('passphrase'),
        salt: bytes(SALT_BYTES),
        cost: z.number(),
        blockSize: z.number(),
        parallelization: z.number(),
        /** HMAC of a fixed text under a key of its own: tells a wrong passphrase from a damaged database. */
        check: bytes(CHECK_BYTES),
      })
      .refine((key) => isFairCost(key, PASSPHRASE_COST)),
  ]),
});
export type ProfileFile = Omit<z.infer<typeof ProfileFileSchema>, 'version'>;

export async function readProfile(file: string): Promise<ProfileFile | 'missing' | 'damaged'> {
  let bytes: Buffer | undefined;
  try {
    bytes = await readProfileBytes(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
  return (bytes && profileOf(bytes.toString('utf8'))) ?? 'damaged';
}

/** Undefined for whatever this version did not write. */
function profileOf(text: string): ProfileFile | undefined {
  try {
    return ProfileFileSchema.parse(JSON.parse(text));
  } catch {
    // No JSON is as damaged as JSON of another kind.
    return undefined;
  }
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
