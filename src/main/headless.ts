/** The desk in plain Node: for machines without a display, and for scripts. */
import { forkNode } from '../adapters/processes/fork-node';
import { proxyFromEnvironment } from '../adapters/tencent/proxies';
import { runHeadless } from './headless-run';

const code = await runHeadless(process.argv.slice(2), {
  spawn: forkNode,
  resolveProxy: proxyFromEnvironment(process.env),
});
// Whatever still goes on is not waited for; but what was said is heard.
process.stderr.once('error', () => process.exit(code));
process.stderr.write('', () => process.exit(code));
