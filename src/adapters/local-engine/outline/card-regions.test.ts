import { describe, expect, it } from 'vitest';
import type { RotatedRectangle } from '../picture/geometry';
import { cardsWithText, findCardRegions } from './card-regions';
import type { Raster } from '../picture/raster';

const WIDTH = 600;
const HEIGHT = 440;
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Of a card of its own shade. */
  readonly grey?: number;
}
const CARD = { width: 206, height: 130 };

/** Boxes of one grey on a background; `line` draws only their outlines, so thick. */
function picture(
  boxes: readonly Box[],
  grey = 90,
  background: (x: number, y: number) => number = () => 245,
  line = 0,
): Raster {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    const isIn = (room: number) =>
      boxes.some(
        (box) =>
          x >= box.x + room &&
          y >= box.y + room &&
          x < box.x + box.width - room &&
          y < box.y + box.height - room,
      );
    const own = boxes.find(
      (box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height,
    );
    const isDrawn = isIn(0) && !(line > 0 && isIn(line));
    data.fill(isDrawn ? (own?.grey ?? grey) : background(x, y), at * 3, at * 3 + 3);
  }
  return { width: WIDTH, height: HEIGHT, data };
}
const LEFT = { x: 40, y: 50, ...CARD };
const RIGHT = { x: 330, y: 70, ...CARD };
const LOW = { x: 60, y: 260, ...CARD };

describe('card-shaped regions', () => {
  it.each([
    ['two', [LEFT, RIGHT]],
    ['three', [LEFT, RIGHT, LOW]],
    ['one hardly darker than the plate beside one that is', [LEFT, { ...RIGHT, grey: 232 }]],
  ] as const)('are found: %s', async (_what, boxes) => {
    const regions = await findCardRegions(picture(boxes));
    expect(regions).toHaveLength(boxes.length);
    for (const { centre, width, height } of boxes.map(toRectangle)) {
      const near = regions.find((one) => Math.hypot(one.centre.x - centre.x, one.centre.y - centre.y) < 3);
      expect(near && [Math.abs(near.width - width) < 4, Math.abs(near.height - height) < 4]).toEqual([
        true,
        true,
      ]);
    }
  });

  it.each([
    ['one card', [LEFT]],
    ['a card and something long', [LEFT, { x: 330, y: 70, width: 240, height: 60 }]],
    ['a card and a square', [LEFT, { x: 330, y: 70, width: 150, height: 150 }]],
    ['a card and a small one', [LEFT, { x: 330, y: 70, width: 150, height: 95 }]],
    ['two that touch', [LEFT, { ...CARD, x: LEFT.x + CARD.width, y: LEFT.y }]],
  ] as const)('are not two where there is %s', async (_what, boxes) => {
    expect(await findCardRegions(picture(boxes))).toEqual([]);
  });

  it('are no boxes that are drawn on a form', async () => {
    expect(await findCardRegions(picture([LEFT, RIGHT], 60, undefined, 3))).toEqual([]);
  });

  it('are not looked for on a desk whose colour is not even', async () => {
    const wood = (x: number, y: number) => 120 + 90 * Math.sin(x / 9 + y / 40);
    expect(await findCardRegions(picture([LEFT, RIGHT], 255, wood))).toEqual([]);
  });
});

function toRectangle({ x, y, width, height }: Box): RotatedRectangle {
  return { centre: { x: x + width / 2, y: y + height / 2 }, width, height, angle: 0 };
}
const text = (x: number, y: number, width = 100) => ({
  centre: { x, y },
  width,
  height: 12,
  angle: 0,
  score: 1,
});

describe('cards with text', () => {
  const regions = [LOW, RIGHT, LEFT].map(toRectangle);
  const onEach = [text(140, 100), text(430, 120), text(160, 320)];

  it('are taken apart in the order of reading', () => {
    const firsts = cardsWithText(regions, onEach).map(([first]) => [
      Math.round(first.x),
      Math.round(first.y),
    ]);
    expect(firsts).toEqual([
      [40, 50],
      [330, 70],
      [60, 260],
    ]);
  });

  it('are left together where one has no text', () => {
    expect(cardsWithText(regions, onEach.slice(0, 2))).toEqual([]);
  });

  it('are left together where there is text beside them: nothing of it may be lost', () => {
    expect(cardsWithText(regions, [...onEach, text(430, 320)])).toEqual([]);
    expect(cardsWithText(regions, [...onEach, text(430, 320, 20)])).toHaveLength(3);
  });

  it('are turned as little as can be', () => {
    const lying = { ...toRectangle(LEFT), angle: Math.PI / 2 - 0.05 };
    const [[a, b] = []] = cardsWithText([lying, toRectangle(RIGHT)], [text(143, 115), text(430, 120)]);
    expect(a && b && Math.abs(Math.atan2(b.y - a.y, b.x - a.x))).toBeCloseTo(0.05);
  });
});
