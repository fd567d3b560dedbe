/**
 * Contested digits: those that something other than the picture has chosen - the check digit, a prefix, a length, or which
 * of several looks at the card was believed. They may be right, and a person has to see that they were not simply read.
 */

/** Readings that differ in more digits are not of the same number. */
const MOST_CHANGES = 3;

/**
 * Positions of `digits` that `other` has otherwise. Where `other` has a digit more, both its neighbours. Empty when
 * they are the same, or when `other` is another number altogether.
 */
export function differingPositions(digits: string, other: string): readonly number[] {
  const steps = editSteps(digits, other);
  const last = digits.length;
  const positions = new Set<number>();
  let [at, to, changes] = [last, other.length, 0];
  while (at > 0 || to > 0) {
    const here = steps[at]?.[to] ?? 0;
    const same = at > 0 && to > 0 && digits[at - 1] === other[to - 1];
    if (same && here === steps[at - 1]?.[to - 1]) {
      [at, to] = [at - 1, to - 1];
      continue;
    }
    changes++;
    if (at > 0 && to > 0 && here === (steps[at - 1]?.[to - 1] ?? 0) + 1) {
      positions.add(at - 1);
      [at, to] = [at - 1, to - 1];
    } else if (at > 0 && here === (steps[at - 1]?.[to] ?? 0) + 1) {
      positions.add(at - 1);
      at--;
    } else {
      if (at > 0) positions.add(at - 1);
      if (at < last) positions.add(at);
      to--;
    }
  }
  return changes > MOST_CHANGES ? [] : [...positions].sort((a, b) => a - b);
}

/** Levenshtein's distances between all beginnings of both. */
function editSteps(digits: string, other: string): readonly (readonly number[])[] {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, to) => to)];
  for (let at = 1; at <= digits.length; at++) {
    const above = rows[at - 1] ?? [];
    const row = [at];
    for (let to = 1; to <= other.length; to++) {
      const change = digits[at - 1] === other[to - 1] ? 0 : 1;
      row.push(
        Math.min(
          (above[to - 1] ?? Infinity) + change,
          (above[to] ?? Infinity) + 1,
          (row[to - 1] ?? Infinity) + 1,
        ),
      );
    }
    rows.push(row);
  }
  return rows;
}

/** Probability of a contested digit at most: no better than even, however plain it is on the strips that were believed. */
const MOST_OF_CONTESTED = 0.5;

/** Probability (0-1) of each digit as it is answered; `contested` are positions. */
export function capContested(confidence: readonly number[], contested: readonly number[]): readonly number[] {
  return confidence.map((probability, at) =>
    contested.includes(at) ? Math.min(probability, MOST_OF_CONTESTED) : probability,
  );
}

/** All positions once, in rising order. */
export function joinPositions(...lists: readonly (readonly number[])[]): readonly number[] {
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}
