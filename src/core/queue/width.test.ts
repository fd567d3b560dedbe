import { describe, expect, it } from 'vitest';
import { createWidth } from './width';

describe('width of the calls to the cloud', () => {
  it('grows one by one while answers are quick, up to the most', () => {
    const width = createWidth(() => 5);
    expect(width.now()).toBe(2);
    for (let call = 0; call < 9; call++) width.answered(800);
    expect(width.now()).toBe(5);
  });

  it('stays while answers are slow, shrinks when they are late, halves when one is lost, and never ends', () => {
    const width = createWidth(() => 10);
    for (let call = 0; call < 8; call++) width.answered(800);
    width.answered(5_000);
    expect(width.now()).toBe(10);
    width.answered(9_000);
    expect(width.now()).toBe(9);
    width.lost();
    expect(width.now()).toBe(4);
    for (let call = 0; call < 8; call++) width.lost();
    expect(width.now()).toBe(1);
  });
});
