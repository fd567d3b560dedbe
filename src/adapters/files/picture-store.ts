/**
 * Encrypted picture files: AES-256-GCM, one random 96-bit nonce a file, the name bound in as associated data, so that a file
 * put under another name does not open. Layout: `CPF1`, nonce (12 bytes), ciphertext, tag (16 bytes).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { PictureLost } from '../../core/cards/picture-lost';
import type { PictureStore } from '../../core/cards/ports';
import { troubleOf } from '../../core/environment/trouble';
import { renameForGood } from './rename';

const MAGIC = Buffer.from('CPF1');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createPictureStore(folder: string, key: Buffer): PictureStore {
  function place(name: string): string {
    if (!/^[0-9a-f]{32}$/.test(name))
      throw new Error('Expected the name of a stored picture: 32 hexadecimal digits');
    return path.join(folder, name.slice(0, 2), name);
  }

  /** One level only: a profile whose disk was taken away must not come to be again, empty, in the place where it was. */
  async function makeFolder(made: string): Promise<void> {
    try {
      await mkdir(made, { mode: 0o700 });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }

  async function write(target: string, sealed: Uint8Array): Promise<void> {
    await makeFolder(folder);
    await makeFolder(path.dirname(target));
    const part = `${target}.part`;
    try {
      const file = await open(part, 'wx', 0o600);
      try {
        await file.writeFile(sealed);
        await file.sync();
      } finally {
        await file.close();
      }
      await renameForGood(part, target);
    } catch (error) {
      // What a full disk took of it would take the room of others.
      await rm(part, { force: true });
      throw error;
    }
  }

  /** Where all pictures are gone it is the disk that has to be looked at, and no card. */
  async function read(name: string): Promise<Buffer> {
    try {
      return await readFile(place(name));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      await stat(folder).catch((cause: unknown) => {
        throw failedDisk(cause);
      });
      throw new PictureLost('Expected a stored picture', { cause: error });
    }
  }

  function decrypted(name: string, sealed: Buffer): Buffer {
    const start = MAGIC.length + NONCE_BYTES;
    if (sealed.length < start + TAG_BYTES || !sealed.subarray(0, MAGIC.length).equals(MAGIC))
      throw new PictureLost('Expected an encrypted picture but the file has another content');
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(MAGIC.length, start))
      .setAAD(Buffer.from(name))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(start, -TAG_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new PictureLost('Expected a picture as it was stored', { cause });
    }
  }

  return {
    async put(bytes) {
      const name = randomBytes(16).toString('hex');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
      const sealed = [MAGIC, nonce, cipher.update(bytes), cipher.final()];
      try {
        await write(place(name), Buffer.concat([...sealed, cipher.getAuthTag()]));
      } catch (error) {
        // Whatever it is (a folder that is gone, say), it is the place that the bytes go to, and not the bytes.
        throw troubleOf(error) ? error : failedDisk(error);
      }
      return name;
    },

    async get(name) {
      return decrypted(name, await read(name));
    },

    async remove(name) {
      await rm(place(name), { force: true });
    },
  };
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function failedDisk(cause: unknown): Error {
  return Object.assign(new Error('Expected a place for pictures', { cause }), { code: 'EIO' });
}
