/** The Debian packages that Electron, keytar's build and the tests need. Installed only where we may: root on Debian. */
import { existsSync } from 'node:fs';
import { CannotGoOn, mustRun, run, say, step } from './say.mjs';

const RUN = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'fonts-noto-cjk'];
/** keytar is built from source against libsecret: it must be there before npm runs, or npm skips keytar without a word. */
const BUILD_KEYTAR = ['libsecret-1-dev', 'pkg-config', 'python3', 'make', 'g++'];
const TEST = ['xvfb', 'xauth', 'dbus', 'gnome-keyring'];
/** Who runs the application needs no package of the tests; keytar is left out where its build cannot be had. */
export const PARTS = { run: RUN, build: [...RUN, ...BUILD_KEYTAR], test: [...RUN, ...BUILD_KEYTAR, ...TEST] };

async function missing(names) {
  const { output } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\\n', ...names], {
    quiet: true,
  });
  const present = new Set(
    output
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0].split(':')[0]),
  );
  return names.filter((name) => !present.has(name));
}

export async function provideSystem({ forTests }) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return;
  const wanted = [...RUN, ...BUILD_KEYTAR, ...TEST];
  let absent = await missing(wanted);
  // Newer Debian and Ubuntu renamed these two for 64-bit time; either name serves.
  const renamed = (await missing(['libgtk-3-0t64', 'libasound2t64'])).map((name) => name.replace('t64', ''));
  absent = absent.filter((name) => !['libgtk-3-0', 'libasound2'].includes(name) || renamed.includes(name));
  if (absent.length === 0) return;
  const command = `apt-get update && apt-get install -y --no-install-recommends ${absent.join(' ')}`;
  if (process.getuid() !== 0) {
    const needed = absent.filter((name) => RUN.includes(name) || (forTests && TEST.includes(name)));
    if (needed.length > 0) {
      throw new CannotGoOn(`System libraries are missing: ${needed.join(', ')}.`, `sudo sh -c '${command}'`);
    }
    say(`▸ Not installed, and not needed to go on: ${absent.join(', ')}`);
    return;
  }
  await step(`Install system libraries: ${absent.join(', ')}`, async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await mustRun('apt-get', ['update', '-qq'], 'Reading the package lists', undefined, { quiet: true, env });
    await mustRun(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', ...absent],
      'Installing system libraries',
      command,
      { quiet: true, env },
    );
  });
}
