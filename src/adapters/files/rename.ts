import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';

/**
 * Gives a whole file its name, for good: the name is on the disk too when this resolves, and not only in the system's memory,
 * where a power cut takes it. Windows keeps names by itself and opens no folder.
 */
export async function renameForGood(part: string, target: string): Promise<void> {
  await rename(part, target);
  if (process.platform === 'win32') return;
  const folder = await open(path.dirname(target), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The same, for those that nobody may overtake. */
export function renameForGoodAtOnce(part: string, target: string): void {
  renameSync(part, target);
  if (process.platform === 'win32') return;
  const folder = openSync(path.dirname(target), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
