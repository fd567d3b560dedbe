/** The desk behind the window: opened, and every call of the window answered. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { app, nativeTheme, shell as systemShell } from 'electron';
import type { DeskEvents } from '../core/desk-ports';
import type { Log } from '../adapters/files/log';
import type { Keychain } from '../adapters/keychain/keychain';
import { MENU_WORDS } from '../shared/messages/menu';
import type { Language, Settings } from '../shared/settings';
import type { Beginning, Served } from './beginning';
import { compose, type Composition } from './compose';
import { createDrops, type Drops } from './ipc/drops';
import type { Act } from './ipc/early-edge';
import { createHandlers } from './ipc/handlers';
import { register } from './ipc/register';
import type { Shell } from './ipc/shell';
import { createOpening, type Opening } from './opening';
import { PATHS } from './paths';
import { isTrusted } from './security/harden';
import { systemLanguage } from './system-language';
import { systemProxy } from './system-proxy';
import { readClipboard } from './windows/clipboard';
import { setMenu, setMenuPlace } from './windows/menu';
import { createPictureAnswer } from './windows/picture-protocol';
import type { ShownWindow } from './windows/shown-window';
import { spawnUtilityProcess } from './windows/spawn-worker';

export interface DeskBeginning extends Beginning {
  readonly keychain: Promise<Keychain | undefined>;
}

export function serveDesk(beginning: DeskBeginning, window: ShownWindow, log: Log): Served {
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
        profileFolder: beginning.profileFolder,
        keychain,
        passphrase,
        stretch: beginning.stretch,
        environment: process.env,
        places: PATHS,
        spawn: spawnUtilityProcess,
        resolveProxy: systemProxy,
        events,
        log,
      }),
    beginning,
    ({ desk }: Composition) => {
      followSettings(desk.settings.get());
      desk.start();
    },
    log,
  );
  const opened = opening.open();
  const drops = createDrops();
  const acts = new Map<string, Act>();
  register(createHandlers(createShell(window, opening, opened, drops, language)), {
    handle: (name, act) => acts.set(name, act),
    trusted: isTrusted,
    keepDropped: drops.keep,
    note: log,
  });
  return {
    acts,
    picture: createPictureAnswer(() => opening.composition()?.desk),
    close: opening.close,
  };
}

/** The bundled specimen pictures. */
async function specimens(): Promise<readonly string[]> {
  const names = (await readdir(PATHS.specimens)).filter((name) => name.endsWith('.jpg')).sort();
  return names.map((name) => path.join(PATHS.specimens, name));
}

/** What the handlers need of Electron and of the system. */
function createShell(
  window: ShownWindow,
  opening: Opening,
  opened: Promise<void>,
  drops: Drops,
  language: () => Language,
): Shell {
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
