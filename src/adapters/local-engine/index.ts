/** What the rest of the product uses of the local engine. */
export { createLocalEngine, type LocalEngine } from './engine';
export { localPoolSize, threadsPerWorker } from './pool-size';
export { resourcePathsIn, type SpawnWorker, type WorkerChannel } from './protocol';
