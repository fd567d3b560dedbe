import { describe, expect, it } from 'vitest';
import { alongOwnText } from './look';
import type { CardOutline } from './quadrilateral';

/** A card that stands upright on the photograph, found while the text was thought to run level. */
const STANDING: CardOutline = {
  quad: [
    { x: 100, y: 50 },
    { x: 200, y: 50 },
    { x: 200, y: 208 },
    { x: 100, y: 208 },
  ],
  support: [0.1, 0.2, 0.3, 0.4],
  cutOff: [true, false, false, false],
  score: 2,
  portrait: true,
};
const text = (x: number, y: number, width: number, angle: number) => ({
  centre: { x, y },
  width,
  height: 10,
  angle,
  score: 0.9,
});
const FORM = [30, 60, 90, 120].map((y) => text(300, y, 120, 0));

describe("the card's own text", () => {
  it('tells which way the card is seen where a form around it runs another way', () => {
    const number = text(150, 130, 130, Math.PI / 2);
    const own = alongOwnText(STANDING, [...FORM, number], 0);
    expect(own.boxes).toEqual([number]);
    expect(own.direction).toBeCloseTo(Math.PI / 2);
    // Seen along text that runs down the picture, the top is on the right.
    expect(own.outline).toMatchObject({
      quad: [
        { x: 200, y: 50 },
        { x: 200, y: 208 },
        { x: 100, y: 208 },
        { x: 100, y: 50 },
      ],
      support: [0.2, 0.3, 0.4, 0.1],
      cutOff: [false, false, false, true],
      portrait: false,
    });
  });

  it('may run up the picture', () => {
    const { outline } = alongOwnText(STANDING, [text(150, 130, 130, -Math.PI / 2 + 0.05)], 0);
    expect(outline.quad[0]).toEqual({ x: 100, y: 208 });
    expect(outline.portrait).toBe(false);
  });

  it('leaves the outline as it was found where it runs the same way, or there is none', () => {
    expect(alongOwnText(STANDING, [text(150, 130, 60, 0.1)], 0.05).outline).toEqual(STANDING);
    expect(alongOwnText(STANDING, FORM, 0.02)).toEqual({ boxes: [], direction: 0.02, outline: STANDING });
  });
});
