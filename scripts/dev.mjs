/**
 * `npm run dev`: the application, which takes over what is saved while it runs. `npm run dev -- --demo`: the window over an
 * invented world in a plain browser, which needs no Electron; src/demo/situations.ts says which worlds there are.
 */
import path from 'node:path';
import { bin, forgetBuild } from './lib/build.mjs';
import { electronEnvironment, provideElectron } from './lib/electron.mjs';
import { providePackages } from './lib/packages.mjs';
import { cacheDir, root } from './lib/places.mjs';
import { main, run, say } from './lib/say.mjs';
import { provideSystem } from './lib/system.mjs';

const DEMO = '--demo';
const words = process.argv.slice(2);
const others = words.filter((word) => word !== DEMO);
/** Trials stay away from the records of whoever develops. */
const profile = path.join(cacheDir, 'dev-profile');
const shell = process.platform === 'win32';

async function demo() {
  await providePackages();
  say('▸ Open the demonstration: the address is below');
  return run(bin('vite'), ['--config', 'vite.demo.config.ts', ...others], { cwd: root, shell });
}

async function application() {
  await provideSystem({ forTests: false });
  await providePackages();
  const electron = await provideElectron();
  forgetBuild();
  say('▸ Open CardProof: what is saved from now on is taken over');
  // Chromium's own sandbox cannot be used by root.
  const rootOnly = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = ['dev', '--watch', '--', ...rootOnly, `--user-data-dir=${profile}`, ...others];
  return run(bin('electron-vite'), args, {
    cwd: root,
    shell,
    env: { ...process.env, ...electronEnvironment(electron) },
  });
}

await main(async () => {
  const { code } = await (words.includes(DEMO) ? demo() : application());
  return code;
});
