/**
 * The application with a window: one instance, one window, one desk. The window is opened and its page asked for first, with
 * nothing loaded that needs a package; the desk is loaded while the page is.
 */
import { app, ipcMain, powerMonitor, type BrowserWindow } from 'electron';
import type { Log } from '../adapters/files/log';
import { openKeychain } from '../adapters/keychain/keychain';
import type { CancelSignal } from '../core/recognition/ports';
import type { Beginning, Served } from './beginning';
import { codeOf, createEnding, hearSignals, SYSTEM_ENDS } from './ending';
import { listenEarly } from './ipc/early-edge';
import { PATHS } from './paths';
import { hardenSession } from './security/harden';
import { systemLanguage } from './system-language';
import { openMainWindow } from './windows/main-window';
import { setMenu } from './windows/menu';
import { servePage, servePictures } from './windows/protocols';
import { createShownWindow } from './windows/shown-window';

export async function openApplication(beginning: Beginning): Promise<void> {
  performance.mark('modules');
  const { log } = beginning;
  process.on('uncaughtException', (error) => log('uncaught', error));
  process.on('unhandledRejection', (error) => log('unhandled', error));
  await app.whenReady();
  performance.mark('ready');
  hardenSession();
  const window = createShownWindow();
  let began: () => void = () => undefined;
  const pageBegan = new Promise<void>((resolve) => (began = resolve));
  servePage(PATHS.page, began);
  const served = serve(beginning, pageBegan, window, log);
  servePictures(served.then(({ picture }) => picture));
  const opened = openMainWindow(beginning.userData, PATHS.preload);
  window.show(opened);
  setMenu({
    language: systemLanguage(),
    keys: {},
    command: (name) => window.tell('menu:command', name),
  });
  // A page that has no script, or none that came, is told so all the same; and one that was closed will never begin.
  opened.webContents.once('did-stop-loading', began);
  opened.once('closed', began);
  listenEarly(
    (name, act) => ipcMain.handle(name, act),
    served.then(({ acts }) => acts),
  );

  app.on('second-instance', () => window.focus());
  app.on('window-all-closed', () => app.quit());
  endInOrder(opened, async (enough) => (await served).close(enough), log);
}

/** The keychain is asked while the desk is loaded. */
async function serve(
  beginning: Beginning,
  pageBegan: Promise<void>,
  window: ReturnType<typeof createShownWindow>,
  log: Log,
): Promise<Served> {
  try {
    // What is loaded holds this thread, and it is this thread that hands the page's files over.
    await pageBegan;
    const keychain = openKeychain();
    const { serveDesk } = await import('./serve-desk');
    return serveDesk({ ...beginning, keychain }, window, log);
  } catch (error) {
    log('the desk was not loaded', error);
    throw error;
  }
}

/**
 * One way for all that ends the application: a person, a signal, the system. Electron quits at a signal by itself until somebody
 * listens to it after it has become ready.
 */
function endInOrder(window: BrowserWindow, close: (enough: CancelSignal) => Promise<void>, log: Log): void {
  const ending = createEnding({
    close(enough) {
      // Nothing can be done in it any more.
      if (!window.isDestroyed()) window.hide();
      return close(enough);
    },
    exit: (code) => app.exit(code),
    log,
  });
  hearSignals(ending.signal);
  const systemEnds = (event: { preventDefault(): void }) => {
    // As long as it takes, which is not long: what is not written by then is lost.
    event.preventDefault();
    ending.begin(codeOf('SIGTERM'), SYSTEM_ENDS);
  };
  // The event is there; only its type says that there is none.
  powerMonitor.on('shutdown', systemEnds as () => void);
  window.on('query-session-end', systemEnds);
  window.on('session-end', systemEnds);
  app.on('before-quit', (event) => {
    event.preventDefault();
    ending.begin(0);
  });
}
