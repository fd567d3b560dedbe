import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partings } from './text-differences';

const without = (text: string, marks: readonly number[]) =>
  [...text].filter((_sign, at) => !marks.includes(at)).join('');

describe('partings', () => {
  it('marks nothing in texts that are the same', () => {
    expect(partings('招商银行', '招商银行')).toEqual([[], []]);
  });
  it('marks what is other, and only that', () => {
    expect(partings('07/2028', '01/2028')).toEqual([[1], [1]]);
    expect(partings('工商银行', '中国工商银行')).toEqual([[], [0, 1]]);
  });
  it('marks the digit that one reading lost, and none after it', () => {
    expect(partings('6222020011', '622220011')).toEqual([[4], []]);
  });
  it('leaves the same text on both sides when what is marked is taken away', () => {
    const text = fc.string({ unit: fc.constantFrom('1', '2', '3', '行', '卡'), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [left, right] = partings(one, other);
        expect(without(one, left)).toBe(without(other, right));
      }),
    );
  });
});
