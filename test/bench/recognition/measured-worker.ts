/** The engine's own process, which also tells with each job how much memory it has needed at most so far. */
import '../../../src/adapters/local-engine/worker';

export interface MemoryNote {
  readonly kind: 'memory';
  readonly peakBytes: number;
}

process.on('message', () => {
  const note: MemoryNote = { kind: 'memory', peakBytes: process.resourceUsage().maxRSS * 1024 };
  process.send?.(note);
});
