import { describe, expect, it } from 'vitest';
import type { ReadBox } from '../text/text-line';
import { findNumberRows } from './number-rows';
import type { Raster } from '../picture/raster';

function box(text: string, x: number, y: number, width = 120, height = 40): ReadBox {
  return {
    box: { centre: { x, y }, width, height, angle: 0, score: 0.9 },
    reading: { text, confidence: 0.9 },
    digits: text.replace(/\D/g, ''),
  };
}

const ROWS = [box('6225', 200, 300), box('7688', 201, 360), box('8S88', 199, 420), box('8888', 200, 480)];
const LEVELS = [40, 90, 140, 190];

/** Each row of digits is a bar of its own grey level. */
function view(): Raster {
  const [width, height] = [646, 1024];
  const data = new Uint8Array(width * height * 3);
  LEVELS.forEach((level, row) => {
    for (let y = 280 + row * 60; y < 320 + row * 60; y++) {
      data.fill(level, (y * width + 140) * 3, (y * width + 260) * 3);
    }
  });
  return { width, height, data };
}

describe('a number in rows', () => {
  it('is laid end to end from top to bottom', () => {
    const rows = findNumberRows(view(), ROWS);
    if (!rows) throw new Error('Expected four rows but received none');
    const { picture, line, block } = rows;
    const seen = LEVELS.map((_level, row) => {
      const x = Math.round(line.left + ((row + 0.5) * (line.right - line.left)) / 4);
      return picture.data[(Math.round(line.centreY) * picture.width + x) * 3];
    });
    expect(seen).toEqual(LEVELS);
    expect(block).toMatchObject({ centreY: 390, height: 220, left: 139, right: 261 });
  });

  it('is found among other short numbers', () => {
    const others = [box('2031', 420, 600), box('12', 200, 100), box('4321', 205, 700)];
    expect(findNumberRows(view(), [...others, ...ROWS])?.block.height).toBe(220);
  });

  it('is none of three rows, of rows far apart, of rows side by side, of words', () => {
    expect(findNumberRows(view(), ROWS.slice(0, 3))).toBeUndefined();
    const apart = ROWS.map((row, at) => box(row.reading.text, 200, 200 + at * 150));
    expect(findNumberRows(view(), apart)).toBeUndefined();
    const beside = ROWS.map((row, at) => box(row.reading.text, 100 + at * 140, 300));
    expect(findNumberRows(view(), beside)).toBeUndefined();
    const words = ROWS.map((row) => box('BANK', row.box.centre.x, row.box.centre.y));
    expect(findNumberRows(view(), words)).toBeUndefined();
  });
});
