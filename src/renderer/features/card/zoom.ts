/**
 * Where a picture stands on its stage. The picture is drawn around its centre: turned, scaled, then moved by (x, y)
 * screen pixels from the stage's centre; so a point of the picture is at `centre + (x, y) + scale * turned(point)`.
 */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** On the stage, from its middle. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Angle {
  /** Quarter turns clockwise, 0-3. */
  readonly turns: number;
  /** Degrees clockwise on top of the quarter turns, -45 to 45. */
  readonly fine: number;
}

export interface Placement extends Angle {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const UPRIGHT: Angle = { turns: 0, fine: 0 };
export const MOST_FINE = 45;

export const MOST_SCALE = 8;
/** The magnifier: how wide it is, and how many times larger it shows what is on the stage. */
export const LOUPE_PX = 220;
export const LOUPE_TIMES = 3;
const MARGIN_PX = 16;
/** So much of the picture stays in sight when it is dragged away. */
const KEPT_PX = 60;

/** Degrees clockwise, above -180 and up to 180. */
export function degreesOf({ turns, fine }: Angle): number {
  const degrees = turns * 90 + fine;
  return degrees > 180 ? degrees - 360 : degrees;
}

/** The upright box around the turned picture. */
export function turnedSize({ width, height }: Size, angle: Angle): Size {
  const lying = angle.turns % 2 === 1;
  const [across, down] = lying ? [height, width] : [width, height];
  const radians = (Math.abs(angle.fine) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return { width: across * cos + down * sin, height: across * sin + down * cos };
}

/** The scale that shows the whole picture; small pictures are enlarged at most twice. */
export function fitScale(stage: Size, picture: Size, angle: Angle): number {
  const turned = turnedSize(picture, angle);
  if (turned.width <= 0 || turned.height <= 0) return 1;
  const across = (stage.width - 2 * MARGIN_PX) / turned.width;
  const down = (stage.height - 2 * MARGIN_PX) / turned.height;
  return Math.max(0.01, Math.min(across, down, 2));
}

export function fit(stage: Size, picture: Size, { turns, fine }: Angle): Placement {
  return { scale: fitScale(stage, picture, { turns, fine }), x: 0, y: 0, turns, fine };
}

function between(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Keeps some of the picture on the stage; a picture smaller than the stage stays wholly on it. */
export function held(placement: Placement, stage: Size, picture: Size): Placement {
  const turned = turnedSize(picture, placement);
  const room = (whole: number, shown: number) =>
    shown <= whole ? (whole - shown) / 2 : (shown + whole) / 2 - KEPT_PX;
  const across = room(stage.width, turned.width * placement.scale);
  const down = room(stage.height, turned.height * placement.scale);
  return { ...placement, x: between(placement.x, -across, across), y: between(placement.y, -down, down) };
}

/** Zooms so that what is under `point` (from the stage's centre) stays under it. */
export function zoomAt(
  placement: Placement,
  factor: number,
  point: Point,
  stage: Size,
  picture: Size,
): Placement {
  const least = Math.min(1, fitScale(stage, picture, placement));
  const scale = between(placement.scale * factor, least, MOST_SCALE);
  const ratio = scale / placement.scale;
  return held(
    {
      ...placement,
      scale,
      x: point.x - (point.x - placement.x) * ratio,
      y: point.y - (point.y - placement.y) * ratio,
    },
    stage,
    picture,
  );
}

export function pan(placement: Placement, dx: number, dy: number, stage: Size, picture: Size): Placement {
  return held({ ...placement, x: placement.x + dx, y: placement.y + dy }, stage, picture);
}

export function turn(placement: Placement, by: 1 | -1, stage: Size, picture: Size): Placement {
  return fit(stage, picture, { turns: (placement.turns + by + 4) % 4, fine: placement.fine });
}

/** Turns around the middle of the stage, so that what is looked at stays in sight. */
export function tilt(placement: Placement, fine: number, stage: Size, picture: Size): Placement {
  const tilted = between(fine, -MOST_FINE, MOST_FINE);
  const radians = ((tilted - placement.fine) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const { x, y } = placement;
  return held({ ...placement, fine: tilted, x: x * cos - y * sin, y: x * sin + y * cos }, stage, picture);
}

/** A point that stays on the stage. */
export function onStage({ x, y }: Point, stage: Size): Point {
  return {
    x: between(x, -stage.width / 2, stage.width / 2),
    y: between(y, -stage.height / 2, stage.height / 2),
  };
}
