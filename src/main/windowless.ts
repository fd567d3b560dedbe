/** `process …` in Electron: the desk without a window. */
import { app } from 'electron';
import { runHeadless } from './headless-run';
import { systemProxy } from './system-proxy';
import { spawnUtilityProcess } from './windows/spawn-worker';

export async function processWithoutWindow(commandLine: readonly string[]): Promise<void> {
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
