import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textDifferences } from './text-differences';

const without = (text: string, marks: readonly number[]) =>
  [...text].filter((_sign, at) => !marks.includes(at)).join('');

describe('textDifferences', () => {
  it('marks nothing in texts that are the same', () => {
    expect(textDifferences('招商银行', '招商银行')).toEqual([[], []]);
  });
  it('marks what is other, and only that', () => {
    expect(textDifferences('07/2028', '01/2028')).toEqual([[1], [1]]);
    expect(textDifferences('工商银行', '中国工商银行')).toEqual([[], [0, 1]]);
  });
  it('marks the digit that one reading lost, and none after it', () => {
    expect(textDifferences('6222020011', '622220011')).toEqual([[4], []]);
  });
  it('leaves the same text on both sides when what is marked is taken away', () => {
    const text = fc.string({ unit: fc.constantFrom('1', '2', '3', '行', '卡'), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [left, right] = textDifferences(one, other);
        expect(without(one, left)).toBe(without(other, right));
      }),
    );
  });
});
