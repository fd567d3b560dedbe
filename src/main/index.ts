/** The application with a window: one instance, one window, one desk. `process …` runs the same desk without a window. */
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import {
  app,
  type BrowserWindow,
  dialog,
  ipcMain,
  nativeTheme,
  session,
  shell as systemShell,
} from 'electron';
import type { DeskEvents } from '../core/desk';
import { createLog } from '../adapters/files/log';
import type { EventName, Events, QueueStatus } from '../shared/ipc';
import type { Language, Settings } from '../shared/settings';
import { compose, type Composition } from './compose';
import { runHeadless } from './headless-run';
import { createHandlers } from './ipc/handlers';
import { register } from './ipc/register';
import type { Shell } from './ipc/shell';
import { createOpening } from './opening';
import { PATHS } from './paths';
import { harden, hardenSession, isTrusted } from './security/harden';
import { readClipboard } from './windows/clipboard';
import { openMainWindow } from './windows/main-window';
import { setMenu, setMenuPlace } from './windows/menu';
import { declareProtocols, serveProtocols } from './windows/protocols';
import { spawnUtilityProcess } from './windows/spawn-worker';

const words = process.argv.slice(app.isPackaged ? 1 : 2).filter((word) => !word.startsWith('--no-sandbox'));
const headless = words.indexOf('process');

declareProtocols();
harden();
if (headless >= 0) void processWithoutWindow(words.slice(headless));
else if (app.requestSingleInstanceLock()) void openApplication();
else app.quit();

async function processWithoutWindow(commandLine: readonly string[]): Promise<void> {
  await app.whenReady();
  // Electron's own way of ending at a signal would leave the run's folder: the run ends as it does in plain Node.
  app.on('before-quit', (event) => {
    event.preventDefault();
    process.emit('SIGTERM');
  });
  const code = await runHeadless(commandLine, {
    spawn: spawnUtilityProcess,
    resolveProxy: systemProxy,
  });
  app.exit(code);
}

/** The system's proxy for an address, as `http://host:port`; undefined for a direct connection. */
async function systemProxy(url: string): Promise<string | undefined> {
  const answer = await session.defaultSession.resolveProxy(url);
  const [, kind, place] = /^(PROXY|HTTPS)\s+(\S+)/.exec(answer) ?? [];
  return place && `${kind === 'HTTPS' ? 'https' : 'http'}://${place}`;
}

async function openApplication(): Promise<void> {
  const folder = app.getPath('userData');
  const log = createLog(path.join(folder, 'logs'));
  process.on('uncaughtException', (error) => log('uncaught', error));
  process.on('unhandledRejection', (error) => log('unhandled', error));
  await app.whenReady();
  hardenSession();

  const shown: { window?: BrowserWindow } = {};
  const dropped = new Map<string, readonly string[]>();
  let lastSheet: string | undefined;

  function tell<Name extends EventName>(name: Name, payload: Events[Name]): void {
    const { window } = shown;
    if (window && !window.isDestroyed()) window.webContents.send(name, payload);
  }

  function systemLanguage(): Language {
    return app.getLocale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
  }

  function language(): Language {
    const chosen = opening.composition()?.desk.settings.get().language ?? 'system';
    return chosen === 'system' ? systemLanguage() : chosen;
  }

  function showMenu(keys: Settings['keys']): void {
    setMenu({ language: language(), keys, command: (name) => tell('menu:command', name) });
  }

  function followSettings(settings: Settings): void {
    nativeTheme.themeSource = settings.theme;
    showMenu(settings.keys);
  }

  function showProgress({ kind, done, total }: QueueStatus): void {
    const { window } = shown;
    if (!window || window.isDestroyed()) return;
    window.setProgressBar(kind === 'running' && total > 0 ? done / total : -1);
  }

  const events: DeskEvents = {
    queueChanged(status) {
      tell('queue:changed', status);
      showProgress(status);
    },
    intakeProgressed: (progress) => tell('intake:progress', progress),
    viewPatched: (patch) => tell('view:patch', patch),
    undoChanged: (state) => tell('edit:changed', state),
    settingsChanged(settings) {
      tell('settings:changed', settings);
      followSettings(settings);
    },
    sessionChanged: (session) => tell('session:changed', session),
    defect: (error) => log('defect', error),
  };

  const opening = createOpening(
    (keychain, passphrase) =>
      compose({
        profileFolder: process.env['CARDPROOF_PROFILE'] ?? path.join(folder, 'profile'),
        keychain,
        passphrase,
        environment: process.env,
        places: PATHS,
        spawn: spawnUtilityProcess,
        resolveProxy: systemProxy,
        events,
        log,
      }),
    process.env,
    ({ desk }: Composition) => {
      followSettings(desk.settings.get());
      desk.start();
    },
    log,
  );
  const opened = opening.open();

  async function choose(
    properties: ('openFile' | 'openDirectory' | 'multiSelections')[],
  ): Promise<readonly string[]> {
    const { window } = shown;
    if (!window) return [];
    const answer = await dialog.showOpenDialog(window, { properties });
    return answer.canceled ? [] : answer.filePaths;
  }

  const shell: Shell = {
    composition: opening.composition,
    async info() {
      await opened;
      return {
        version: app.getVersion(),
        platform: process.platform,
        systemLanguage: systemLanguage(),
        lock: opening.lock(),
        keyKeptIn: opening.composition()?.keyKeptIn ?? 'passphrase',
      };
    },
    unlock: opening.unlock,
    chooseFiles: () => choose(['openFile', 'multiSelections']),
    chooseFolder: () => choose(['openDirectory', 'multiSelections']),
    readClipboard: async () => readClipboard(language() === 'en' ? 'Pasted picture' : '粘贴的图片'),
    droppedPaths(token) {
      const paths = dropped.get(token);
      dropped.delete(token);
      return paths;
    },
    async specimens() {
      const names = (await readdir(PATHS.specimens)).filter((name) => name.endsWith('.jpg')).sort();
      return names.map((name) => path.join(PATHS.specimens, name));
    },
    async chooseSheet(name) {
      const { window } = shown;
      if (!window) return undefined;
      const answer = await dialog.showSaveDialog(window, {
        defaultPath: path.join(app.getPath('documents'), name),
        filters: [{ name: 'Excel', extensions: ['xlsx'] }],
      });
      return answer.canceled || !answer.filePath ? undefined : answer.filePath;
    },
    sheetProgress: (written, total) => tell('sheet:progress', { written, total }),
    sheetWritten(file) {
      lastSheet = file;
      return path.basename(file);
    },
    showPlace: setMenuPlace,
    showSheet() {
      if (lastSheet) systemShell.showItemInFolder(lastSheet);
    },
    batchName: () => new Date().toLocaleString(language(), { dateStyle: 'medium', timeStyle: 'short' }),
  };

  register(createHandlers(shell), {
    handle: (name, act) => ipcMain.handle(name, act),
    trusted: isTrusted,
    keepDropped(paths) {
      const token = randomUUID();
      // A drop is taken up at once; older tokens were given up.
      dropped.clear();
      dropped.set(token, paths);
      return token;
    },
    note: log,
  });

  serveProtocols(PATHS.page, () => opening.composition()?.desk);
  showMenu(opening.composition()?.desk.settings.get().keys ?? {});
  shown.window = openMainWindow(folder, PATHS.preload);

  app.on('second-instance', () => {
    if (shown.window?.isMinimized()) shown.window.restore();
    shown.window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  let closing = false;
  app.on('before-quit', (event) => {
    if (closing) return;
    closing = true;
    event.preventDefault();
    (opening.composition()?.close() ?? Promise.resolve())
      .catch((error: unknown) => log('closing failed', error))
      .finally(() => app.exit(0));
  });
}
