import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** What the scripts made of this clone; gone with its node_modules. */
export const cacheDir = path.join(root, 'node_modules/.cache/cardproof');
/** What was fetched once for all clones of this user: it survives `npm ci`. */
export const userCacheDir = path.join(
  process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'),
  'cardproof',
);
