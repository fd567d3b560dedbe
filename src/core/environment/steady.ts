/**
 * The time by which waits are measured: the clock's as it stood when the application began, plus what has passed since.
 * Whoever sets the system's clock moves no wait. Whole epoch ms, as they are stored.
 */
import type { Clock } from '../cards/ports';

export function createSteady(clock: Pick<Clock, 'now' | 'monotonic'>): () => number {
  const began = clock.now() - clock.monotonic();
  return () => Math.round(began + clock.monotonic());
}
