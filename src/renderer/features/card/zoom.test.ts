import { describe, expect, it } from 'vitest';
import {
  MOST_SCALE,
  UPRIGHT,
  degreesOf,
  fit,
  onStage,
  pan,
  tilt,
  turn,
  turnedSize,
  zoomAt,
  type Placement,
} from './zoom';

const STAGE = { width: 832, height: 632 };
const PICTURE = { width: 1600, height: 1200 };

/** Where on the stage, from its centre, a point of the picture (from the picture's centre) is drawn; no turn. */
const drawn = (at: Placement, x: number) => at.x + at.scale * x;

describe('fit', () => {
  it('shows the whole picture with a margin', () => {
    expect(fit(STAGE, PICTURE, UPRIGHT)).toEqual({ scale: 0.5, x: 0, y: 0, turns: 0, fine: 0 });
  });
  it('fits the turned picture by its turned sides', () => {
    expect(fit(STAGE, PICTURE, { turns: 1, fine: 0 }).scale).toBeCloseTo(600 / 1600);
  });
  it('enlarges a small picture at most twice', () => {
    expect(fit(STAGE, { width: 20, height: 20 }, UPRIGHT).scale).toBe(2);
  });
});

describe('zoomAt', () => {
  it('keeps what is under the pointer under it', () => {
    const before = { scale: 1, x: 40, y: -25, turns: 0, fine: 0 };
    const after = zoomAt(before, 1.5, { x: 120, y: 80 }, STAGE, PICTURE);
    const underPointer = (120 - before.x) / before.scale;
    expect(after.scale).toBe(1.5);
    expect(drawn(after, underPointer)).toBeCloseTo(120);
  });
  it('stops at both ends', () => {
    const start = fit(STAGE, PICTURE, UPRIGHT);
    expect(zoomAt(start, 1e6, { x: 0, y: 0 }, STAGE, PICTURE).scale).toBe(MOST_SCALE);
    expect(zoomAt(start, 1e-6, { x: 0, y: 0 }, STAGE, PICTURE).scale).toBe(0.5);
  });
});

describe('pan', () => {
  it('never loses the picture', () => {
    const zoomed = { scale: 2, x: 0, y: 0, turns: 0, fine: 0 };
    const away = pan(zoomed, 1e6, -1e6, STAGE, PICTURE);
    const leftEdge = away.x - (PICTURE.width * away.scale) / 2;
    const lowerEdge = away.y + (PICTURE.height * away.scale) / 2;
    expect(leftEdge).toBeLessThan(STAGE.width / 2);
    expect(lowerEdge).toBeGreaterThan(-STAGE.height / 2);
  });
});

describe('turn', () => {
  it('goes round in both directions', () => {
    let at = fit(STAGE, PICTURE, UPRIGHT);
    at = turn(at, -1, STAGE, PICTURE);
    expect(at.turns).toBe(3);
    for (let times = 0; times < 3; times++) at = turn(at, -1, STAGE, PICTURE);
    expect(at.turns).toBe(0);
  });
});

describe('tilt', () => {
  it('turns by a fine angle and keeps the zoom', () => {
    const zoomed = zoomAt(fit(STAGE, PICTURE, UPRIGHT), 4, { x: 0, y: 0 }, STAGE, PICTURE);
    expect(tilt(zoomed, 10, STAGE, PICTURE)).toMatchObject({ fine: 10, turns: 0, scale: zoomed.scale });
  });
  it('keeps what is in the middle of the stage there', () => {
    const moved = pan({ scale: 2, x: 0, y: 0, ...UPRIGHT }, 300, 100, STAGE, PICTURE);
    const tilted = tilt(moved, 30, STAGE, PICTURE);
    // Seen from the picture the middle lies in the same direction: turned back it is where it was.
    const radians = (-30 * Math.PI) / 180;
    expect(tilted.x * Math.cos(radians) - tilted.y * Math.sin(radians)).toBeCloseTo(moved.x);
    expect(tilted.x * Math.sin(radians) + tilted.y * Math.cos(radians)).toBeCloseTo(moved.y);
  });
  it('stops where a quarter turn is nearer', () => {
    expect(tilt(fit(STAGE, PICTURE, UPRIGHT), 50, STAGE, PICTURE).fine).toBe(45);
  });
  it('is kept by a quarter turn', () => {
    const tilted = tilt(fit(STAGE, PICTURE, UPRIGHT), -7, STAGE, PICTURE);
    expect(turn(tilted, 1, STAGE, PICTURE)).toMatchObject({ turns: 1, fine: -7 });
  });
});

describe('the turned picture', () => {
  it('needs the box that holds all its corners', () => {
    expect(turnedSize(PICTURE, { turns: 1, fine: 0 })).toEqual({ width: 1200, height: 1600 });
    const half = turnedSize({ width: 100, height: 100 }, { turns: 0, fine: -45 });
    expect(half.width).toBeCloseTo(Math.SQRT2 * 100);
    expect(half.height).toBeCloseTo(Math.SQRT2 * 100);
  });
  it('has an angle within half a turn to either side', () => {
    const angles = [0, 1, 2, 3].map((turns) => degreesOf({ turns, fine: 10 }));
    expect(angles).toEqual([10, 100, -170, -80]);
    expect(degreesOf({ turns: 2, fine: 0 })).toBe(180);
  });
});

describe('onStage', () => {
  it('lets the magnifier reach every edge and no further', () => {
    expect(onStage({ x: 10, y: -20 }, STAGE)).toEqual({ x: 10, y: -20 });
    expect(onStage({ x: 1e4, y: -1e4 }, STAGE)).toEqual({ x: 416, y: -316 });
  });
});
