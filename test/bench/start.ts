/** From the start of the process to a window that can be used, against an empty window of the same Electron. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { _electron } from '@playwright/test';
import { inTurns, type Figure } from './figure';
import { LONGEST_WAIT_MS } from './patience';

const ROUNDS = 5;
const EMPTY = `import { app, BrowserWindow } from 'electron';
app.whenReady().then(() => {
  const window = new BrowserWindow({ show: false });
  window.once('ready-to-show', () => window.show());
  void window.loadURL('data:text/html,<h1>empty</h1>');
});`;

async function open(folder: string, userData: string, usable: string): Promise<void> {
  const rootOnly = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: process.env['CARDPROOF_ELECTRON'] ?? '',
    timeout: LONGEST_WAIT_MS,
    args: [...rootOnly, '--disable-gpu', `--user-data-dir=${userData}`, folder],
    env: { ...(process.env as Record<string, string>), CARDPROOF_PASSPHRASE: 'a passphrase for the bench' },
  });
  const page = await app.firstWindow({ timeout: LONGEST_WAIT_MS });
  await page.locator(usable).first().waitFor({ timeout: LONGEST_WAIT_MS });
  // Killed, not closed: ending is not part of the figure.
  app.process().kill('SIGKILL');
}

export async function benchStart(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cardproof-bench-'));
  try {
    const empty = path.join(folder, 'empty');
    await mkdir(empty);
    await writeFile(
      path.join(empty, 'package.json'),
      '{"name":"empty","version":"1.0.0","type":"module","main":"main.js"}',
    );
    await writeFile(path.join(empty, 'main.js'), EMPTY);
    const ours = () => open(path.resolve('.'), path.join(folder, 'ours'), 'button:enabled');
    const peer = () => open(empty, path.join(folder, 'peer'), 'h1');
    await ours();
    await peer();
    const times = await inTurns(ROUNDS, ours, peer);
    return [
      {
        name: 'start.usable',
        ours: times.ours,
        peer: times.peer,
        unit: 'ms',
        ratio: times.ours / times.peer,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
