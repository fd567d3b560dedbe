/** What light, lens, hand and sensor do to the picture of a scene. */
import sharp from 'sharp';
import {
  applyHomography,
  homographyBetween,
  rectangleQuad,
  type Quad,
} from '../../src/adapters/local-engine/picture/geometry';
import type { Raster } from '../../src/adapters/local-engine/picture/raster';
import { paint } from './art';
import { clamp, fractalNoise, mix, smoothStep } from './noise';
import type { ScenePlan } from './plan';
import type { Random } from './random';

/** Uneven light over the whole picture, and the colour of the lamp. */
export function light(picture: Raster, scene: ScenePlan, random: Random): Raster {
  const { width, height, data } = picture;
  const flat = scene.table === 'white';
  const angle = random.between(0, Math.PI * 2);
  const slope = flat ? 0.01 : random.between(0.08, 0.22);
  const vignette = flat ? 0 : random.between(0.05, 0.22);
  return paint(width, height, (u, v, index) => {
    const ramp = 1 + slope * ((u - 0.5) * Math.cos(angle) + (v - 0.5) * Math.sin(angle));
    const level = scene.light * ramp * (1 - vignette * 2 * ((u - 0.5) ** 2 + (v - 0.5) ** 2));
    const at = index * 3;
    return [
      (data[at] as number) * level * scene.cast[0],
      (data[at + 1] as number) * level,
      (data[at + 2] as number) * level * scene.cast[1],
    ];
  });
}

/** A lamp mirrored in the plastic: clipped in its middle, a soft hem, and a streak. Beside the number, which stays readable. */
export function glare(
  picture: Raster,
  quad: Quad,
  strength: number,
  portrait: boolean,
  random: Random,
): Raster {
  const { width, height, data } = picture;
  const toCard = homographyBetween(quad, rectangleQuad(1, 1));
  if (!toCard) return picture;
  const centre = portrait
    ? { x: random.between(0.25, 0.75), y: random.pick([0.27, 0.85]) }
    : { x: random.between(0.3, 0.8), y: random.pick([0.2, 0.24, 0.9]) };
  const radiusX = random.between(0.1, 0.17);
  const radiusY = random.between(0.08, 0.12);
  const lean = random.between(-0.6, 0.6);
  const cloud = fractalNoise(random, width, height, { cellX: 120, cellY: 90, octaves: 3 });
  return paint(width, height, (u, v, index) => {
    const at = applyHomography(toCard, { x: u * width, y: v * height });
    const inside = at.x > 0 && at.x < 1 && at.y > 0 && at.y < 1;
    const dx = (at.x - centre.x + lean * (at.y - centre.y)) / radiusX;
    const dy = (at.y - centre.y) / radiusY;
    const ragged = 0.5 * ((cloud[index] as number) - 0.45);
    const core = 1 - smoothStep(0.15, 1.5, Math.hypot(dx, dy) + ragged);
    const hem = Math.exp(-(dx * dx + dy * dy) / 4.5);
    const streak = 36 * Math.exp(-((at.x - centre.x + lean * 2.2 * (at.y - centre.y)) ** 2) / 0.012);
    const added = inside ? strength * (380 * core * core + 60 * hem + streak) : 0;
    const i = index * 3;
    return [
      (data[i] as number) + added,
      (data[i + 1] as number) + added,
      (data[i + 2] as number) + added * 0.97,
    ];
  });
}

/** A thumb that holds the card down at its lower or upper edge, beside the number. */
export function finger(picture: Raster, quad: Quad, portrait: boolean, random: Random): Raster {
  const { width, height, data } = picture;
  const toPicture = homographyBetween(rectangleQuad(1, 1), quad);
  if (!toPicture) return picture;
  const u = random.pick([random.between(0.12, 0.3), random.between(0.45, 0.7)]);
  const tip = applyHomography(toPicture, { x: u, y: portrait ? 0.92 : 0.86 });
  const edge = applyHomography(toPicture, { x: u + random.between(-0.04, 0.04), y: 1.15 });
  const length = Math.hypot(edge.x - tip.x, edge.y - tip.y);
  const [ax, ay] = [(edge.x - tip.x) / length, (edge.y - tip.y) / length];
  const cardLength = Math.hypot(quad[1].x - quad[0].x, quad[1].y - quad[0].y);
  const radius = (portrait ? 0.135 : 0.088) * cardLength;
  const tone = random.between(0.72, 1.05);
  const skin = [224 * tone, 172 * tone, 145 * tone] as const;
  const creases = fractalNoise(random, width, height, { cellX: 14, cellY: 9, octaves: 3 });
  return paint(width, height, (px, py, index) => {
    const dx = px * width - tip.x;
    const dy = py * height - tip.y;
    const along = dx * ax + dy * ay;
    const across = -dx * ay + dy * ax;
    const swell = radius * (1 + 0.12 * smoothStep(0, 3 * radius, along));
    const out = Math.hypot(Math.min(0, along - radius), across) / swell;
    const i = index * 3;
    const under = [data[i] as number, data[i + 1] as number, data[i + 2] as number] as const;
    const shade = 1 - 0.4 * (1 - smoothStep(1, 1.35, out));
    const cover = 1 - smoothStep(0.975, 1.005, out);
    const roundness = Math.sqrt(Math.max(0, 1 - Math.min(1, out) ** 2));
    const nailOut = Math.hypot((along - radius * 0.85) / (radius * 0.75), across / (radius * 0.62)) ** 1.2;
    const nail = 1 - smoothStep(0.93, 1.02, nailOut);
    const level = (0.55 + 0.45 * roundness) * (0.94 + 0.13 * (creases[index] as number));
    const shine = nail * 26 * Math.exp(-((across / radius + 0.25) ** 2) / 0.02);
    const rim = -18 * Math.max(0, 1 - Math.abs(nailOut - 1) * 9);
    const lit = (c: 0 | 1 | 2): number => skin[c] * level + nail * 12 + shine + rim * 0.7;
    return [
      mix(under[0] * shade, lit(0), cover),
      mix(under[1] * shade, lit(1), cover),
      mix(under[2] * shade, lit(2), cover),
    ];
  });
}

export async function defocus(picture: Raster, sigma: number): Promise<Raster> {
  if (sigma < 0.3) return picture;
  const { width, height } = picture;
  const data = await sharp(picture.data, { raw: { width, height, channels: 3 } })
    .blur(sigma)
    .raw()
    .toBuffer();
  return { width, height, data };
}

/** A straight shake: the mean of the picture along a line of so many pixels. */
export function shake(picture: Raster, length: number, random: Random): Raster {
  if (length < 1) return picture;
  const { width, height, data } = picture;
  const angle = random.between(0, Math.PI);
  const steps = Math.ceil(length);
  const offsets = Array.from({ length: steps }, (_none, at) => {
    const way = (at / Math.max(1, steps - 1) - 0.5) * length;
    return [Math.round(way * Math.cos(angle)), Math.round(way * Math.sin(angle))] as const;
  });
  const sum: [number, number, number] = [0, 0, 0];
  return paint(width, height, (_u, _v, index) => {
    const x = index % width;
    const y = Math.floor(index / width);
    sum.fill(0);
    for (const [dx, dy] of offsets) {
      const at = (clamp(y + dy, 0, height - 1) * width + clamp(x + dx, 0, width - 1)) * 3;
      for (let c = 0; c < 3; c++) sum[c] = (sum[c] as number) + (data[at + c] as number);
    }
    return [sum[0] / steps, sum[1] / steps, sum[2] / steps];
  });
}

/** Brightness noise with a little colour in it, more where it is dark, as sensors have. */
export function sensorNoise(picture: Raster, deviation: number, random: Random): Raster {
  if (deviation <= 0) return picture;
  const table = Float32Array.from({ length: 8192 }, () => random.gauss());
  let state = Math.floor(random.next() * 2 ** 31);
  const draw = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) | 0;
    return table[(state >>> 12) & 8191] as number;
  };
  const { width, height, data } = picture;
  return paint(width, height, (_u, _v, index) => {
    const at = index * 3;
    const strength = deviation * (1.25 - (data[at + 1] as number) / 510);
    const shared = draw() * strength;
    const own = strength * 0.45;
    return [
      (data[at] as number) + shared + own * draw(),
      (data[at + 1] as number) + shared + own * draw(),
      (data[at + 2] as number) + shared + own * draw(),
    ];
  });
}
