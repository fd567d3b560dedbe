import { describe, expect, it } from 'vitest';
import { createTypeAhead } from './type-ahead';

const NAMES = ['Li Na', 'Liu Yang', 'Wang Lei', '陈静'];

describe('typing the start of a name', () => {
  it('finds the name, in any case, and in Chinese', () => {
    expect(createTypeAhead()('w', NAMES, 0, 0)).toBe(2);
    expect(createTypeAhead()('陈', NAMES, 0, 0)).toBe(3);
  });

  it('joins letters that follow each other quickly', () => {
    const type = createTypeAhead();
    expect(type('l', NAMES, 2, 0)).toBe(0);
    expect(type('i', NAMES, 0, 200)).toBe(0);
    expect(type('u', NAMES, 0, 400)).toBe(1);
  });

  it('begins anew after a pause', () => {
    const type = createTypeAhead();
    type('l', NAMES, 0, 0);
    expect(type('w', NAMES, 0, 2000)).toBe(2);
  });

  it('goes through the names with the same letter', () => {
    const type = createTypeAhead();
    expect(type('l', NAMES, -1, 0)).toBe(0);
    expect(type('l', NAMES, 0, 300)).toBe(1);
    expect(type('l', NAMES, 1, 600)).toBe(0);
  });

  it('stays where no name begins so', () => {
    expect(createTypeAhead()('x', NAMES, 1, 0)).toBeUndefined();
  });
});
