/** The desk in plain Node: for machines without a display, and for scripts. */
import { forkNode } from '../adapters/processes/fork-node';
import { proxyFromEnvironment } from '../adapters/tencent/proxies';
import { runHeadless } from './headless-run';

process.exitCode = await runHeadless(process.argv.slice(2), {
  spawn: forkNode,
  resolveProxy: proxyFromEnvironment(process.env),
});
