import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARD_STATES, type Counts } from '../../../shared/cards';
import { TERMS, amountOf, barsOf, percent, scaleTo } from './figures';

const HOUR = 3_600_000;

describe('the report', () => {
  it('names every card once, so that its terms add up to what was taken in', () => {
    const counts = fc.record(
      Object.fromEntries(CARD_STATES.map((state) => [state, fc.nat(5000)])) as Record<
        (typeof CARD_STATES)[number],
        fc.Arbitrary<number>
      >,
    );
    fc.assert(
      fc.property(counts, (given: Counts) => {
        const taken = CARD_STATES.reduce((sum, state) => sum + given[state], 0);
        expect(TERMS.reduce((sum, term) => sum + amountOf(term, given), 0)).toBe(taken);
      }),
    );
  });

  it.each([
    [0, 0, '0'],
    [0, 8, '0'],
    [1, 3, '33'],
    [1, 1000, '<1'],
    [999, 1000, '>99'],
    [8, 8, '100'],
  ])('says %i of %i as %s percent', (part, whole, said) => {
    expect(percent(part, whole)).toBe(said);
  });

  it.each([
    [1, [0, 1]],
    [4, [0, 1, 2, 3, 4]],
    [47, [0, 20, 40, 60]],
    [1000, [0, 500, 1000]],
  ])('draws a grid for %i in round steps', (most, lines) => {
    expect(scaleTo(most)).toEqual(lines);
  });

  it('never draws a bar over the grid, nor a crowd of lines', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (most) => {
        const lines = scaleTo(most);
        expect(lines.at(-1)).toBeGreaterThanOrEqual(most);
        expect(lines.length).toBeLessThanOrEqual(6);
        expect(lines.every(Number.isInteger)).toBe(true);
      }),
    );
  });

  it('writes hours only where they have room, and a day once', () => {
    const start = new Date(2026, 10, 24, 20).getTime();
    const bars = barsOf(
      Array.from({ length: 48 }, (_, hour) => ({ at: start + hour * HOUR, decided: hour })),
      800,
      100,
      47,
    );
    const shown = bars.filter(({ hourShown }) => hourShown);
    expect(shown.length).toBeLessThanOrEqual(16);
    expect(bars.filter(({ dayShown }) => dayShown)).toHaveLength(3);
    expect(bars.at(-1)?.height).toBe(100);
  });
});
