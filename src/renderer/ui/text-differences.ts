/** Where two short texts differ: a character that only one of them has does not mark all that follows as different. */

/** Positions (0-based) in each that the other does not have in the same order. */
export function textDifferences(one: string, other: string): readonly [readonly number[], readonly number[]] {
  const [left, right] = [[...one], [...other]];
  // Length of the longest common subsequence from each pair of positions to the ends.
  const common = Array.from({ length: left.length + 1 }, () =>
    Array.from({ length: right.length + 1 }, () => 0),
  );
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const row = common[i];
      if (row) row[j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const [marksLeft, marksRight]: [number[], number[]] = [[], []];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) [i, j] = [i + 1, j + 1];
    else if (j >= right.length || (i < left.length && at(i + 1, j) >= at(i, j + 1))) marksLeft.push(i++);
    else marksRight.push(j++);
  }
  return [marksLeft, marksRight];
}
