/** A line of the table that `npm run bench` prints. */
export interface Figure {
  readonly name: string;
  readonly ours: number;
  /** The same work by what people would compare us with, in the same run. */
  readonly peer?: number;
  /** What cannot be beaten. */
  readonly limit?: number;
  readonly unit: string;
  /** Ours to the peer, or to the limit where there is no peer. */
  readonly ratio?: number;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}

export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Ours and the peer in turns, so that what else the machine does falls on both. */
export async function inTurns(
  rounds: number,
  ours: () => unknown,
  peer: () => unknown,
): Promise<{ readonly ours: number; readonly peer: number }> {
  const times = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.ours.push(await timed(ours));
    times.peer.push(await timed(peer));
  }
  return { ours: median(times.ours), peer: median(times.peer) };
}
