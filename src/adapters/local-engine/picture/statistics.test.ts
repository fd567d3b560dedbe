import { describe, expect, it } from 'vitest';
import { everyNth, quantile } from './statistics';

describe('a quantile', () => {
  it.each([
    ['the least', 0, 1],
    ['the median of an odd count', 0.5, 3],
    ['a share in between', 0.79, 4],
    ['the greatest', 0.99, 10],
    ['the greatest, of all', 1, 10],
  ])('is %s', (_what, share, expected) => {
    expect(quantile([10, 3, 1, 2, 4], share)).toBe(expected);
  });

  it('is the upper one of two middles, and leaves the values in their order', () => {
    const values = Float32Array.of(4, 1, 3, 2);
    expect(quantile(values, 0.5)).toBe(3);
    expect([...values]).toEqual([4, 1, 3, 2]);
  });

  it('sorts by size, whatever the sign and however great', () => {
    expect(quantile([Infinity, -10, 9, -2, 100], 0.2)).toBe(-2);
    expect(quantile([Infinity, -10, 9, -2, 100], 0.9)).toBe(Infinity);
  });

  it('is nothing of nothing', () => {
    expect(quantile([], 0.5)).toBe(0);
  });
});

it('takes every nth value, beginning with the first', () => {
  expect([...everyNth(Float32Array.of(0, 1, 2, 3, 4, 5, 6), 3)]).toEqual([0, 3, 6]);
  expect([...everyNth(Float32Array.of(0, 1, 2, 3, 4, 5), 3)]).toEqual([0, 3]);
  expect([...everyNth(Float32Array.of(), 3)]).toEqual([]);
});
