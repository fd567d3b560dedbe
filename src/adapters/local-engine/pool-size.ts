/** What one recognising process was seen to use at most, rounded up. */
const PROCESS_BYTES = 850 * 1024 * 1024;
const MOST_PROCESSES = 8;

export interface Machine {
  readonly cores: number;
  /** Bytes of memory that nobody uses now. */
  readonly free: number;
  /** Bytes of memory that there are. */
  readonly total: number;
}

/**
 * How many recognising processes to run at most. One a core, each with one thread: threads of one process wait for each other
 * at every layer, processes never do. Never more than half of the free memory holds, nor than a third of all memory (it is free
 * now, and other programs are started later), never less than one.
 */
export function localPoolSize({ cores, free, total }: Machine): number {
  const byMemory = Math.floor(Math.min(free / 2, total / 3) / PROCESS_BYTES);
  return Math.max(1, Math.min(cores, byMemory, MOST_PROCESSES));
}

/** Threads of each process, so that all together use the cores once: more than one only where memory allows fewer processes. */
export function threadsPerWorker(cores: number, poolSize: number): number {
  return Math.max(1, Math.floor(cores / poolSize));
}
