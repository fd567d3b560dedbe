/** `npm run package`: the application as it is shipped, as a folder under dist/shipping. */
import { build } from './lib/build.mjs';
import { provideElectron } from './lib/electron.mjs';
import { packageApplication } from './lib/package-app.mjs';
import { providePackages } from './lib/packages.mjs';
import { main, say } from './lib/say.mjs';
import { provideSystem } from './lib/system.mjs';

await main(async () => {
  await provideSystem({ forTests: false });
  await providePackages();
  await build();
  const folder = await packageApplication(await provideElectron(), { testable: false });
  say(`▸ The application is in ${folder}`);
});
