import { describe, expect, it } from 'vitest';
import { MOST_SCALE, fit, pan, turn, zoomAt, type Placement } from './zoom';

const STAGE = { width: 832, height: 632 };
const PICTURE = { width: 1600, height: 1200 };

/** Where on the stage, from its centre, a point of the picture (from the picture's centre) is drawn; no turn. */
const drawn = (at: Placement, x: number) => at.x + at.scale * x;

describe('fit', () => {
  it('shows the whole picture with a margin', () => {
    expect(fit(STAGE, PICTURE, 0)).toEqual({ scale: 0.5, x: 0, y: 0, turns: 0 });
  });
  it('fits the turned picture by its turned sides', () => {
    expect(fit(STAGE, PICTURE, 1).scale).toBeCloseTo(600 / 1600);
  });
  it('enlarges a small picture at most twice', () => {
    expect(fit(STAGE, { width: 20, height: 20 }, 0).scale).toBe(2);
  });
});

describe('zoomAt', () => {
  it('keeps what is under the pointer under it', () => {
    const before = { scale: 1, x: 40, y: -25, turns: 0 };
    const after = zoomAt(before, 1.5, { x: 120, y: 80 }, STAGE, PICTURE);
    const underPointer = (120 - before.x) / before.scale;
    expect(after.scale).toBe(1.5);
    expect(drawn(after, underPointer)).toBeCloseTo(120);
  });
  it('stops at both ends', () => {
    const start = fit(STAGE, PICTURE, 0);
    expect(zoomAt(start, 1e6, { x: 0, y: 0 }, STAGE, PICTURE).scale).toBe(MOST_SCALE);
    expect(zoomAt(start, 1e-6, { x: 0, y: 0 }, STAGE, PICTURE).scale).toBe(0.5);
  });
});

describe('pan', () => {
  it('never loses the picture', () => {
    const zoomed = { scale: 2, x: 0, y: 0, turns: 0 };
    const away = pan(zoomed, 1e6, -1e6, STAGE, PICTURE);
    const leftEdge = away.x - (PICTURE.width * away.scale) / 2;
    const lowerEdge = away.y + (PICTURE.height * away.scale) / 2;
    expect(leftEdge).toBeLessThan(STAGE.width / 2);
    expect(lowerEdge).toBeGreaterThan(-STAGE.height / 2);
  });
});

describe('turn', () => {
  it('goes round in both directions', () => {
    let at = fit(STAGE, PICTURE, 0);
    at = turn(at, -1, STAGE, PICTURE);
    expect(at.turns).toBe(3);
    for (let times = 0; times < 3; times++) at = turn(at, -1, STAGE, PICTURE);
    expect(at.turns).toBe(0);
  });
});
