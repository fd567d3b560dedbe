/** The recognising process as a plain Node child: for the command line, the emulator, tests and benchmarks. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { FromWorker, SpawnWorker } from './protocol';

/** `script` is the bundled worker, or worker.ts itself when running from sources, which then needs tsx. */
export function forkNode(script: string): SpawnWorker {
  const execArgv = script.endsWith('.ts') ? ['--import', tsxUrl()] : [];
  return () => {
    const child = fork(script, [], {
      serialization: 'advanced',
      execArgv,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let ended = false;
    return {
      // A process that is ending cannot be posted to; its exit is reported all the same.
      post: (message) => void (child.connected && child.send(message, () => undefined)),
      onMessage: (listener) => void child.on('message', (message) => listener(message as FromWorker)),
      onExit: (listener) => {
        const once = (): void => {
          if (ended) return;
          ended = true;
          listener();
        };
        child.once('exit', once);
        child.once('error', once);
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}

function tsxUrl(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
