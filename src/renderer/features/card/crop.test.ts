import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CutRegionSchema, type Cut } from '../../../shared/cards';
import { FIRST_CUT, HANDLES, cutByKey, leastOf, moved, resized } from './crop';

const LEAST = leastOf({ width: 1000, height: 500 });

function after(keys: readonly string[], from: Cut = FIRST_CUT): Cut {
  return keys.reduce<Cut>((cut, key) => {
    const next = cutByKey(cut, key, LEAST);
    if (typeof next !== 'object') throw new Error(`Expected ${key} to change the frame`);
    return next;
  }, from);
}
const close = (cut: Cut) => ({
  left: expect.closeTo(cut.left, 6) as number,
  top: expect.closeTo(cut.top, 6) as number,
  width: expect.closeTo(cut.width, 6) as number,
  height: expect.closeTo(cut.height, 6) as number,
});

describe('the frame by keys', () => {
  it('moves by the arrows and keeps its size', () => {
    expect(after(['ArrowRight', 'ArrowRight', 'ArrowUp'])).toEqual(
      close({ left: 0.12, top: 0.09, width: 0.8, height: 0.8 }),
    );
  });
  it('changes its right and lower edge with Shift', () => {
    expect(after(['Shift+ArrowLeft', 'Shift+ArrowDown'])).toEqual(
      close({ left: 0.1, top: 0.1, width: 0.79, height: 0.81 }),
    );
  });
  it('grows and shrinks around its middle', () => {
    expect(after(['-'])).toEqual(close({ left: 0.11, top: 0.11, width: 0.78, height: 0.78 }));
    expect(after(['-', '-', '+', '='])).toEqual(close(FIRST_CUT));
  });
  it('is recognised by Enter, left by Escape, and knows no other key', () => {
    expect(cutByKey(FIRST_CUT, 'Enter', LEAST)).toBe('recognise');
    expect(cutByKey(FIRST_CUT, 'Escape', LEAST)).toBe('leave');
    for (const key of ['A', '[', '}', 'L', 'Mod+ArrowLeft']) {
      expect(cutByKey(FIRST_CUT, key, LEAST)).toBeUndefined();
    }
  });
});

describe('the frame', () => {
  it('stays a region that can be asked about, whatever is done to it', () => {
    const share = fc.double({ min: -2, max: 2, noNaN: true });
    const act = fc.record({ dx: share, dy: share, handle: fc.option(fc.constantFrom(...HANDLES)) });
    const keys = fc.constantFrom('ArrowLeft', 'ArrowDown', 'Shift+ArrowUp', 'Shift+ArrowRight', '+', '-');
    fc.assert(
      fc.property(fc.array(fc.oneof(act, keys), { maxLength: 40 }), (acts) => {
        const cut = acts.reduce<Cut>((now, one) => {
          if (typeof one === 'string') return after([one], now);
          return one.handle ? resized(now, one.handle, one.dx, one.dy, LEAST) : moved(now, one.dx, one.dy);
        }, FIRST_CUT);
        expect(CutRegionSchema.safeParse({ angle: 0, cut }).success).toBe(true);
        expect(cut.width).toBeGreaterThanOrEqual(LEAST.width - 1e-9);
        expect(cut.height).toBeGreaterThanOrEqual(LEAST.height - 1e-9);
      }),
    );
  });

  it('follows the edge that is dragged and holds the others', () => {
    const dragged = resized(FIRST_CUT, { x: -1, y: 0 }, 0.2, 0.5, LEAST);
    expect(dragged).toEqual(close({ left: 0.3, top: 0.1, width: 0.6, height: 0.8 }));
    expect(resized(FIRST_CUT, { x: -1, y: 0 }, 5, 0, LEAST)).toEqual(
      close({ left: 0.8, top: 0.1, width: 0.1, height: 0.8 }),
    );
  });

  it('may take all of a picture that is hardly large enough', () => {
    expect(leastOf({ width: 80, height: 400 })).toEqual({ width: 1, height: 0.25 });
  });
});
