/** The packaged application as a folder, made by electron-builder from the Electron that is here. */
import path from 'node:path';
import { bin, once } from './build.mjs';
import { checkNotices, writeNotices } from './notices.mjs';
import { root } from './places.mjs';
import { mustRun } from './say.mjs';

const MADE_OF = ['out', 'resources', 'electron-builder.yml', 'package-lock.json', 'scripts/lib/notices.mjs'];

/**
 * `testable`: the same package with one fuse on, Node's inspector, through which Playwright drives it.
 * @returns the folder below dist/
 */
export async function packageApplication(electron, { testable }) {
  const output = testable ? 'dist/testable' : 'dist/shipping';
  const args = [
    '--dir',
    `-c.electronDist=${electron.dist}`,
    `-c.electronVersion=${electron.version}`,
    `-c.directories.output=${output}`,
    ...(testable ? ['-c.electronFuses.enableNodeCliInspectArguments=true'] : []),
  ];
  await once(
    `package-${testable ? 'testable' : 'shipping'}`,
    MADE_OF,
    output,
    `Package the application (${output})`,
    async () => {
      const noticed = await writeNotices();
      await mustRun(bin('electron-builder'), args, 'Packaging', 'npm run package', {
        cwd: root,
        quiet: true,
        shell: process.platform === 'win32',
      });
      await checkNotices(path.join(root, output), noticed);
    },
  );
  return path.join(root, output);
}
