import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { z } from 'zod';

const Bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(800),
  height: z.number().int().min(600),
  maximized: z.boolean(),
});
type Bounds = z.infer<typeof Bounds>;

/** Where the window was, when that place is still on a screen. */
function remembered(file: string): Bounds | undefined {
  try {
    const bounds = Bounds.parse(JSON.parse(readFileSync(file, 'utf8')));
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
