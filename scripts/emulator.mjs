/** `npm run emulator -- …`: the cloud's stand-in. Its one line goes to standard output, everything else to standard error. */
import path from 'node:path';
import { build } from './lib/build.mjs';
import { providePackages } from './lib/packages.mjs';
import { root } from './lib/places.mjs';
import { main } from './lib/say.mjs';

await main(async () => {
  await providePackages();
  await build();
  const { pathToFileURL } = await import('node:url');
  process.argv.splice(1, 1, path.join(root, 'out/main/emulator.js'));
  await import(pathToFileURL(process.argv[1]).href);
});
