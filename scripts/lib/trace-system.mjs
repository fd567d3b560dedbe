/**
 * Makes scripts/lib/system-files.json: every file outside of the project that the two README commands open or run.
 * As root on Debian after `npm test` ran once, with strace installed. The commands run in the pieces that start
 * programs of the system or load native code; what is in another package than ours then shows in `npm run check:bare`.
 */
import {
  createReadStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { spawn } from 'node:child_process';
import { bin, build } from './build.mjs';
import {
  closureOf,
  filesOf,
  installedName,
  installedPackages,
  timeless,
  timelessPackage,
} from './debian.mjs';
import { electronEnvironment } from './electron.mjs';
import { packageApplication } from './package-app.mjs';
import { root } from './places.mjs';
import { run, say, step } from './say.mjs';
import { PARTS } from './system.mjs';

const DISPLAY = ':87';
/** The machine's own, the user's, and Node with npm, which the README asks for. */
const NOT_OURS = [
  root,
  os.homedir(),
  os.tmpdir(),
  path.dirname(path.dirname(realpathSync(process.execPath))) + '/lib/node_modules',
  path.dirname(path.dirname(realpathSync(process.execPath))) + '/include/node',
  realpathSync(process.execPath),
  ...[
    '/proc',
    '/sys',
    '/dev',
    '/run',
    '/var/run',
    '/var/tmp',
    '/var/lib',
    '/var/cache',
    '/usr/etc',
    '/usr/local',
  ],
  ...['/etc/ssl/certs', '/etc/apt', '/etc/machine-id', '/usr/share/zoneinfo'],
];
/** Written by a package's script when it, or one beside it, is installed; so in no package's list. */
const WRITTEN_BY = [
  [/^\/etc\/ld\.so\.cache$/, 'libc-bin'],
  [/^\/etc\/(?:passwd|group|shadow|nsswitch\.conf)$/, 'base-passwd'],
  [/^\/etc\/(?:hosts|hostname|resolv\.conf|localtime|timezone|environment|default\/locale)$/, 'base-files'],
  [/^\/usr\/share\/mime\//, 'shared-mime-info'],
  [/\/gdk-pixbuf-[\d.]+\/[\d.]+\/loaders\.cache$/, 'libgdk-pixbuf-2.0-0'],
  [/\/(?:gschemas\.compiled|giomodule\.cache)$/, 'libglib2.0-0'],
  [/\/gtk-3\.0\/[\d.]+\/immodules\.cache$/, 'libgtk-3-0'],
  [/\/locale\/locale-archive$/, 'libc-bin'],
];

function steps(electron, packages) {
  const env = { ...process.env, ...electronEnvironment(electron), CARDPROOF_ELECTRON: electron.executable };
  const stories = { ...env, CARDPROOF_TESTABLE: packages.testable, CARDPROOF_SHIPPING: packages.shipping };
  const withoutDisplay = Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'DISPLAY'));
  // Everything is many times slower when it is watched.
  const story = [bin('playwright'), 'test', '--timeout', '0', 'test/e2e/passphrase.spec.ts'];
  const tests = ['keychain', 'headless', 'left-behind', 'lost-records', 'emulator-cli', 'picture-process'];
  return [
    { part: 'run', env: withoutDisplay, command: [process.execPath, 'scripts/start.mjs'] },
    // Its display is there before: what an X server opens is no part of running the application.
    { part: 'run', env: { ...stories, DISPLAY }, command: story },
    {
      part: 'build',
      env: { ...env, npm_config_build_from_source: 'true' },
      command: ['npm', 'rebuild', 'keytar', '--ignore-scripts=false'],
    },
    { part: 'test', env: stories, command: ['xvfb-run', '-a', '-s', '-screen 0 1600x1000x24', ...story] },
    {
      part: 'test',
      env,
      command: [bin('vitest'), 'run', ...tests.map((name) => `test/integration/${name}.test.ts`)],
    },
  ];
}

/** Every file that a command and its children opened or ran, by its real name. */
async function opened({ command, env }, folder) {
  const log = path.join(folder, 'strace');
  const words = [
    '-f',
    '-qq',
    '-y',
    '--seccomp-bpf',
    '-s',
    '4096',
    '-e',
    'trace=execve,open,openat',
    '-o',
    log,
  ];
  const { code, output } = await run('strace', [...words, '--', ...command], { cwd: root, env, quiet: true });
  // What was too slow for a test under watch reached its files all the same.
  if (code !== 0) say(`  ended with ${code}: ${output.slice(-600)}`);
  const files = new Set();
  const begun = new Map();
  for await (const line of createInterface({ input: createReadStream(log) })) {
    const file = /(?:open|openat)(?:\(| resumed).* = \d+<(\/[^>]*)>$/.exec(line)?.[1];
    if (file) files.add(file);
    const started = /^(\d+) +execve\("([^"]+)"/.exec(line);
    if (started) begun.set(started[1], started[2]);
    const thread = /^(\d+) .*execve.* = 0$/.exec(line)?.[1];
    const program = thread && begun.get(thread);
    if (program && existsSync(program)) files.add(realpathSync(program));
  }
  return [...files].filter(
    (file) => !NOT_OURS.some((place) => file === place || file.startsWith(`${place}/`)) && isPlainFile(file),
  );
}

function isPlainFile(file) {
  if (file.includes('/__pycache__/') || file.endsWith(' (deleted)') || !existsSync(file)) return false;
  try {
    readdirSync(file);
    return false;
  } catch (error) {
    if (error.code === 'ENOTDIR') return true;
    throw error;
  }
}

function ownersOf(packages) {
  const owners = new Map();
  for (const name of packages.keys())
    for (const file of filesOf(packages, name)) owners.set(timeless(file), name);
  return (file) => owners.get(timeless(file)) ?? WRITTEN_BY.find(([pattern]) => pattern.test(file))?.[1];
}

/**
 * The part whose packages bring an owner: what the application reaches only because a later part's packages are there
 * (drivers for the X server's screen, keytar's library) is that part's. In none of them: left where it was reached, to be named.
 */
function partsOf(packages) {
  const parts = Object.entries(PARTS).map(([part, names]) => {
    return {
      part,
      brought: closureOf(
        packages,
        names.map((name) => installedName(packages, name)),
      ),
    };
  });
  return (reached, owner) => {
    const from = parts.findIndex(({ part }) => part === reached);
    return parts.slice(from).find(({ brought }) => brought.has(owner))?.part ?? reached;
  };
}

export async function traceSystem(electron, list) {
  await build();
  const testable = await packageApplication(electron, { testable: true });
  const shipping = await packageApplication(electron, { testable: false });
  const packages = installedPackages();
  const ownerOf = ownersOf(packages);
  const partOf = partsOf(packages);
  const found = { run: {}, build: {}, test: {} };
  const display = spawn('Xvfb', [DISPLAY, '-screen', '0', '1600x1000x24'], { stdio: 'ignore' });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-trace-'));
  try {
    for (const one of steps(electron, { testable, shipping })) {
      const files = await step(`Trace ${one.command.slice(0, 3).join(' ')}`, () => opened(one, folder));
      for (const file of files) {
        const owner = ownerOf(file);
        if (!owner) {
          say(`  in no package, left out: ${file}`);
          continue;
        }
        const ofOwner = (found[partOf(one.part, owner)][timelessPackage(owner)] ??= []);
        if (!ofOwner.includes(timeless(file))) ofOwner.push(timeless(file));
      }
    }
  } finally {
    display.kill();
    rmSync(folder, { recursive: true, force: true });
  }
  const sorted = (part) =>
    Object.fromEntries(
      Object.entries(part)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([owner, files]) => [owner, files.sort()]),
    );
  const text = JSON.stringify(
    Object.fromEntries(Object.entries(found).map(([part, owners]) => [part, sorted(owners)])),
    null,
    2,
  );
  writeFileSync(list, `${text}\n`);
  say(`▸ ${list} is made anew; npm run check:bare holds it against what is installed`);
  return 0;
}
