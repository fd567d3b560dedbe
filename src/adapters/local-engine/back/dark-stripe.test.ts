import { describe, expect, it } from 'vitest';
import { hasDarkStripe, pointsOf, rectangleOf } from './dark-stripe';
import { minimumAreaRectangle } from '../picture/geometry';
import { findRegions } from '../picture/regions';
import { quarterTurn, type Raster } from '../picture/raster';

/** A card of one grey on a lighter table, with a dark bar across it. */
function card(bar: { readonly top: number; readonly height: number; readonly width?: number }): Raster {
  const [width, height] = [400, 300];
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const onCard = x >= 40 && x < 360 && y >= 50 && y < 250;
    const onBar = onCard && x < 40 + (bar.width ?? 320) && y >= bar.top && y < bar.top + bar.height;
    data.fill(onBar ? 25 : onCard ? 140 : 220, at * 3, at * 3 + 3);
  }
  return { width, height, data };
}

describe('a magnetic stripe', () => {
  it.each([
    ['near the upper edge', card({ top: 70, height: 40 })],
    ['low', card({ top: 190, height: 40 })],
    ['on a card that lies on its side', quarterTurn(card({ top: 70, height: 40 }))],
  ])('is seen %s', async (_where, picture) => {
    expect(await hasDarkStripe(picture)).toBe(true);
  });

  it.each([
    ['nothing dark', card({ top: 70, height: 0 })],
    ['a line', card({ top: 70, height: 4 })],
    ['a dark field', card({ top: 70, height: 130 })],
    ['a short bar', card({ top: 70, height: 20, width: 100 })],
  ])('is not %s', async (_what, picture) => {
    expect(await hasDarkStripe(picture)).toBe(false);
  });
});

/** The same for each seed, 0-1. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

it('the rectangle of a dark field is that around all its pixels, to the last bit', () => {
  const width = 31;
  for (let seed = 1; seed <= 200; seed++) {
    const next = sequence(seed);
    const dark = Array.from({ length: width * 17 }, () => next() < 0.4 + seed / 400);
    for (const region of findRegions(width, 17, 'sides', (at) => dark[at] ?? false)) {
      const corners = [...region].flatMap((at) => {
        const [x, y] = [at % width, Math.floor(at / width)];
        return [
          { x, y },
          { x: x + 1, y: y + 1 },
        ];
      });
      expect(rectangleOf(region, width)).toEqual(minimumAreaRectangle(corners));
    }
  }
});

it('asks for a field’s row ends and not for each of its pixels', () => {
  const field = Int32Array.from({ length: 100 * 40 }, (_none, at) => at);
  expect(pointsOf(field, 100)).toHaveLength(4 * 40);
});
