/** The one window, once it is there: what it is told, and the system's dialogs above it. */
import path from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import type { EventName, Events, QueueStatus } from '../../shared/ipc';

export interface ShownWindow {
  show(window: BrowserWindow): void;
  tell<Name extends EventName>(name: Name, payload: Events[Name]): void;
  /** How far the queue is, in the system's task bar. */
  progress(status: QueueStatus): void;
  focus(): void;
  /** Paths that a person chose; none where they thought better of it. */
  choose(kind: 'files' | 'folders'): Promise<readonly string[]>;
  /** Where to write a sheet of this name, or in this place. */
  chooseSheet(name: string): Promise<string | undefined>;
}

const KINDS = { files: 'openFile', folders: 'openDirectory' } as const;

export function createShownWindow(): ShownWindow {
  let shown: BrowserWindow | undefined;
  const alive = () => (shown && !shown.isDestroyed() ? shown : undefined);
  return {
    show(window) {
      shown = window;
    },
    tell: (name, payload) => alive()?.webContents.send(name, payload),
    progress({ kind, done, total }) {
      alive()?.setProgressBar(kind === 'running' && total > 0 ? done / total : -1);
    },
    focus() {
      const window = alive();
      if (window?.isMinimized()) window.restore();
      window?.focus();
    },
    async choose(kind) {
      const window = alive();
      if (!window) return [];
      const answer = await dialog.showOpenDialog(window, { properties: [KINDS[kind], 'multiSelections'] });
      return answer.canceled ? [] : answer.filePaths;
    },
    async chooseSheet(name) {
      const window = alive();
      if (!window) return undefined;
      const answer = await dialog.showSaveDialog(window, {
        defaultPath: path.resolve(app.getPath('documents'), name),
        filters: [{ name: 'Excel', extensions: ['xlsx'] }],
      });
      return answer.canceled || !answer.filePath ? undefined : answer.filePath;
    },
  };
}
