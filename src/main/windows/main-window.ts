import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BrowserWindow, nativeTheme, screen, type Rectangle } from 'electron';

interface Bounds extends Rectangle {
  readonly maximized: boolean;
}

/** Checked by hand: the window waits for it, and a library that checks takes longer to load than the window to open. */
export function boundsIn(text: string): Bounds | undefined {
  const { x, y, width, height, maximized } = Object(JSON.parse(text)) as Record<string, unknown>;
  if (![x, y, width, height].every((value) => Number.isSafeInteger(value))) return undefined;
  const bounds = { x, y, width, height, maximized } as Bounds;
  return bounds.width >= 800 && bounds.height >= 600 && typeof maximized === 'boolean' ? bounds : undefined;
}

/** Where the window was, when that place is still on a screen. */
function remembered(file: string): Bounds | undefined {
  try {
    const bounds = boundsIn(readFileSync(file, 'utf8'));
    if (!bounds) return undefined;
    const { workArea } = screen.getDisplayMatching(bounds);
    const visible = bounds.x < workArea.x + workArea.width - 80 && bounds.x + bounds.width > workArea.x + 80;
    return visible ? bounds : undefined;
  } catch {
    // First start, or a file of another version: the window opens in the middle.
    return undefined;
  }
}

export function openMainWindow(userData: string, preload: string): BrowserWindow {
  const file = path.join(userData, 'window.json');
  const bounds = remembered(file);
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    ...bounds,
    minWidth: 1024,
    minHeight: 680,
    show: false,
    title: 'CardProof',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#15181c' : '#f7f8f9',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  if (bounds?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    const now: Bounds = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    writeFileSync(file, JSON.stringify(now));
  });
  void window.loadURL('app://cardproof/');
  return window;
}
