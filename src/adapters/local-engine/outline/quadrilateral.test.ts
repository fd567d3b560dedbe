import { describe, expect, it } from 'vitest';
import { findCardOutline, type CardOutline } from './quadrilateral';
import type { Raster } from '../picture/raster';

const WIDTH = 512;
const HEIGHT = 400;
/** Pixels within which a corner is right. */
const NEAR = 3;
const CARD = { left: 140, top: 110, width: 240, height: 151 };

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
/** Painted one over the other: a box of a grey, of its rim only where that is so many pixels thick. */
interface Paint extends Box {
  readonly grey: number;
  readonly rim?: number;
}

function picture(background: number, paints: readonly Paint[]): Raster {
  const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(background);
  for (const { left, top, width, height, grey, rim = Infinity } of paints) {
    for (let y = top; y < top + height; y++) {
      for (let x = left; x < left + width; x++) {
        if (Math.min(x - left, y - top, left + width - 1 - x, top + height - 1 - y) >= rim) continue;
        const at = (y * WIDTH + x) * 3;
        data.fill(grey, at, at + 3);
      }
    }
  }
  return { width: WIDTH, height: HEIGHT, data };
}

const text = (x: number, y: number, width: number) => ({ centre: { x, y }, width, height: 12, angle: 0 });
const NUMBER = [text(260, 200, 190), text(200, 240, 80)];

/** How far the worst corner of the outline is from the box's own, pixels. */
function farthest(outline: CardOutline | undefined, { left, top, width, height }: Box): number {
  const corners = [
    [left, top],
    [left + width, top],
    [left + width, top + height],
    [left, top + height],
  ];
  const away = corners.map(([x = 0, y = 0], index) => {
    const found = outline?.quad[index];
    return found ? Math.hypot(found.x - x, found.y - y) : Infinity;
  });
  return Math.max(...away);
}

describe("a card's outline", () => {
  it('is found on a plain desk', async () => {
    const outline = await findCardOutline(picture(200, [{ ...CARD, grey: 90 }]), 0, NUMBER);
    expect(farthest(outline, CARD)).toBeLessThan(NEAR);
    expect(outline).toMatchObject({ portrait: false, cutOff: [false, false, false, false] });
  });

  it('is found on a ruled form that has more text than the card', async () => {
    const ruled = Array.from({ length: 12 }, (_, line) => ({
      left: 20,
      top: 20 + line * 32,
      width: 472,
      height: 2,
      grey: 110,
    }));
    const form = [30, 62, 94, 285, 317, 349, 381].map((y) => text(250, y, 120));
    const outline = await findCardOutline(picture(225, [...ruled, { ...CARD, grey: 90 }]), 0, [
      ...NUMBER,
      ...form,
    ]);
    expect(farthest(outline, CARD)).toBeLessThan(NEAR);
  });

  it('is that of the card and not of the sleeve around it', async () => {
    const lower = { ...CARD, height: 142 };
    const sleeve = { left: 128, top: 98, width: 264, height: 166, grey: 235, rim: 2 };
    const outline = await findCardOutline(picture(150, [sleeve, { ...lower, grey: 90 }]), 0, NUMBER);
    expect(farthest(outline, lower)).toBeLessThan(NEAR);
  });

  it('is that of the card and not of a larger sheet under it', async () => {
    const sheet = { left: 60, top: 50, width: 390, height: 262, grey: 190 };
    const outline = await findCardOutline(picture(15, [sheet, { ...CARD, grey: 120 }]), 0, NUMBER);
    expect(farthest(outline, CARD)).toBeLessThan(NEAR);
  });

  it('is that of a card hardly darker than the screen, which is plain to see but has no proportions of a card', async () => {
    const screen = { left: 60, top: 40, width: 390, height: 290, grey: 190 };
    const outline = await findCardOutline(picture(15, [screen, { ...CARD, grey: 180 }]), 0, NUMBER);
    expect(farthest(outline, CARD)).toBeLessThan(NEAR);
  });

  it("ends where the sides end, not at a print across the card that is plainer than the card's edge", async () => {
    const band = { ...CARD, height: 14, grey: 185 };
    const outline = await findCardOutline(picture(200, [{ ...CARD, grey: 60 }, band]), 0, NUMBER);
    expect(farthest(outline, CARD)).toBeLessThan(NEAR);
  });
});
