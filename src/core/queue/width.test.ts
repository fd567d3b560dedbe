import { describe, expect, it } from 'vitest';
import { createWidth } from './width';

function after(most: number, durationMs: number, answers: number) {
  const width = createWidth(() => most);
  for (let call = 0; call < answers; call++) width.answered(durationMs);
  return width;
}

describe('width of the calls to the cloud', () => {
  it('begins with two and grows one by one to what ten calls a second need, and no further', () => {
    expect(createWidth(() => 24).now()).toBe(2);
    expect(after(24, 800, 1).now()).toBe(3);
    expect(after(24, 800, 50).now()).toBe(9);
    expect(after(24, 100, 50).now()).toBe(2);
  });

  it.each([3_000, 8_000, 12_000])(
    'does not shrink because answers take %d ms, up to the most',
    (durationMs) => {
      expect(after(24, durationMs, 50).now()).toBe(24);
      expect(after(5, durationMs, 50).now()).toBe(5);
    },
  );

  it('shrinks when answers are quick again, halves when one is lost, and never ends', () => {
    const width = after(24, 1_800, 50);
    for (let call = 0; call < 60; call++) width.answered(480);
    expect(width.now()).toBe(6);
    width.lost();
    expect(width.now()).toBe(3);
    for (let call = 0; call < 8; call++) width.lost();
    expect(width.now()).toBe(1);
    width.answered(500);
    expect(width.now()).toBe(2);
  });
});
