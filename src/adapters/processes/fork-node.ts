/** Our processes as plain Node children: for the command line, the emulator, tests and benchmarks. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { processEnvironment, type Channel, type Spawn } from './channel';

/** `script` is a bundled file, or a source file, which then needs tsx. */
export const forkNode: Spawn = <To, From>(script: string): Channel<To, From> => {
  const child = fork(script, [], {
    serialization: 'advanced',
    env: processEnvironment(process.env),
    execArgv: script.endsWith('.ts') ? ['--import', tsxUrl()] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let ended = false;
  return {
    // A process that is ending cannot be posted to; its exit is reported all the same.
    post: (message) => void (child.connected && child.send(message as object, () => undefined)),
    onMessage: (listener) => void child.on('message', (message) => listener(message as From)),
    onExit: (listener) => {
      const once = (notStarted?: Error): void => {
        if (ended) return;
        ended = true;
        listener(notStarted);
      };
      child.once('exit', () => once());
      // Of an error after it began (a message that cannot be sent) the end itself tells.
      child.once('error', (error) => once(child.pid === undefined ? error : undefined));
    },
    kill: () => void child.kill('SIGKILL'),
  };
};

function tsxUrl(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
