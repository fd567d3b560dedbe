/** A process for one derivation: whoever started it ends it when the key has come. What it was given is written over. */
import { parentChannel } from '../processes/channel';
import { stretchByNoble } from './by-noble';
import type { StretchJob } from './stretch-process';

const channel = parentChannel<StretchJob, Uint8Array>();

channel.onMessage(({ secret, salt, cost }) => {
  try {
    channel.post(stretchByNoble(secret, salt, cost));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  } finally {
    secret.fill(0);
  }
});
