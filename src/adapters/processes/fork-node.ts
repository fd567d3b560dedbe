/** Our processes as plain Node children: for the command line, the emulator, tests and benchmarks. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { QUIET, type Channel, type Spawn } from './channel';

/** `script` is a bundled file, or a source file, which then needs tsx. */
export const forkNode: Spawn = <To, From>(script: string): Channel<To, From> => {
  const child = fork(script, [], {
    serialization: 'advanced',
    env: { ...process.env, ...QUIET },
    execArgv: script.endsWith('.ts') ? ['--import', tsxUrl()] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let ended = false;
  return {
    // A process that is ending cannot be posted to; its exit is reported all the same.
    post: (message) => void (child.connected && child.send(message as object, () => undefined)),
    onMessage: (listener) => void child.on('message', (message) => listener(message as From)),
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

function tsxUrl(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
