/** Our processes as utility processes of Electron: works with the RunAsNode fuse off. */
import { utilityProcess } from 'electron';
import { QUIET, type Channel, type Spawn } from '../../adapters/processes/channel';

export const spawnUtilityProcess: Spawn = <To, From>(script: string): Channel<To, From> => {
  const child = utilityProcess.fork(script, [], {
    env: { ...process.env, ...QUIET },
    serviceName: 'CardProof recognition',
    stdio: 'ignore',
  });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message: From) => listener(message)),
    onExit: (listener) => void child.once('exit', listener),
    kill() {
      // kill() asks politely; native code does not listen, so the process itself is ended.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
};
