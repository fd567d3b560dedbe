/** Whoever has the application finds beside it what it is made of, and under which licences. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { packagedExecutable } from './application';

test('the notices lie in the folder of what is shipped', () => {
  const executable = path.dirname(packagedExecutable('CARDPROOF_SHIPPING'));
  const folder = process.platform === 'darwin' ? path.dirname(executable) : executable;
  const notices = readFileSync(path.join(folder, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  // Shipped as a package, bundled into the window, a library within a package, a model.
  for (const part of ['\nsharp@', '\nvue-i18n@', 'SQLite3 Multiple Ciphers', 'PP-OCRv4'])
    expect(notices).toContain(part);
  // Electron's own lie beside it, save where the system's bundles keep them elsewhere.
  if (process.platform === 'darwin') return;
  for (const file of ['LICENSE.electron.txt', 'LICENSES.chromium.html'])
    expect(existsSync(path.join(folder, file)), file).toBe(true);
});
