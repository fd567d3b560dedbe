/** Texts as SQLite compares them: by code points, and only the letters A to Z without regard to case. */

function folded(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** By code points, which is the order of their bytes in UTF-8 and not that of UTF-16. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  const [points, others] = [[...one], [...other]];
  for (const [at, point] of points.entries()) {
    const against = others[at];
    if (against === undefined) return 1;
    if (point !== against) return (point.codePointAt(0) ?? 0) - (against.codePointAt(0) ?? 0);
  }
  return -1;
}

export function compareNames(one: string, other: string): number {
  return compareText(folded(one), folded(other));
}

export function holds(text: string | undefined, part: string): boolean {
  return text !== undefined && folded(text).includes(folded(part));
}
