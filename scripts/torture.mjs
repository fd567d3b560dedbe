/** `npm run torture [-- --kills N] [--seed S]`: kills the queue at work and prints what was lost and paid again. */
import path from 'node:path';
import { providePackages } from './lib/packages.mjs';
import { root } from './lib/places.mjs';
import { main, run } from './lib/say.mjs';

await main(async () => {
  await providePackages();
  const script = path.join(root, 'test/torture/index.ts');
  const { code } = await run(process.execPath, ['--import', 'tsx', script, ...process.argv.slice(2)], {
    cwd: root,
  });
  return code;
});
