/** Connected regions of a picture's pixels, found by flood fill. */
import type { Point } from '../../../shared/recognition';

/** A region's pixels as indices (y * width + x), each once, in the order in which the fill came to them. */
export type Region = readonly number[];

/** Which neighbours a pixel is connected with: the four beside it, or those at its corners too. */
export type Connection = 'sides' | 'sidesAndCorners';

/** All regions of the pixels that belong, in the order of their first pixels; `belongs` is asked by pixel index. */
export function findRegions(
  width: number,
  height: number,
  connection: Connection,
  belongs: (at: number) => boolean,
): Region[] {
  const seen = new Uint8Array(width * height);
  const regions: Region[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || !belongs(start)) continue;
    const pixels: number[] = [];
    const stack = [start];
    seen[start] = 1;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      pixels.push(at);
      const x = at % width;
      const y = (at - x) / width;
      for (let dy = y > 0 ? -1 : 0; dy <= (y < height - 1 ? 1 : 0); dy++) {
        for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
          if (connection === 'sides' && dx !== 0 && dy !== 0) continue;
          const next = at + dy * width + dx;
          if (seen[next] || !belongs(next)) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    regions.push(pixels);
  }
  return regions;
}

/** The corners of the first and the last pixel of each row: the region's convex hull is theirs. In pixels of the picture. */
export function rowEnds(region: Region, width: number): Point[] {
  const rows = new Map<number, [left: number, right: number]>();
  for (const at of region) {
    const x = at % width;
    const y = (at - x) / width;
    const row = rows.get(y);
    if (!row) rows.set(y, [x, x]);
    else if (x < row[0]) row[0] = x;
    else if (x > row[1]) row[1] = x;
  }
  return [...rows].flatMap(([y, [left, right]]) => [
    { x: left, y },
    { x: right + 1, y },
    { x: left, y: y + 1 },
    { x: right + 1, y: y + 1 },
  ]);
}
