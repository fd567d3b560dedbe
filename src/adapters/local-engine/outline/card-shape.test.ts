import { describe, expect, it } from 'vitest';
import { judgeShape } from './card-shape';
import type { Quad } from '../picture/geometry';

/** A card of 85.6 x 54 mm before a camera: turned about its long axis and seen from 200 mm. */
function photograph(width: number, height: number, tiltDegrees: number): Quad {
  const tilt = (tiltDegrees * Math.PI) / 180;
  const focal = 1000;
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([sideX = 0, sideY = 0]) => {
    const y = (sideY * height) / 2;
    const depth = 200 + y * Math.sin(tilt);
    return {
      x: 500 + (focal * ((sideX * width) / 2)) / depth,
      y: 400 + (focal * y * Math.cos(tilt)) / depth,
    };
  });
  return corners as unknown as Quad;
}

describe('the shape of a card', () => {
  it.each([0, 30, -45, 55])('is known from straight above and at %d degrees', (tilt) => {
    expect(judgeShape(photograph(85.6, 53.98, tilt), 1000, 800, 0.3)?.misfit).toBeLessThan(0.03);
  });

  it('may be upright', () => {
    expect(judgeShape(photograph(53.98, 85.6, 20), 1000, 800, 0.3)).toMatchObject({ portrait: true });
    expect(judgeShape(photograph(85.6, 53.98, 20), 1000, 800, 0.3)).toMatchObject({ portrait: false });
  });

  it('is not that of a square or of a banner', () => {
    expect(judgeShape(photograph(60, 60, 0), 1000, 800, 0.3)).toBeUndefined();
    expect(judgeShape(photograph(120, 40, 0), 1000, 800, 0.3)).toBeUndefined();
  });
});
