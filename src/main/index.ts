/** The application with a window: one instance, one window, one desk. `process …` runs the same desk without a window. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { app, ipcMain, nativeTheme, session, shell as systemShell } from 'electron';
import type { DeskEvents } from '../core/desk-ports';
import { createLog, type Log } from '../adapters/files/log';
import { MENU_WORDS } from '../shared/messages/menu';
import type { Language, Settings } from '../shared/settings';
import { compose, type Composition } from './compose';
import { runHeadless } from './headless-run';
import { createDrops, type Drops } from './ipc/drops';
import { createHandlers } from './ipc/handlers';
import { register } from './ipc/register';
import type { Shell } from './ipc/shell';
import { createOpening, type Opening } from './opening';
import { PATHS } from './paths';
import { harden, hardenSession, isTrusted } from './security/harden';
import { readClipboard } from './windows/clipboard';
import { openMainWindow } from './windows/main-window';
import { setMenu, setMenuPlace } from './windows/menu';
import { declareProtocols, serveProtocols } from './windows/protocols';
import { createShownWindow, type ShownWindow } from './windows/shown-window';
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

function systemLanguage(): Language {
  return app.getLocale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** The bundled specimen pictures. */
async function specimens(): Promise<readonly string[]> {
  const names = (await readdir(PATHS.specimens)).filter((name) => name.endsWith('.jpg')).sort();
  return names.map((name) => path.join(PATHS.specimens, name));
}

async function openApplication(): Promise<void> {
  const folder = app.getPath('userData');
  const log = createLog(path.join(folder, 'logs'));
  process.on('uncaughtException', (error) => log('uncaught', error));
  process.on('unhandledRejection', (error) => log('unhandled', error));
  await app.whenReady();
  hardenSession();
  const window = createShownWindow();

  function language(): Language {
    const chosen = opening.composition()?.desk.settings.get().language ?? 'system';
    return chosen === 'system' ? systemLanguage() : chosen;
  }

  function showMenu(keys: Settings['keys']): void {
    setMenu({ language: language(), keys, command: (name) => window.tell('menu:command', name) });
  }

  function followSettings(settings: Settings): void {
    nativeTheme.themeSource = settings.theme;
    showMenu(settings.keys);
  }

  const events: DeskEvents = {
    queueChanged(status) {
      window.tell('queue:changed', status);
      window.progress(status);
    },
    intakeProgressed: (progress) => window.tell('intake:progress', progress),
    viewPatched: (patch) => window.tell('view:patch', patch),
    undoChanged: (state) => window.tell('edit:changed', state),
    settingsChanged(settings) {
      window.tell('settings:changed', settings);
      followSettings(settings);
    },
    sessionChanged: (session) => window.tell('session:changed', session),
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
  const drops = createDrops();
  register(createHandlers(createShell(window, opening, drops, language)), {
    handle: (name, act) => ipcMain.handle(name, act),
    trusted: isTrusted,
    keepDropped: drops.keep,
    note: log,
  });

  serveProtocols(PATHS.page, () => opening.composition()?.desk);
  showMenu(opening.composition()?.desk.settings.get().keys ?? {});
  window.show(openMainWindow(folder, PATHS.preload));

  app.on('second-instance', () => window.focus());
  app.on('window-all-closed', () => app.quit());
  closeBeforeQuitting(() => opening.composition()?.close(), log);
}

/** What the handlers need of Electron and of the system. */
function createShell(window: ShownWindow, opening: Opening, drops: Drops, language: () => Language): Shell {
  const opened = opening.open();
  let lastSheet: string | undefined;
  return {
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
    chooseFiles: () => window.choose('files'),
    chooseFolder: () => window.choose('folders'),
    readClipboard: async () => readClipboard(MENU_WORDS.pastedPicture[language()]),
    droppedPaths: drops.take,
    specimens,
    chooseSheet: window.chooseSheet,
    sheetProgress: (written, total) => window.tell('sheet:progress', { written, total }),
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
}

function closeBeforeQuitting(close: () => Promise<void> | undefined, log: Log): void {
  let closing = false;
  app.on('before-quit', (event) => {
    if (closing) return;
    closing = true;
    event.preventDefault();
    (close() ?? Promise.resolve())
      .catch((error: unknown) => log('closing failed', error))
      .finally(() => app.exit(0));
  });
}
