/** npm packages, installed once for each content of the lock file. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CannotGoOn, mustRun, step } from './say.mjs';
import { cacheDir, root } from './places.mjs';

export async function providePackages() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new CannotGoOn(
      `CardProof needs Node 20.19 or newer; this is ${process.versions.node}.`,
      'node --version   # after installing a newer Node from nodejs.org',
    );
  }
  const stamp = path.join(cacheDir, 'packages.sha256');
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .update(readFileSync(path.join(root, 'package.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  await step('Install npm packages (a few hundred megabytes, once)', async () => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    await mustRun(npm, ['ci', '--loglevel=error'], 'Installing npm packages', 'npm ci', {
      quiet: true,
      cwd: root,
      // Its CPU libraries are in the package; the script would fetch GPU ones, which a closed network refuses.
      env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
      shell: process.platform === 'win32',
    });
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(stamp, lock);
  });
}
