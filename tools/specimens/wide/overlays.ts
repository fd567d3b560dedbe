/** What lies or shines between the card and the camera: sleeve, shadows, reflections, lamps of two colours. */
import {
  applyHomography,
  homographyBetween,
  insideQuad,
  rectangleQuad,
  type Quad,
} from '../../../src/adapters/local-engine/picture/geometry';
import type { Raster } from '../../../src/adapters/local-engine/picture/raster';
import { hsl, paint } from '../art';
import { clamp, fractalNoise, mix, smoothStep } from '../noise';
import type { Random } from '../random';

/** Light added to a surface: 0 leaves the pixel, 1 makes it white. */
function screened(level: number, share: number): number {
  return 255 - (255 - level) * (1 - clamp(share));
}

function mapped(
  { width, height, data }: Raster,
  change: (level: number, channel: number, at: number, x: number, y: number) => number,
): Raster {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      for (let c = 0; c < 3; c++)
        out[at * 3 + c] = clamp(change(data[at * 3 + c] as number, c, at, x, y), 0, 255);
    }
  }
  return { width, height, data: out };
}

/** A transparent sleeve: a veil over everything, wrinkles that mirror the lamps, a welded rim. */
export function sleeve(picture: Raster, quad: Quad, strength: number, random: Random): Raster {
  const { width, height } = picture;
  const toCard = homographyBetween(quad, rectangleQuad(1, 1));
  if (!toCard) return picture;
  const room = random.between(0.03, 0.09);
  const folds = fractalNoise(random, width, height, { cellX: width / 3, cellY: height / 2.2, octaves: 4 });
  const patches = fractalNoise(random, width, height, { cellX: width / 5, cellY: height / 5, octaves: 2 });
  const crease = random.between(0.41, 0.47);
  const narrow = random.between(35, 75);
  const veil = random.between(0.05, 0.13) * strength;
  return mapped(picture, shadeOf);
  function shadeOf(level: number, _channel: number, at: number, x: number, y: number): number {
    const place = applyHomography(toCard ?? [], { x, y });
    const out = Math.max(-place.x, place.x - 1, -place.y * 0.63, (place.y - 1) * 0.63);
    if (out > room) return level;
    const fold = Math.max(0, 1 - Math.abs((folds[at] as number) - crease) * narrow);
    const lit = smoothStep(0.36, 0.56, patches[at] as number);
    const rim = out > room - 0.006 ? 0.3 : 0;
    const dark =
      1 - 0.12 * strength * Math.max(0, 1 - Math.abs((folds[at] as number) - crease - 0.012) * narrow);
    return screened(level * dark, veil + rim + 0.75 * strength * fold * fold * lit);
  }
}

/** The soft shadow of the hand or the telephone that takes the picture. */
export function handShadow(picture: Raster, strength: number, random: Random): Raster {
  const { width, height } = picture;
  const angle = random.between(-0.6, 0.6);
  const centre = { x: random.between(0.2, 0.8) * width, y: random.between(0.35, 1) * height };
  const half = { x: random.between(0.12, 0.3) * width, y: random.between(0.3, 0.6) * height };
  const soft = random.between(0.015, 0.09) * width;
  const wobble = fractalNoise(random, width, height, { cellX: 90, cellY: 90, octaves: 2 });
  return mapped(picture, (level, channel, at, x, y) => {
    const dx = (x - centre.x) * Math.cos(angle) + (y - centre.y) * Math.sin(angle);
    const dy = -(x - centre.x) * Math.sin(angle) + (y - centre.y) * Math.cos(angle);
    const out = Math.max(Math.abs(dx) - half.x, Math.abs(dy) - half.y) + 30 * ((wobble[at] as number) - 0.4);
    const dim = strength * (1 - smoothStep(-soft, soft, out));
    // A shadow is lit by the sky: bluer.
    return level * (1 - dim * (channel === 2 ? 0.9 : 1));
  });
}

/** A window or a tube mirrored in the plastic as a band; over the number it is thinner, so that people still read it. */
export function sheen(picture: Raster, quad: Quad, strength: number, random: Random): Raster {
  const { width, height } = picture;
  const toCard = homographyBetween(quad, rectangleQuad(1, 1));
  if (!toCard) return picture;
  const bands = Array.from({ length: random.whole(1, 2) }, () => ({
    v: random.between(0.05, 1),
    half: random.between(0.03, 0.11),
    lean: random.between(-0.35, 0.35),
    from: random.between(-0.2, 0.4),
    to: random.between(0.6, 1.2),
    soft: random.between(0.01, 0.05),
  }));
  const cloud = fractalNoise(random, width, height, { cellX: 80, cellY: 60, octaves: 3 });
  return mapped(picture, (level, _channel, at, x, y) => {
    const place = applyHomography(toCard, { x, y });
    if (place.x < 0 || place.x > 1 || place.y < 0 || place.y > 1) return level;
    const nearNumber = smoothStep(0.44, 0.5, place.y) * (1 - smoothStep(0.68, 0.74, place.y));
    let share = 0;
    for (const { v, half, lean, from, to, soft } of bands) {
      const off = Math.abs(place.y - v - lean * (place.x - 0.5)) + 0.03 * ((cloud[at] as number) - 0.4);
      const across = 1 - smoothStep(half - soft, half + soft, off);
      const along = smoothStep(from, from + 0.1, place.x) * (1 - smoothStep(to - 0.1, to, place.x));
      share = Math.max(share, across * along);
    }
    return screened(level, share * strength * mix(1, 0.62, nearNumber));
  });
}

/** Daylight from one side, a lamp from the other. */
export function mixedLight(picture: Raster, random: Random): Raster {
  const angle = random.between(0, 2 * Math.PI);
  const one = hsl(random.between(25, 42), 1, 0.72);
  const other = hsl(random.between(200, 225), 0.9, 0.75);
  const { width, height } = picture;
  return mapped(picture, (level, channel, _at, x, y) => {
    const way = (x / width - 0.5) * Math.cos(angle) + (y / height - 0.5) * Math.sin(angle);
    return (level * mix(one[channel] as number, other[channel] as number, smoothStep(-0.4, 0.4, way))) / 225;
  });
}

/** Share of the card that light has burnt out and that had been dark enough to show something. */
export function burntShare(before: Raster, after: Raster, quad: Quad): number {
  let [inside, burnt] = [0, 0];
  const { width, height } = before;
  const clipped = ({ data }: Raster, at: number): boolean =>
    (data[at * 3] as number) >= 252 &&
    (data[at * 3 + 1] as number) >= 252 &&
    (data[at * 3 + 2] as number) >= 252;
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      if (!insideQuad(quad, { x, y })) continue;
      inside++;
      const at = y * width + x;
      if (clipped(after, at) && !clipped(before, at)) burnt++;
    }
  }
  return inside === 0 ? 0 : burnt / inside;
}

/** A bed of glass under an open lid: black, with the lamp's faint streaks and dust. */
export function darkBed(width: number, height: number, random: Random): Raster {
  const level = random.between(6, 30);
  const streaks = fractalNoise(random, width, height, { cellX: 30, cellY: 2000, octaves: 2 });
  const dust = fractalNoise(random, width, height, { cellX: 3, cellY: 3, octaves: 1 });
  return paint(width, height, (_u, _v, at) => {
    const speck = (dust[at] as number) > 0.487 ? 40 : 0;
    const value = level + 10 * ((streaks[at] as number) - 0.4) + speck;
    return [value, value, value + 1];
  });
}
