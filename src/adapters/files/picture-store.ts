/**
 * Encrypted picture files: AES-256-GCM, one random 96-bit nonce a file, the name bound in as associated data, so that a file
 * put under another name does not open. Layout: `CPF1`, nonce (12 bytes), ciphertext, tag (16 bytes).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { PictureStore } from '../../core/cards/ports';

const MAGIC = Buffer.from('CPF1');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function createPictureStore(folder: string, key: Buffer): PictureStore {
  function place(name: string): string {
    if (!/^[0-9a-f]{32}$/.test(name))
      throw new Error('Expected the name of a stored picture: 32 hexadecimal digits');
    return path.join(folder, name.slice(0, 2), name);
  }

  return {
    async put(bytes) {
      const name = randomBytes(16).toString('hex');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
      const sealed = [MAGIC, nonce, cipher.update(bytes), cipher.final()];
      const target = place(name);
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      const part = `${target}.part`;
      try {
        const file = await open(part, 'wx', 0o600);
        try {
          await file.writeFile(Buffer.concat([...sealed, cipher.getAuthTag()]));
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(part, target);
      } catch (error) {
        // What a full disk took of it would take the room of others.
        await rm(part, { force: true });
        throw error;
      }
      return name;
    },

    async get(name) {
      const sealed = await readFile(place(name));
      const start = MAGIC.length + NONCE_BYTES;
      if (sealed.length < start + TAG_BYTES || !sealed.subarray(0, MAGIC.length).equals(MAGIC)) {
        throw new Error('Expected an encrypted picture but the file has another content');
      }
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(MAGIC.length, start))
        .setAAD(Buffer.from(name))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(start, -TAG_BYTES)), decipher.final()]);
    },

    async remove(name) {
      await rm(place(name), { force: true });
    },
  };
}
