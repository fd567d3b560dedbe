/** `npm start`: whatever is missing is installed and built, then the application opens; `npm start -- process …` runs without a window. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from './lib/build.mjs';
import { electronEnvironment, provideElectron } from './lib/electron.mjs';
import { providePackages } from './lib/packages.mjs';
import { root } from './lib/places.mjs';
import { main, run, say } from './lib/say.mjs';
import { provideSystem } from './lib/system.mjs';

const words = process.argv.slice(2);

/** A session that can show a window: macOS and Windows always, elsewhere when X11 or Wayland says so. */
function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

async function headless(args) {
  const { code } = await run(process.execPath, [path.join(root, 'out/main/headless.js'), ...args], {
    endsItself: true,
  });
  return code;
}

await main(async () => {
  await provideSystem({ forTests: false });
  await providePackages();
  await build();
  if (words.includes('process')) return headless(words);

  if (!hasDisplay()) {
    const sheet = path.join(process.cwd(), 'cardproof-specimens.xlsx');
    say(
      '▸ There is no display here: the same application recognises the bundled specimen cards without a window',
    );
    const folder = path.join(root, 'resources/specimens');
    const specimens = readdirSync(folder).filter((name) => name.endsWith('.jpg'));
    const pictures = specimens.map((name) => path.join(folder, name));
    const code = await headless(['process', ...pictures, '--export', sheet]);
    if (existsSync(sheet)) say(`▸ The sheet is at ${sheet}`);
    // Some specimens are there to be refused: failing to read them is what they are for.
    return code === 2 ? 0 : code;
  }
  const electron = await provideElectron();
  say('▸ Open CardProof');
  // Chromium's own sandbox cannot be used by root; the window's sandbox stays on.
  const rootArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const { code } = await run(electron.executable, [...rootArgs, root, ...words], {
    env: { ...process.env, ...electronEnvironment(electron) },
    endsItself: true,
  });
  return code;
});
