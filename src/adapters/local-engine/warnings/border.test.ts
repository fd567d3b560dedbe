import { describe, expect, it } from 'vitest';
import type { Quad } from '../picture/geometry';
import type { CardOutline } from '../outline/quadrilateral';
import type { Raster } from '../picture/raster';
import { isBorderIncomplete, skinAcross } from './border';

type Colour = readonly [number, number, number];
const TABLE: Colour = [90, 95, 100];
const BLUE: Colour = [30, 60, 140];
const SKIN: Colour = [214, 165, 140];

/** A blue card at (100, 80)-(612, 403) of an 712 x 483 picture; `paint` may put something over it. */
function picture(paint: (x: number, y: number) => Colour | undefined, card = BLUE, table = TABLE): Raster {
  const [width, height] = [712, 483];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = x >= 100 && x < 612 && y >= 80 && y < 403;
      data.set(paint(x, y) ?? (inside ? card : table), (y * width + x) * 3);
    }
  }
  return { width, height, data };
}

const QUAD: Quad = [
  { x: 100, y: 80 },
  { x: 612, y: 80 },
  { x: 612, y: 403 },
  { x: 100, y: 403 },
];
const outline = (change: Partial<CardOutline> = {}): CardOutline => ({
  quad: QUAD,
  support: [1, 1, 1, 1],
  cutOff: [false, false, false, false],
  score: 2,
  portrait: false,
  ...change,
});
const nothing = (): undefined => undefined;

describe('the border', () => {
  it('is complete on a whole card', () => {
    expect(isBorderIncomplete(picture(nothing), outline())).toBe(false);
  });

  it('is incomplete where a thumb lies across a side', () => {
    const thumb = picture((x, y) => (x > 260 && x < 350 && y > 340 ? SKIN : undefined));
    expect(skinAcross(thumb, outline())).toBeGreaterThan(0.12);
    expect(isBorderIncomplete(thumb, outline())).toBe(true);
  });

  it('is complete where skin colour ends at the side: it is printed, or lies beside the card', () => {
    const printed = picture((x, y) => (x > 260 && x < 350 && y > 340 && y < 403 ? SKIN : undefined));
    const beside = picture((x, y) => (x > 260 && x < 350 && y > 403 ? SKIN : undefined));
    expect(isBorderIncomplete(printed, outline())).toBe(false);
    expect(isBorderIncomplete(beside, outline())).toBe(false);
  });

  it('is complete on a card and a table that both have the colour of skin', () => {
    expect(isBorderIncomplete(picture(nothing, [205, 160, 130], SKIN), outline())).toBe(false);
  });

  it('is complete under a thing of another colour, which may be a shadow or a pen', () => {
    const pen = picture((x, y) => (x > 260 && x < 350 && y > 340 ? [20, 20, 30] : undefined));
    expect(isBorderIncomplete(pen, outline())).toBe(false);
  });

  it('is incomplete where the card runs out of the picture', () => {
    const cut = outline({ cutOff: [false, true, false, false] });
    expect(isBorderIncomplete(picture(nothing), cut)).toBe(true);
    const [a, b, c, d] = QUAD;
    const quad: Quad = [{ ...a, y: -30 }, { ...b, y: -20 }, c, d];
    expect(isBorderIncomplete(picture(nothing), outline({ quad, support: [0.3, 1, 1, 1] }))).toBe(true);
    expect(isBorderIncomplete(picture(nothing), outline({ quad, support: [0.3, 0.5, 1, 1] }))).toBe(false);
  });
});
