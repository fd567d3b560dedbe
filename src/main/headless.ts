/** The desk in plain Node: for machines without a display, and for scripts. */
import { forkNode } from '../adapters/local-engine';
import { proxyFromEnvironment } from '../adapters/tencent/proxies';
import { runHeadless } from './headless-run';
import { PLACES } from './places';

process.exitCode = await runHeadless(process.argv.slice(2), {
  spawnWorker: forkNode(PLACES.engineWorker),
  resolveProxy: proxyFromEnvironment(process.env),
});
