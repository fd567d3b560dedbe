/**
 * The door of the application, with a window or, at `process …`, without one. It loads as little as it can: what has to be said
 * before Electron is ready, and the key of a passphrase, which takes longest of all. The rest is loaded meanwhile.
 */
import path from 'node:path';
import { app } from 'electron';
import { createLog } from '../adapters/files/log';
import { expectedSalt, profileIn } from '../adapters/files/profile-bytes';
import { secretOf } from '../adapters/scrypt/secret';
import { stretchByNode } from '../adapters/scrypt/stretch';
import { stretchAhead } from '../adapters/scrypt/stretch-ahead';
import { stretchInProcess } from '../adapters/scrypt/stretch-process';
import type { Beginning } from './beginning';
import { PATHS } from './paths';
import { harden } from './security/harden';
import { declareProtocols } from './windows/protocols';
import { spawnUtilityProcess } from './windows/spawn-worker';

/** As a shell says of what SIGTERM ended. */
const ENDED_EARLY = 143;

performance.mark('entry');
const words = process.argv.slice(app.isPackaged ? 1 : 2).filter((word) => !word.startsWith('--no-sandbox'));
const headless = words.indexOf('process');

declareProtocols();
harden();
if (headless >= 0) {
  quitAsTold();
  load(
    import('./windowless').then(({ processWithoutWindow }) => processWithoutWindow(words.slice(headless))),
  );
} else if (app.requestSingleInstanceLock()) {
  const beginning = begin();
  load(import('./application').then(({ openApplication }) => openApplication(beginning)));
} else app.quit();

/**
 * Electron quits at a signal by itself until somebody listens to it after it has become ready, and a script would take that for
 * success.
 */
function quitAsTold(): void {
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (!process.emit('SIGTERM')) app.exit(ENDED_EARLY);
  });
}

/** What fails here is said as Electron says what nobody caught. */
function load(loaded: Promise<void>): void {
  loaded.catch((error: unknown) => {
    queueMicrotask(() => {
      throw error;
    });
  });
}

function begin(): Beginning {
  const userData = app.getPath('userData');
  const profileFolder = process.env['CARDPROOF_PROFILE'] ?? path.join(userData, 'profile');
  const passphrase = process.env['CARDPROOF_PASSPHRASE'] || undefined;
  // Once it is known nobody needs to find it there, and no process of ours inherits it.
  delete process.env['CARDPROOF_PASSPHRASE'];
  const log = createLog(path.join(userData, 'logs'));
  const stretch = stretchInProcess({
    spawn: () => spawnUtilityProcess(PATHS.stretchWorker),
    otherwise: stretchByNode,
    note: log,
  });
  if (passphrase === undefined) return { userData, profileFolder, passphrase, stretch, log };
  // Electron starts no process of ours before it is ready.
  const expected = expectedSalt(profileIn(profileFolder)).then((found) => app.whenReady().then(() => found));
  return {
    userData,
    profileFolder,
    passphrase,
    stretch: stretchAhead(stretch, secretOf(passphrase), expected),
    log,
  };
}
