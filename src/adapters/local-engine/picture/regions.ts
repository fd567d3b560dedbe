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
  // Of each pixel: whether it is still to be visited. It is visited once, so that neither list is ever longer than the picture.
  const left = new Uint8Array(width * height);
  let pixels = 0;
  for (let at = 0; at < left.length; at++) {
    if (!belongs(at)) continue;
    left[at] = 1;
    pixels++;
  }
  const found = new Int32Array(pixels);
  const stack = new Int32Array(pixels);
  const corners = connection === 'sidesAndCorners';
  let waiting = 0;
  const visit = (next: number): void => {
    if (left[next] === 0) return;
    left[next] = 0;
    stack[waiting++] = next;
  };
  const visitRow = (middle: number, x: number): void => {
    if (corners && x > 0) visit(middle - 1);
    visit(middle);
    if (corners && x < width - 1) visit(middle + 1);
  };
  const regions: Region[] = [];
  for (let start = 0, end = 0; end < pixels; start++) {
    if (left[start] === 0) continue;
    const begin = end;
    visit(start);
    while (waiting > 0) {
      const at = stack[--waiting] as number;
      found[end++] = at;
      const x = at % width;
      if (at >= width) visitRow(at - width, x);
      if (x > 0) visit(at - 1);
      if (x < width - 1) visit(at + 1);
      if (at + width < left.length) visitRow(at + width, x);
    }
    regions.push(found.subarray(begin, end));
  }
  return regions;
}

/** The first and the last pixel of each row, from the top: a region's outline is theirs. */
export function rowSpans(
  region: Region,
  width: number,
): (readonly [y: number, left: number, right: number])[] {
  let [top, bottom] = [Infinity, -1];
  for (const at of region) {
    if (at < top) top = at;
    if (at > bottom) bottom = at;
  }
  const first = Math.floor(top / width);
  const rows = bottom < 0 ? 0 : Math.floor(bottom / width) - first + 1;
  const lefts = new Int32Array(rows).fill(width);
  const rights = new Int32Array(rows);
  for (const at of region) {
    const x = at % width;
    const row = (at - x) / width - first;
    if (x < (lefts[row] as number)) lefts[row] = x;
    if (x > (rights[row] as number)) rights[row] = x;
  }
  // A region is connected: none of its rows is empty.
  return Array.from(lefts, (left, row) => [first + row, left, rights[row] as number]);
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
