/** What one recognising process was seen to use at most, rounded up. */
const PROCESS_BYTES = 850 * 1024 * 1024;
const MOST_PROCESSES = 8;

/**
 * How many recognising processes to run at most. One for every two cores: a single card is then still read by two
 * threads, and what a process does outside the networks (a third of its time) overlaps with its neighbour's. Never
 * more than half of the free memory holds, never less than one.
 */
export function localPoolSize(cores: number, freeMemoryBytes: number): number {
  const byCores = Math.ceil(cores / 2);
  const byMemory = Math.floor(freeMemoryBytes / 2 / PROCESS_BYTES);
  return Math.max(1, Math.min(byCores, byMemory, MOST_PROCESSES));
}

/** Threads of each process, so that all processes together use the cores once. */
export function threadsPerWorker(cores: number, poolSize: number): number {
  return Math.max(1, Math.floor(cores / poolSize));
}
