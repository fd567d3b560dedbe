/**
 * The folder of a run that keeps nothing. It lies in the system's folder for temporary files, where others have theirs too, and
 * goes with the run. Of a run that was killed it stays, until the next one removes it: whether a run is over is told by a lock
 * that it holds while it lives.
 */
import { existsSync } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { holdLock } from '../sqlite/held-lock';
import { createWholeFiles } from './whole-files';

export interface RunFolder {
  readonly folder: string;
  remove(): Promise<void>;
}

const PREFIX = 'cardproof-';
const LOCK = 'run.lock';
/** Longer than another process needs to see that a lock is held. */
const WAIT_MS = 1_000;
const TRIES = 10;

/** Where a run has its unfinished files, within its folder or a profile. */
export const unfinishedIn = (folder: string): string => path.join(folder, 'unfinished');

export async function makeRunFolder(temporary: string): Promise<RunFolder> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const folder = await mkdtemp(path.join(temporary, PREFIX));
    const lock = path.join(folder, LOCK);
    const release = holdLock(lock, WAIT_MS);
    // Another run may have taken it for an old one in the moment before it was locked.
    if (release && existsSync(lock)) {
      return {
        folder,
        async remove() {
          release();
          await rm(folder, { recursive: true, force: true });
        },
      };
    }
    release?.();
  }
  throw new Error(`Expected a folder of its own in ${temporary} but none stayed`);
}

/** A folder that this user's run made, with nothing between us and it that others could have put there. */
async function isOurs(folder: string): Promise<boolean> {
  const uid = process.getuid?.();
  const found = await lstat(folder);
  if (!found.isDirectory() || (uid !== undefined && (found.uid !== uid || (found.mode & 0o077) !== 0)))
    return false;
  return (await lstat(path.join(folder, LOCK))).isFile();
}

async function sweepOne(folder: string): Promise<void> {
  if (!(await isOurs(folder))) return;
  const release = holdLock(path.join(folder, LOCK), 0);
  if (!release) return;
  try {
    await createWholeFiles(unfinishedIn(folder)).sweep();
    // The lock goes last: while it is there and held nobody else takes the folder up.
    for (const name of await readdir(folder)) {
      if (name !== LOCK) await rm(path.join(folder, name), { recursive: true, force: true });
    }
  } finally {
    release();
  }
  await rm(folder, { recursive: true, force: true });
}

/** Removes the folders of runs that were killed. One that cannot be removed is left, and told. */
export async function sweepRunFolders(temporary: string, complain: (cause: unknown) => void): Promise<void> {
  const names = await readdir(temporary).catch((cause: unknown) => (complain(cause), []));
  for (const name of names.filter((one) => one.startsWith(PREFIX))) {
    try {
      await sweepOne(path.join(temporary, name));
    } catch (cause) {
      // Gone meanwhile, or never one of ours.
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') complain(cause);
    }
  }
}
