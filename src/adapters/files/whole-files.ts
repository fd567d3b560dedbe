/**
 * Files for other programs, such as a sheet: they appear in their place whole or not at all. While one is made it lies in the
 * profile, sealed under a key that dies with this process; only when it is whole is it copied in the clear, beside its place,
 * and put there. That copy's name is written down first, so that what a killed process left is removed at the next start.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { constants, createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sniff } from '../../core/intake/formats';
import { profileIn } from './profile-bytes';
import { renameForGood } from './rename';

export interface WholeFiles {
  /** Rejects where no file can be put, or none should: before work is done for it, or paid for. */
  examine(target: string): Promise<void>;
  /**
   * `fill` writes and ends the stream, and answers false to give up. Answers whether the file is in its place; rejects when it
   * cannot be written. Neither leaves anything, and an older file stays.
   */
  write(
    target: string,
    fill: (stream: Writable, broken: Promise<never>) => Promise<boolean>,
  ): Promise<boolean>;
  /** Removes what processes that are gone left. Only when no other process can be at work in the folder. */
  sweep(): Promise<void>;
}

const WINDOWS = process.platform === 'win32';
const SEALED = '.sealed';
const NAMED = '.named';
/** By these a picture is known; sniff's other answers are reasons. */
const HEAD_BYTES = 32;
const PICTURES: readonly string[] = ['jpeg', 'png', 'bmp', 'webp', 'tiff', 'picture.heic', 'picture.pdf'];
/** A disk that is full makes a file, but puts nothing into it. */
const PROBE = Buffer.alloc(4_096);
const PART = /^\..*\.[0-9a-f]{16}\.part$/s;

async function synced(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a profile consists of, and what is made of it when it is damaged; a sheet may lie beside it, but not in its place. */
const RECORDS = /^(profile\.json|bin-rows\.csv|cards\.db)/i;
const KEPT_FOLDERS = /^(pictures|unfinished|damaged)$/i;

/** Where a name in a folder leads, whatever links are on the way. A link in the place itself is replaced, and not what it leads to. */
export async function realPlace(target: string): Promise<string> {
  return path.join(await realpath(path.dirname(target)), path.basename(target));
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Of any profile, be it open or not. */
async function isOfRecords(target: string): Promise<boolean> {
  const folders = path.dirname(target).split(path.sep);
  for (let depth = folders.length; depth > 0; depth--) {
    const folder = folders.slice(0, depth).join(path.sep) || path.sep;
    const inFolder =
      depth === folders.length
        ? RECORDS.test(path.basename(target))
        : KEPT_FOLDERS.test(folders[depth] ?? '');
    if (inFolder && ((await isThere(profileIn(folder))) || (await isThere(path.join(folder, 'cards.db')))))
      return true;
  }
  return false;
}

/** A device would be replaced by a file; a picture is what somebody meant to give, such as the first that `*.jpg` stands for. */
async function examineTarget(target: string): Promise<void> {
  await access(path.dirname(target), constants.W_OK);
  if (await isOfRecords(await realPlace(target)))
    throw new Error(`Expected a place outside of the records but ${target} is theirs`);
  const there = await stat(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (there === undefined) return;
  if (!there.isFile()) throw new Error(`Expected a file or nothing at ${target} but found something else`);
  // Windows replaces no file that another program holds open, and says so to whoever would write into it.
  const handle = await open(target, WINDOWS ? 'r+' : 'r').catch((error: NodeJS.ErrnoException) => {
    // It may be replaced all the same.
    if (error.code === 'EACCES' && !WINDOWS) return undefined;
    throw error;
  });
  if (!handle) return;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const kind = sniff(buffer.subarray(0, bytesRead));
    if (PICTURES.includes(kind)) throw new Error(`Expected no picture at ${target} but found one`);
  } finally {
    await handle.close();
  }
}

export function createWholeFiles(folder: string): WholeFiles {
  const own = (id: string, kind: string) => path.join(folder, id + kind);

  /** Removes the copy, then its name: where the copy's folder is not there now, the name waits. */
  async function forget(id: string, part: string): Promise<void> {
    await rm(part, { force: true });
    await rm(own(id, NAMED), { force: true });
  }

  const partOf = (target: string, id: string) =>
    path.join(path.dirname(target), `.${path.basename(target)}.${id}.part`);

  /** Written down before the copy is there, so that it is found whatever happens. */
  async function name(id: string, part: string): Promise<void> {
    const named = await open(own(id, NAMED), 'wx', 0o600);
    await named.writeFile(part);
    await named.sync();
    await named.close();
  }

  /** Only who has put a file there knows that one can be put there. */
  async function examine(target: string): Promise<void> {
    await examineTarget(target);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const id = randomBytes(8).toString('hex');
    const part = partOf(target, id);
    await name(id, part);
    try {
      await writeFile(part, PROBE, { flag: 'wx', mode: 0o600 });
    } finally {
      await forget(id, part);
    }
  }

  return {
    examine,

    async write(target, fill) {
      // Found out before the work, not after it.
      await examine(target);
      const id = randomBytes(8).toString('hex');
      const sealed = own(id, SEALED);
      const [key, nonce] = [randomBytes(32), randomBytes(12)];
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const piped = pipeline(cipher, createWriteStream(sealed, { flags: 'wx', mode: 0o600 }));
      const broken = piped.then(() => new Promise<never>(() => undefined));
      broken.catch(() => undefined);
      const part = partOf(target, id);
      try {
        if (!(await fill(cipher, broken))) return false;
        await piped;
        await name(id, part);
        const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(cipher.getAuthTag());
        const clear = createWriteStream(part, { flags: 'wx', mode: 0o600 });
        await pipeline(createReadStream(sealed), decipher, clear);
        await synced(part);
        await renameForGood(part, target);
        return true;
      } finally {
        cipher.destroy();
        await piped.catch(() => undefined);
        await forget(id, part);
        await rm(sealed, { force: true });
      }
    },

    async sweep() {
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      for (const name of names) {
        const file = path.join(folder, name);
        if (name.endsWith(SEALED)) await rm(file, { force: true });
        if (!name.endsWith(NAMED)) continue;
        const part = await readFile(file, 'utf8');
        // Half a name, or one that was not written here, names no file of ours.
        if (PART.test(path.basename(part))) await forget(path.basename(name, NAMED), part);
        else await rm(file, { force: true });
      }
    },
  };
}
