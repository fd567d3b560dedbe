/** What the rest of the product uses of the local engine. */
export { createLocalEngine, type LocalEngine, type LocalEngineOptions } from './engine';
export { localPoolSize, threadsPerWorker } from './pool-size';
export {
  resourcePathsIn,
  type FromWorker,
  type ResourcePaths,
  type SpawnWorker,
  type ToWorker,
  type WorkerChannel,
} from './protocol';
