/** Where the application's own files lie; the same below the project and inside a package. */
import path from 'node:path';

const out = path.resolve(import.meta.dirname, '..');
/** Inside a package the specimens lie beside the archive: intake takes real files only, which an archive cannot list. */
const unpacked = out.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');

export const PATHS = {
  /** Migrations, BIN table. */
  resources: path.resolve(out, '../resources'),
  specimens: path.resolve(unpacked, '../resources/specimens'),
  page: path.join(out, 'renderer'),
  preload: path.join(out, 'preload/index.cjs'),
  engineWorker: path.join(out, 'main/engine-worker.js'),
  stretchWorker: path.join(out, 'main/stretch-worker.js'),
  pictureWorker: path.join(out, 'main/picture-worker.js'),
} as const;
