/**
 * The folder of a run that keeps nothing. It lies in the system's folder for temporary files, where others have theirs too, and
 * goes with the run. Of a run that was killed it stays, until the next one removes it: whether a run is over is told by a lock
 * that it holds while it lives.
 */
import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { profileIn } from './profile-bytes';
import { holdLock } from '../sqlite/held-lock';
import { renameForGood } from './rename';
import { createWholeFiles } from './whole-files';

export interface RunFolder {
  readonly folder: string;
  remove(): Promise<void>;
  /** Lets it stay for good, in this place where that can be; answers where it is. Nothing in it may be open. */
  keep(place: string): Promise<string>;
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
        async keep(place) {
          release();
          // Without its lock nobody takes it for one that was left behind.
          await rm(lock, { force: true });
          return moved(folder, place);
        },
      };
    }
    release?.();
  }
  throw new Error(`Expected a folder of its own in ${temporary} but none stayed`);
}

/** The system empties its folder for temporary files. Where nothing better is to be had, that is better than nothing. */
async function moved(folder: string, place: string): Promise<string> {
  try {
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
    await renameForGood(folder, place).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EXDEV') throw error;
      return copied(folder, place);
    });
    return place;
  } catch {
    // On another disk that is full, say: it stays where it is, and that is told.
    return folder;
  }
}

async function copied(folder: string, place: string): Promise<void> {
  // Nobody else looks into it at any moment; one that is there already is somebody's.
  await mkdir(place, { mode: 0o700 });
  try {
    await cp(folder, place, { recursive: true, errorOnExist: true, force: false });
  } catch (error) {
    // Half a copy is none.
    await rm(place, { recursive: true, force: true });
    throw error;
  }
  await rm(folder, { recursive: true, force: true });
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
  // It was to stay, and its run ended before that was done: there is a key to it.
  if (existsSync(profileIn(folder))) return;
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
