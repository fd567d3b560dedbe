/** A bare window of the same Electron with a page of our own making, for what people would compare us with. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { LONGEST_WAIT_MS } from '../patience';
import { electron } from './electron';
import { teach } from './paint';

/** Pictures are served the way the application serves them, only that nothing has to be found and decrypted. */
const MAIN = `const { app, BrowserWindow, protocol } = require('electron');
const { readFile, readdir } = require('node:fs/promises');
const pictures = process.env.PEER_PICTURES;
protocol.registerSchemesAsPrivileged([{ scheme: 'picture', privileges: { standard: true, secure: true } }]);
app.whenReady().then(async () => {
  const names = pictures ? await readdir(pictures) : [];
  protocol.handle('picture', async (request) => {
    const [, id] = /^.(\\d+)/.exec(new URL(request.url).pathname);
    const bytes = await readFile(pictures + '/' + names[Number(id) % names.length]);
    return new Response(bytes, { headers: { 'content-type': 'image/jpeg', 'cache-control': 'no-store' } });
  });
  const window = new BrowserWindow({
    width: 1360, height: 860,
    webPreferences: { nodeIntegration: true, contextIsolation: false, sandbox: false },
  });
  void window.loadFile(__dirname + '/index.html');
});`;

export interface PeerWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** For files that the page reads; goes with the window. */
  readonly folder: string;
  close(): Promise<void>;
}

export async function openPeerWindow(body: string, pictures?: string): Promise<PeerWindow> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cardproof-bench-'));
  await writeFile(path.join(folder, 'package.json'), '{"name":"peer","version":"1.0.0","main":"main.cjs"}');
  await writeFile(path.join(folder, 'main.cjs'), MAIN);
  await writeFile(
    path.join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><style>body { margin: 0 }</style>${body}`,
  );
  const rootOnly = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: electron(),
    timeout: LONGEST_WAIT_MS,
    args: [...rootOnly, '--disable-gpu', `--user-data-dir=${path.join(folder, 'data')}`, folder],
    env: { ...(process.env as Record<string, string>), ...(pictures && { PEER_PICTURES: pictures }) },
  });
  app.context().setDefaultTimeout(LONGEST_WAIT_MS);
  const page = await app.firstWindow({ timeout: LONGEST_WAIT_MS });
  await page.waitForLoadState('load');
  await teach(page);
  return {
    app,
    page,
    folder,
    async close() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
