/** Our processes as utility processes of Electron: works with the RunAsNode fuse off. */
import { utilityProcess } from 'electron';
import { processEnvironment, type Channel, type Spawn } from '../../adapters/processes/channel';

export const spawnUtilityProcess: Spawn = <To, From>(script: string): Channel<To, From> => {
  const child = utilityProcess.fork(script, [], {
    serviceName: 'CardProof recognition',
    stdio: 'ignore',
    env: processEnvironment(process.env),
  });
  let began = false;
  child.once('spawn', () => (began = true));
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message: From) => listener(message)),
    onExit: (listener) => void child.once('exit', () => listener(began ? undefined : notStarted())),
    kill() {
      // kill() asks politely; native code does not listen, so the process itself is ended.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
};

/** Electron does not say why; a script of our own is there to be started, so the system had nothing to start it with. */
function notStarted(): Error {
  return Object.assign(new Error('Expected a process but the system started none'), { code: 'EAGAIN' });
}
