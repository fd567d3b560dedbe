/** How much room there is for files at a place, also one that is still to be made. */
import { statfs } from 'node:fs/promises';
import path from 'node:path';

/** In whole megabytes; undefined where the system does not say. */
export async function megabytesFree(place: string): Promise<number | undefined> {
  for (let at = path.resolve(place); ; at = path.dirname(at)) {
    try {
      const { bavail, bsize } = await statfs(at);
      return Math.floor((bavail * bsize) / 1_000_000);
    } catch {
      // Not made yet, or not ours to ask: its folder is on the same disk.
      if (at === path.dirname(at)) return undefined;
    }
  }
}
