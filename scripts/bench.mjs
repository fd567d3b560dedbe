/** `npm run bench [-- --only NAME] [--json FILE] [--count N]`: prints the figures; no test asserts them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from './lib/build.mjs';
import { electronEnvironment, provideElectron } from './lib/electron.mjs';
import { providePackages } from './lib/packages.mjs';
import { root } from './lib/places.mjs';
import { main, run } from './lib/say.mjs';
import { provideSystem } from './lib/system.mjs';

await main(async () => {
  await provideSystem({ forTests: true });
  await providePackages();
  const electron = await provideElectron();
  await build();
  const bench = [
    process.execPath,
    '--import',
    'tsx',
    path.join(root, 'test/bench/index.ts'),
    ...process.argv.slice(2),
  ];
  const virtual = process.platform === 'linux' && !process.env.DISPLAY && existsSync('/usr/bin/xvfb-run');
  // As large as the widest window that is measured.
  const screen = '-screen 0 2600x1600x24';
  const [command, ...args] = virtual ? ['xvfb-run', '-a', '-s', screen, ...bench] : bench;
  const { code } = await run(command, args, {
    cwd: root,
    env: { ...process.env, ...electronEnvironment(electron), CARDPROOF_ELECTRON: electron.executable },
  });
  return code;
});
