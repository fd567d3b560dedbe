/** Where the application's own files lie; the same below the project and inside a package. */
import path from 'node:path';

const out = path.resolve(import.meta.dirname, '..');

export const PLACES = {
  /** Migrations, BIN table, specimens. */
  resources: path.resolve(out, '../resources'),
  specimens: path.resolve(out, '../resources/specimens'),
  page: path.join(out, 'renderer'),
  preload: path.join(out, 'preload/index.cjs'),
  engineWorker: path.join(out, 'main/engine-worker.js'),
  pictureWorker: path.join(out, 'main/picture-worker.js'),
} as const;
