/**
 * Presses digits into a card as real ones look: rounded ridges that mirror the lamps of the room where foil is left,
 * and show by their shading and their shadow only where it is worn off.
 */
import sharp from 'sharp';
import { toGrey, type Raster } from '../../../src/adapters/local-engine/picture/raster';
import type { Rgb } from '../art';
import { clamp, fractalNoise, mix, smoothStep } from '../noise';
import type { Random } from '../random';
import type { WideCard } from './plan';

/** How steep the ridges are: units of height to pixels across. */
const STEEPNESS = 5.5;
const RIDGE_BLUR = 1.7;
/** How sharply plastic and foil mirror a lamp. */
const GLOSS_POWER = 28;
const FOILS: Readonly<Record<WideCard['foil'], Rgb>> = {
  gold: [232, 196, 120],
  silver: [226, 229, 234],
  none: [0, 0, 0],
};

interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

function unit(x: number, y: number, z: number): Vector {
  const length = Math.hypot(x, y, z);
  return { x: x / length, y: y / length, z: z / length };
}

function dot(a: Vector, b: Vector): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

/** Half way between the light and the eye, which looks straight down. */
function halfway(azimuth: number, elevation: number): Vector {
  return unit(
    Math.cos(azimuth) * Math.cos(elevation),
    Math.sin(azimuth) * Math.cos(elevation),
    Math.sin(elevation) + 1,
  );
}

/** `mask` is 0-1, one a pixel: what the punch presses. */
export async function pressRelief(
  printed: Raster,
  mask: Float32Array,
  card: WideCard,
  random: Random,
): Promise<Raster> {
  const { width, height } = printed;
  const ridge = await blurField(mask, width, height, RIDGE_BLUR);
  const cast = await blurField(mask, width, height, 3);
  const elevation = random.between(0.5, 1);
  const light = unit(
    Math.cos(card.lightFrom) * Math.cos(elevation),
    Math.sin(card.lightFrom) * Math.cos(elevation),
    Math.sin(elevation),
  );
  const main = halfway(card.lightFrom, elevation);
  const second = halfway(card.lightFrom + random.between(1.6, 4.6), random.between(0.4, 1.1));
  const gloss = random.between(100, 210);
  // Foil never goes without a trace.
  const trace = random.between(0.06, 0.2);
  const reach = random.between(3, 6);
  const shiftX = Math.round(-Math.cos(card.lightFrom) * reach);
  const shiftY = Math.round(-Math.sin(card.lightFrom) * reach);
  const shadow = random.between(0.16, 0.34);
  const grime = random.between(0, 0.3);
  const worn = fractalNoise(random, width, height, { cellX: 34, cellY: 26, octaves: 3 });
  const foil = FOILS[card.foil];
  const kept = card.foil === 'none' ? 0 : 1;
  // The noise has its mass around 0.44: stretched so that `wear` is about the share that is gone.
  const threshold = 0.44 + (card.wear - 0.5) * 0.5;
  const data = new Uint8Array(printed.data);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const level = ridge[at] as number;
      const sx = clamp(x - shiftX, 0, width - 1);
      const sy = clamp(y - shiftY, 0, height - 1);
      const dim = shadow * (cast[sy * width + sx] as number) * (1 - level);
      if (level < 0.01 && dim < 0.01) continue;
      const slopeX = ((ridge[at + 1] as number) - (ridge[at - 1] as number)) / 2;
      const slopeY = ((ridge[at + width] as number) - (ridge[at - width] as number)) / 2;
      const normal = unit(-slopeX * STEEPNESS, -slopeY * STEEPNESS, 1);
      const diffuse = 0.5 + (0.5 * Math.max(0, dot(normal, light))) / light.z;
      const shine = Math.max(0, dot(normal, main)) ** GLOSS_POWER;
      const other = Math.max(0, dot(normal, second)) ** GLOSS_POWER;
      const foot = grime * smoothStep(0.05, 0.25, level) * (1 - smoothStep(0.3, 0.6, level));
      const left = kept * mix(trace, 1, smoothStep(threshold - 0.05, threshold + 0.05, worn[at] as number));
      const metal = smoothStep(0.35, 0.7, level) * left;
      const mirrored =
        0.38 + 0.4 * Math.max(0, normal.y * -0.7 + normal.z * 0.6) + 0.75 * shine + 0.5 * other;
      for (let c = 0; c < 3; c++) {
        const bare =
          (data[at * 3 + c] as number) * clamp(diffuse, 0.25, 1.5) * (1 - dim) * (1 - foot) +
          gloss * (shine + 0.6 * other) * smoothStep(0.02, 0.2, Math.hypot(slopeX, slopeY) * 4);
        const shown = bare + ((foil[c] as number) * mirrored * 1.1 - bare) * metal;
        data[at * 3 + c] = clamp(shown, 0, 255);
      }
    }
  }
  return { width, height, data };
}

async function blurField(
  mask: Float32Array,
  width: number,
  height: number,
  sigma: number,
): Promise<Float32Array> {
  const bytes = Uint8Array.from(mask, (value) => value * 255);
  const { data } = await sharp(bytes, { raw: { width, height, channels: 1 } })
    .blur(sigma)
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Float32Array.from(data, (value) => value / 255);
}

/** The white parts of an SVG on black. */
export async function maskOf(svg: Buffer, width: number, height: number): Promise<Float32Array> {
  const data = await sharp(svg).flatten({ background: '#000' }).removeAlpha().raw().toBuffer();
  return toGrey({ width, height, data }).map((value) => value / 255);
}
