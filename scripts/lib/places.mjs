import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
/** What the scripts fetched or made, outside the tree that git sees. */
export const cacheDir = path.join(root, 'node_modules/.cache/cardproof');
