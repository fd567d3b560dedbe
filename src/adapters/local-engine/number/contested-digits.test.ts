import { describe, expect, it } from 'vitest';
import { differingPositions, capContested } from './contested-digits';

describe('positions in which two readings of a number differ', () => {
  it.each([
    ['none', '6225768888888888', '6225768888888888', []],
    ['one digit', '6225768888888888', '6225768883888888', [9]],
    ['two digits', '6225768888888888', '6215768888888880', [2, 15]],
    ['a digit that the other lacks', '622576123', '62257623', [6]],
    ['a digit more in the other, of which both neighbours are told', '622576123', '6225764123', [5, 6]],
    ['a digit more at the end', '622576123', '6225761234', [8]],
  ] as const)('%s', (_what, digits, other, expected) => {
    expect(differingPositions(digits, other)).toEqual(expected);
  });

  it('are none where it is another number altogether', () => {
    expect(differingPositions('6225768888888888', '6217001234567890123')).toEqual([]);
  });
});

it('tells a contested digit as no better than even, and no other', () => {
  expect(capContested([0.99, 0.99, 0.3], [1, 2])).toEqual([0.99, 0.5, 0.3]);
});
