/** Connected regions of a picture's pixels, found by flood fill. */
import type { Point } from '../../../shared/recognition';

/** A region's pixels as indices (y * width + x), each once, in the order in which the fill came to them. */
export type Region = Int32Array;

/** Which neighbours a pixel is connected with: the four beside it, or those at its corners too. */
export type Connection = 'sides' | 'sidesAndCorners';

/** All regions of the pixels that belong, in the order of their first pixels; `belongs` is asked by pixel index. */
export function findRegions(
  width: number,
  height: number,
  connection: Connection,
  belongs: (at: number) => boolean,
): Region[] {
  // A pixel is seen once, so that neither list is ever longer than the picture.
  const seen = new Uint8Array(width * height);
  const found = new Int32Array(seen.length);
  const stack = new Int32Array(seen.length);
  const corners = connection === 'sidesAndCorners';
  let waiting = 0;
  const visit = (next: number): void => {
    if (seen[next] || !belongs(next)) return;
    seen[next] = 1;
    stack[waiting++] = next;
  };
  const visitRow = (middle: number, x: number): void => {
    if (corners && x > 0) visit(middle - 1);
    visit(middle);
    if (corners && x < width - 1) visit(middle + 1);
  };
  const regions: Region[] = [];
  for (let start = 0, end = 0; start < seen.length; start++) {
    if (seen[start] || !belongs(start)) continue;
    const begin = end;
    visit(start);
    while (waiting > 0) {
      const at = stack[--waiting] as number;
      found[end++] = at;
      const x = at % width;
      if (at >= width) visitRow(at - width, x);
      if (x > 0) visit(at - 1);
      if (x < width - 1) visit(at + 1);
      if (at + width < seen.length) visitRow(at + width, x);
    }
    regions.push(found.subarray(begin, end));
  }
  return regions;
}

/** The first and the last pixel of each row: a region's outline is theirs. */
export function rowSpans(
  region: Region,
  width: number,
): (readonly [y: number, left: number, right: number])[] {
  const rows = new Map<number, [left: number, right: number]>();
  for (const at of region) {
    const x = at % width;
    const y = (at - x) / width;
    const row = rows.get(y);
    if (!row) rows.set(y, [x, x]);
    else if (x < row[0]) row[0] = x;
    else if (x > row[1]) row[1] = x;
  }
  return [...rows].map(([y, [left, right]]) => [y, left, right]);
}

/** The corners of the first and the last pixel of each row: the region's convex hull is theirs. In pixels of the picture. */
export function rowEnds(region: Region, width: number): Point[] {
  return rowSpans(region, width).flatMap(([y, left, right]) => [
    { x: left, y },
    { x: right + 1, y },
    { x: left, y: y + 1 },
    { x: right + 1, y: y + 1 },
  ]);
}
