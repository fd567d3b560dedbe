/** Builds the application when something that it is made of changed since the last time. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheDir, root } from './places.mjs';
import { mustRun, step } from './say.mjs';

/** Names, sizes and times of all files below some places: cheap, and changes whenever an editor saves. */
export function fingerprint(places) {
  const hash = createHash('sha256');
  const visit = (file) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) for (const name of readdirSync(file).sort()) visit(path.join(file, name));
    else hash.update(`${path.relative(root, file)} ${stat.size} ${stat.mtimeMs}\n`);
  };
  for (const place of places) visit(path.join(root, place));
  return hash.digest('hex');
}

/** Runs `work` unless it was done for the same fingerprint and its result is still there. */
export async function once(name, places, result, title, work) {
  const stamp = path.join(cacheDir, `${name}.stamp`);
  const now = fingerprint(places);
  if (existsSync(path.join(root, result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  await step(title, work);
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(stamp, now);
}

/** Before something else is built in its place: the next start builds anew. */
export function forgetBuild() {
  rmSync(path.join(cacheDir, 'build.stamp'), { force: true });
}

const SOURCES = ['src', 'electron.vite.config.ts', 'tsconfig.base.json', 'package-lock.json'];

export function build() {
  return once('build', SOURCES, 'out/main/headless.js', 'Build', () =>
    mustRun(bin('electron-vite'), ['build', '--logLevel', 'warn'], 'Building', 'npm run build', {
      cwd: root,
      quiet: true,
      shell: process.platform === 'win32',
    }),
  );
}

export function bin(name) {
  return path.join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}
