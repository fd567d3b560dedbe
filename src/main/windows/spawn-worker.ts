/** The local engine's process as a utility process of Electron: works with the RunAsNode fuse off. */
import { utilityProcess } from 'electron';
import type { FromWorker, SpawnWorker } from '../../adapters/local-engine';

export function spawnUtilityProcess(script: string): SpawnWorker {
  return () => {
    const child = utilityProcess.fork(script, [], { serviceName: 'CardProof recognition', stdio: 'ignore' });
    return {
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', (message: FromWorker) => listener(message)),
      onExit: (listener) => void child.once('exit', listener),
      kill() {
        // kill() asks politely; native code does not listen, so the process itself is ended.
        if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
      },
    };
  };
}
