/** `npm test`: everything that is needed is installed, then checks, unit to exploit tests, and the stories in real Electron. */
import { existsSync } from 'node:fs';
import { checkBare } from './check-bare.mjs';
import { check } from './check.mjs';
import { bin, build } from './lib/build.mjs';
import { electronEnvironment, provideElectron } from './lib/electron.mjs';
import { packageApplication } from './lib/package-app.mjs';
import { providePackages } from './lib/packages.mjs';
import { root } from './lib/places.mjs';
import { main, mustRun, run, say } from './lib/say.mjs';
import { provideSystem } from './lib/system.mjs';

/** Where there is no display the windows open on a virtual one. */
function onDisplay(command, args) {
  const needed = process.platform === 'linux' && !process.env.DISPLAY && existsSync('/usr/bin/xvfb-run');
  return needed ? ['xvfb-run', ['-a', '-s', '-screen 0 1600x1000x24', command, ...args]] : [command, args];
}

await main(async () => {
  await provideSystem({ forTests: true });
  await providePackages();
  const electron = await provideElectron();
  if ((await checkBare(electron)) !== 0) return 1;
  await build();

  say('▸ Check format, lint, types, dependency rules, unused code');
  if ((await check()) !== 0) return 1;

  const env = { ...process.env, ...electronEnvironment(electron), CARDPROOF_ELECTRON: electron.executable };
  const shell = process.platform === 'win32';
  say('▸ Unit, integration, contract and exploit tests');
  await mustRun(bin('vitest'), ['run'], 'Testing', 'npx vitest run', { cwd: root, env, shell });

  const testable = await packageApplication(electron, { testable: true });
  const shipping = await packageApplication(electron, { testable: false });
  say('▸ Stories in the packaged application');
  const [command, args] = onDisplay(bin('playwright'), ['test']);
  const { code } = await run(command, args, {
    cwd: root,
    env: { ...env, CARDPROOF_TESTABLE: testable, CARDPROOF_SHIPPING: shipping },
    shell,
  });
  return code;
});
