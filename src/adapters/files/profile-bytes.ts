/** `profile.json` before it is checked. Needs no package: the start reads it first of all. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { isFairCost, PASSPHRASE_COST } from '../scrypt/cost';
import type { Salted } from '../scrypt/stretch-ahead';

export const SALT_BYTES = 16;
/** Ours has some 300 bytes; more is not even read. */
const MOST_BYTES = 16 * 1024;

export const profileIn = (folder: string): string => path.join(folder, 'profile.json');

/** Undefined when there is more than we write. */
export async function readProfileBytes(file: string): Promise<Buffer | undefined> {
  const handle = await open(file, 'r');
  try {
    const bytes = Buffer.alloc(MOST_BYTES + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
      length += bytesRead;
      if (length > MOST_BYTES) return undefined;
      if (bytesRead === 0) return bytes.subarray(0, length);
    }
  } finally {
    await handle.close();
  }
}

/**
 * What the key of this profile will be made of, where a passphrase makes it: to begin with before the profile is opened, which
 * reads it again and checks it. Undefined for whatever would not be opened, or made, in this way.
 */
export async function expectedSalt(file: string): Promise<Salted | undefined> {
  try {
    const text = (await readProfileBytes(file))?.toString('utf8') ?? '';
    const { key } = Object(JSON.parse(text)) as Record<string, unknown>;
    const { salt, cost, blockSize, parallelization } = Object(key) as Record<string, unknown>;
    if (typeof salt !== 'string') return undefined;
    const expected = {
      salt: Buffer.from(salt, 'base64'),
      cost: {
        cost: Number(cost),
        blockSize: Number(blockSize),
        parallelization: Number(parallelization),
      },
    };
    const fair = expected.salt.length === SALT_BYTES && isFairCost(expected.cost, PASSPHRASE_COST);
    return fair ? expected : undefined;
  } catch {
    // No profile yet, or one that does not open: opening says which.
    return undefined;
  }
}
