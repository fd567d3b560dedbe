/** `process …` in Electron: the desk without a window. */
import { app } from 'electron';
import { runHeadless } from './headless-run';
import { systemProxy } from './system-proxy';
import { spawnUtilityProcess } from './windows/spawn-worker';

export async function processWithoutWindow(commandLine: readonly string[]): Promise<void> {
  await app.whenReady();
  const code = await runHeadless(commandLine, {
    spawn: spawnUtilityProcess,
    resolveProxy: systemProxy,
  });
  app.exit(code);
}
