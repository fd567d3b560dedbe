/**
 * -9111: the card's border is not complete. A side counts as incomplete when the card runs out of the picture there,
 * or when skin lies across it: skin-coloured inside and outside alike, with no edge between, on a part of the side
 * only and unlike the rest of it. The box of skin colours in Cb and Cr is that of Chai and Ngan, "Face segmentation
 * using skin-color map in videophone applications" (IEEE Trans. Circuits Syst. Video Technol. 9, 1999).
 */
import { applyHomography, homographyBetween, quadArea, rectangleQuad, type Quad } from '../picture/geometry';
import { CARD_PROPORTION } from '../outline/card-shape';
import type { CardOutline } from '../outline/quadrilateral';
import { warpQuad, type Raster } from '../picture/raster';
import { quantile } from '../picture/statistics';

const SKIN_CB = [77, 127] as const;
const SKIN_CR = [133, 173] as const;
/** How far, in shares of the card's shorter side, corners must lie outside the picture. */
const LEAST_OUTSIDE = 0.03;
/** A side that nobody sees proves nothing about where the card ends, unless the others are this plain. */
const PLAIN_SUPPORT = 0.9;
/** A finger is about 15 mm wide: shares of the side that it may cover. */
const NARROWEST = 0.09;
const WIDEST = 0.5;
/** Sum of absolute differences of the three channels: skin on both sides of the line, and skin against the rest. */
const SAME_SKIN = 75;
const UNLIKE_REST = 70;

/** The flat card and its surroundings, at this many pixels along the card's longer side, with this room around. */
const FLAT_LONG = 512;
const FLAT_SHORT = 323;
const ROOM = 0.08;
const STEPS = 100;

/** `outline` is in pixels of the photograph. */
export function isBorderIncomplete(photograph: Raster, outline: CardOutline): boolean {
  return (
    outline.cutOff.some(Boolean) ||
    runsOut(photograph, outline) ||
    skinAcross(photograph, outline) >= NARROWEST
  );
}

/** The straight sides meet outside the picture. */
function runsOut({ width, height }: Raster, { quad, support }: CardOutline): boolean {
  if (support.filter((share) => share >= PLAIN_SUPPORT).length < 3) return false;
  const away = LEAST_OUTSIDE * Math.sqrt(quadArea(quad) / CARD_PROPORTION);
  return quad.some(({ x, y }) => x < -away || y < -away || x > width + away || y > height + away);
}

type Colour = readonly [red: number, green: number, blue: number];

/** Longest stretch of a side, as a share of it, that has skin across. */
export function skinAcross(photograph: Raster, { quad, portrait }: CardOutline): number {
  const [width, height] = portrait ? [FLAT_SHORT, FLAT_LONG] : [FLAT_LONG, FLAT_SHORT];
  const room = Math.round(ROOM * FLAT_LONG);
  const flat = flatWithRoom(photograph, quad, width, height, room);
  if (!flat) return 0;
  const right = room + width;
  const bottom = room + height;
  const across = (y: number, share: number): Colour => patchAt(flat, room + share * width, y);
  const down = (x: number, share: number): Colour => patchAt(flat, x, room + share * height);
  const near = room * 0.45;
  return Math.max(
    skinRun((share) => [across(room + near, share), across(room - near, share)]),
    skinRun((share) => [across(bottom - near, share), across(bottom + near, share)]),
    skinRun((share) => [down(room + near, share), down(room - near, share)]),
    skinRun((share) => [down(right - near, share), down(right + near, share)]),
  );
}

function flatWithRoom(
  photograph: Raster,
  quad: Quad,
  width: number,
  height: number,
  room: number,
): Raster | undefined {
  const toPhotograph = homographyBetween(rectangleQuad(width, height), quad);
  if (!toPhotograph) return undefined;
  const wider = [
    { x: -room, y: -room },
    { x: width + room, y: -room },
    { x: width + room, y: height + room },
    { x: -room, y: height + room },
  ].map((point) => applyHomography(toPhotograph, point)) as unknown as Quad;
  return warpQuad(photograph, wider, width + 2 * room, height + 2 * room);
}

/** `coloursAt` answers what is inside and outside the side at a share (0-1) of its length. */
function skinRun(coloursAt: (share: number) => readonly [inside: Colour, outside: Colour]): number {
  const pairs = Array.from({ length: STEPS }, (_none, step) => coloursAt(0.04 + (0.92 * step) / STEPS));
  const isCovered = pairs.map(
    ([inside, outside]) => isSkin(inside) && isSkin(outside) && difference(inside, outside) < SAME_SKIN,
  );
  const rest = pairs.filter((_pair, step) => !isCovered[step]);
  if (rest.length < STEPS * (1 - WIDEST)) return 0;
  const usualInside = medianColour(rest.map(([inside]) => inside));
  const usualOutside = medianColour(rest.map(([, outside]) => outside));
  let longest = 0;
  let run = 0;
  pairs.forEach(([inside, outside], step) => {
    const isFinger =
      isCovered[step] &&
      difference(inside, usualInside) > UNLIKE_REST &&
      difference(outside, usualOutside) > UNLIKE_REST;
    run = isFinger ? run + 1 : 0;
    longest = Math.max(longest, run);
  });
  return (longest * 0.92) / STEPS;
}

function isSkin([red, green, blue]: Colour): boolean {
  const light = 0.299 * red + 0.587 * green + 0.114 * blue;
  const cb = 128 + 0.564 * (blue - light);
  const cr = 128 + 0.713 * (red - light);
  return light > 40 && cb >= SKIN_CB[0] && cb <= SKIN_CB[1] && cr >= SKIN_CR[0] && cr <= SKIN_CR[1];
}

function difference(a: Colour, b: Colour): number {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2]);
}

function medianColour(colours: readonly Colour[]): Colour {
  const median = (channel: 0 | 1 | 2): number =>
    quantile(
      colours.map((colour) => colour[channel]),
      0.5,
    );
  return [median(0), median(1), median(2)];
}

/** Mean of 7 x 7 pixels. */
function patchAt({ data, width, height }: Raster, centreX: number, centreY: number): Colour {
  const sums: [number, number, number] = [0, 0, 0];
  for (let dy = -3; dy <= 3; dy++) {
    for (let dx = -3; dx <= 3; dx++) {
      const x = Math.min(width - 1, Math.max(0, Math.round(centreX) + dx));
      const y = Math.min(height - 1, Math.max(0, Math.round(centreY) + dy));
      for (let c = 0; c < 3; c++) sums[c] = (sums[c] as number) + (data[(y * width + x) * 3 + c] as number);
    }
  }
  return [sums[0] / 49, sums[1] / 49, sums[2] / 49];
}
