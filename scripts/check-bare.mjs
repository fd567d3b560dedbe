/**
 * `npm run check:bare`: whatever `npm start` and `npm test` reach outside of the project is installed by
 * scripts/lib/system.mjs or part of the smallest Debian, so that nothing depends on what happens to be installed.
 *
 * Two lists are held against it. One was traced once, file by file: scripts/lib/system-files.json, made anew by
 * `npm run check:bare -- --trace` as root on Debian with strace (see scripts/lib/trace-system.mjs). The other is read
 * here and now: the libraries that each executable and native module of ours asks for. Files are judged by the package
 * that they are in, so that another release of Debian, where they have other numbers in their names, says the same.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import {
  closureOf,
  filesOf,
  installedName,
  installedPackages,
  isDebian,
  timeless,
  timelessPackage,
} from './lib/debian.mjs';
import { provideElectron } from './lib/electron.mjs';
import { neededBy } from './lib/elf.mjs';
import { root } from './lib/places.mjs';
import { main, say } from './lib/say.mjs';
import { PARTS } from './lib/system.mjs';

const LIST = path.join(root, 'scripts/lib/system-files.json');
/** What the packages of one part bring: their files, the names of their libraries and their own names. */
function broughtBy(packages, names) {
  const closure = closureOf(packages, names);
  const [files, libraries] = [new Set(), new Set()];
  for (const name of closure) {
    for (const file of filesOf(packages, name)) {
      files.add(timeless(file));
      if (file.includes('.so')) libraries.add(path.basename(file));
    }
  }
  return { files, libraries, packages: new Set([...closure].map(timelessPackage)) };
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(file);
    else if (entry.isFile()) yield file;
  }
}

/** By name: libraries, native modules, and executables, which have no ending. */
const mayBeNative = (file) => /\.node$|\.so(?:\.|$)/.test(file) || !path.basename(file).includes('.');

/** Each library that ours ask the system for, with who asks. Those that lie beside one another are ours. */
function askedFor(electron) {
  const folders = [path.join(root, 'node_modules'), electron.dist];
  const natives = folders.flatMap((folder) => [...filesBelow(folder)].filter(mayBeNative));
  const ours = new Set(natives.map((file) => path.basename(file)));
  return natives.flatMap((file) => {
    const needed = neededBy(file) ?? [];
    // Built for another C library, musl: npm installs such beside ours, and nothing loads them here.
    if (needed.some((name) => name === 'libc.so' || name.includes('musl'))) return [];
    const part = file.includes(`${path.sep}keytar${path.sep}`) ? 'build' : 'run';
    return needed.filter((name) => !ours.has(name)).map((library) => ({ file, library, part }));
  });
}

function firstMissing(part, brought, traced, asked) {
  for (const [owner, files] of Object.entries(traced)) {
    if (brought.packages.has(owner)) continue;
    const file = files.find((name) => !brought.files.has(name));
    if (file) return `${file} of the package ${owner}`;
  }
  const library = asked.find((one) => one.part === part && !brought.libraries.has(one.library));
  return library && `${library.library}, which ${path.relative(root, library.file)} asks for`;
}

/** @returns the exit code */
export async function checkBare(electron) {
  if (!isDebian()) {
    say('▸ System files: nothing to check, since scripts/lib/system.mjs installs packages on Debian only');
    return 0;
  }
  const started = Date.now();
  const packages = installedPackages();
  const asked = askedFor(electron);
  const list = JSON.parse(readFileSync(LIST, 'utf8'));
  for (const [part, wanted] of Object.entries(PARTS)) {
    const names = wanted.map((name) => installedName(packages, name));
    const absent = names.filter((name) => !packages.has(name));
    if (absent.length > 0) {
      say(`▸ System files (${part}): not checked, since these are not installed: ${absent.join(', ')}`);
      continue;
    }
    const missing = firstMissing(part, broughtBy(packages, names), list[part], asked);
    if (missing) {
      say(`✗ System files (${part}): nothing that scripts/lib/system.mjs installs brings ${missing}`);
      return 1;
    }
  }
  const files = Object.values(list).flatMap((part) => Object.values(part).flat());
  const libraries = new Set(asked.map(({ library }) => library));
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  say(
    `▸ ${files.length} system files and ${libraries.size} libraries come with what is installed (${seconds} s)`,
  );
  return 0;
}

if (process.argv[1]?.endsWith('check-bare.mjs')) {
  await main(async () => {
    const electron = await provideElectron();
    if (!process.argv.includes('--trace')) return checkBare(electron);
    const { traceSystem } = await import('./lib/trace-system.mjs');
    return traceSystem(electron, LIST);
  });
}
