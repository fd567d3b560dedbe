/** Numbers compared, and shown so that nobody can copy one. */

/** What has to be done to `read` to get `truth`, as few steps as possible. */
export interface DigitEdit {
  readonly kind: 'misread' | 'missing' | 'extra';
  /** Place in the true number, from 1. */
  readonly place: number;
  readonly truth?: string;
  readonly read?: string;
}

export function digitEdits(truth: string, read: string): DigitEdit[] {
  const cost = Array.from({ length: truth.length + 1 }, (_row, i) =>
    Array.from({ length: read.length + 1 }, (_column, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number): number => cost[i]?.[j] ?? Infinity;
  const same = (i: number, j: number): number => (truth[i - 1] === read[j - 1] ? 0 : 1);
  for (let i = 1; i <= truth.length; i++) {
    for (let j = 1; j <= read.length; j++) {
      const row = cost[i];
      if (row) row[j] = Math.min(at(i - 1, j - 1) + same(i, j), at(i - 1, j) + 1, at(i, j - 1) + 1);
    }
  }
  const edits: DigitEdit[] = [];
  let [i, j] = [truth.length, read.length];
  while (i > 0 || j > 0) {
    const [own, other] = [truth[i - 1] ?? '', read[j - 1] ?? ''];
    if (i > 0 && j > 0 && at(i, j) === at(i - 1, j - 1) + same(i, j)) {
      if (own !== other) edits.push({ kind: 'misread', place: i, truth: own, read: other });
      i--;
      j--;
    } else if (i > 0 && at(i, j) === at(i - 1, j) + 1) {
      edits.push({ kind: 'missing', place: i, truth: own });
      i--;
    } else {
      edits.push({ kind: 'extra', place: i, read: other });
      j--;
    }
  }
  return edits.reverse();
}

export function describeEdits(edits: readonly DigitEdit[]): string {
  const shown = edits.slice(0, 4).map(({ kind, place, truth, read }) => {
    if (kind === 'misread') return `${truth} as ${read} at ${place}`;
    return kind === 'missing' ? `${truth} lost at ${place}` : `${read} added after ${place}`;
  });
  const more = edits.length > shown.length ? `, ${edits.length - shown.length} more` : '';
  return `${edits.length} of the digits: ${shown.join(', ')}${more}`;
}

/** First six and last four. */
export function masked(number: string): string {
  return number.length <= 10
    ? '*'.repeat(number.length)
    : `${number.slice(0, 6)}${'*'.repeat(number.length - 10)}${number.slice(-4)}`;
}
