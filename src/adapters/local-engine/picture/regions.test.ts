import { describe, expect, it } from 'vitest';
import { findRegions, rowEnds, type Connection } from './regions';

/** Rows of text, `#` belongs. */
function regionsOf(rows: readonly string[], connection: Connection): number[][] {
  const width = rows[0]?.length ?? 0;
  const pixels = rows.join('');
  return findRegions(width, rows.length, connection, (at) => pixels[at] === '#').map((region) =>
    [...region].sort((a, b) => a - b),
  );
}

describe('regions', () => {
  const touching = ['##..', '..#.', '..#.', '#...'];

  it('are parted where only corners touch', () => {
    expect(regionsOf(touching, 'sides')).toEqual([[0, 1], [6, 10], [12]]);
  });

  it('are joined over corners where that is asked', () => {
    expect(regionsOf(touching, 'sidesAndCorners')).toEqual([[0, 1, 6, 10], [12]]);
  });

  it('do not go on at the other side of the picture', () => {
    expect(regionsOf(['..#', '#..'], 'sidesAndCorners')).toEqual([[2], [3]]);
    expect(regionsOf(['#.#'], 'sides')).toEqual([[0], [2]]);
  });

  it('hold every pixel once, around holes and up dead ends', () => {
    const ring = ['#####', '#...#', '#.#.#', '#...#', '#####'];
    const [outer, inner, ...others] = regionsOf(ring, 'sides');
    expect([outer?.length, inner, others]).toEqual([16, [12], []]);
  });

  it('are none where nothing belongs', () => {
    expect(regionsOf(['...', '...'], 'sides')).toEqual([]);
    expect(findRegions(0, 0, 'sides', () => true)).toEqual([]);
  });
});

it('the ends of a region’s rows are the outer corners of its pixels', () => {
  const [region = new Int32Array()] = findRegions(4, 3, 'sides', (at) => [1, 2, 5, 6, 7].includes(at));
  const corners = rowEnds(region, 4).map(({ x, y }) => `${x},${y}`);
  expect(new Set(corners)).toEqual(new Set(['1,0', '3,0', '1,1', '3,1', '4,1', '1,2', '4,2']));
});
