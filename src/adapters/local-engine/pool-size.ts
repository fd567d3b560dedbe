/** What one recognising process was seen to use at most, rounded up. */
const PROCESS_BYTES = 850 * 1024 * 1024;
const MOST_PROCESSES = 8;

/**
 * How many recognising processes to run at most. One a core, each with one thread: threads of one process wait for each other
 * at every layer, processes never do. Never more than half of the free memory holds, never less than one.
 */
export function localPoolSize(cores: number, freeMemoryBytes: number): number {
  const byMemory = Math.floor(freeMemoryBytes / 2 / PROCESS_BYTES);
  return Math.max(1, Math.min(cores, byMemory, MOST_PROCESSES));
}

/** Threads of each process, so that all together use the cores once: more than one only where memory allows fewer processes. */
export function threadsPerWorker(cores: number, poolSize: number): number {
  return Math.max(1, Math.floor(cores / poolSize));
}
