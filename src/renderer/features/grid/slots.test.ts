import { describe, expect, it } from 'vitest';
import { createSlots } from './slots';

const from = (first: number, count: number) => Array.from({ length: count }, (_none, at) => first + at);

describe('slots', () => {
  it('are taken by one place each, wherever the screen is', () => {
    const slots = createSlots();
    for (const [first, count] of [
      [0, 20],
      [13, 44],
      [99_970, 30],
      [7, 43],
    ] as const) {
      slots.hold(count);
      expect(new Set(from(first, count).map(slots.slotOf)).size).toBe(count);
    }
  });

  it('stay with a place that stays on the screen, and are taken over by those that come in', () => {
    const slots = createSlots();
    slots.hold(10);
    const before = new Map(from(40, 10).map((place) => [place, slots.slotOf(place)]));
    slots.hold(9);
    for (const place of from(43, 7)) expect(slots.slotOf(place)).toBe(before.get(place));
    expect(from(50, 3).map(slots.slotOf)).toEqual(from(40, 3).map((place) => before.get(place)));
  });

  it('have an order of their own, in which none is moved while the screen goes on', () => {
    const slots = createSlots();
    slots.hold(10);
    const standing = (first: number) =>
      from(first, 10)
        .map(slots.slotOf)
        .toSorted((one, other) => one - other);
    for (const first of [41, 43, 57, 900]) expect(standing(first)).toEqual(standing(40));
  });
});
