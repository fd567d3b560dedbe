/** Order statistics over pixels and the like. */

/**
 * The value at a share (0-1) of the way through the values in rising order: 0.5 is the median, of an even count the
 * upper one of the two in the middle. 0 of no values.
 */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The first value and every `step`-th after it: enough to know how many values are spread. */
export function everyNth(values: Float32Array, step: number): Float32Array {
  return Float32Array.from(
    { length: Math.ceil(values.length / step) },
    (_none, at) => values[at * step] ?? 0,
  );
}
