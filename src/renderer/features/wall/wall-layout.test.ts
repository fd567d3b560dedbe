import { describe, expect, it } from 'vitest';
import { screenStart, wallLayout } from './wall-layout';

describe('the digit wall', () => {
  it.each([
    ['the smallest window', 1024 - 208, 680 - 188, 18, 20],
    ['the usual window', 1360 - 208, 860 - 188, 20, 50],
    ['a large screen', 2560 - 208, 1440 - 188, 20, 60],
  ])('shows a number of cards that an eye can slide down in %s', (_what, width, height, least, most) => {
    const { columns, rows } = wallLayout(width, height);
    expect(columns * rows).toBeGreaterThanOrEqual(least);
    expect(columns * rows).toBeLessThanOrEqual(most);
  });

  it('shows a card even where there is hardly any room', () => {
    expect(wallLayout(10, 10)).toEqual({ columns: 1, rows: 1 });
  });

  it('turns whole screens', () => {
    const layout = { columns: 3, rows: 10 };
    expect([0, 29, 30, 61, -1].map((index) => screenStart(index, layout))).toEqual([0, 0, 30, 60, 0]);
  });
});
