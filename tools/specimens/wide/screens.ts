/** Photographs of screens and of photocopies, with more pitches and more toners than second-hand.ts has. */
import sharp from 'sharp';
import {
  applyHomography,
  homographyBetween,
  rectangleQuad,
  type Quad,
} from '../../../src/adapters/local-engine/picture/geometry';
import { toGrey, type Raster } from '../../../src/adapters/local-engine/picture/raster';
import { paint, type Rgb } from '../art';
import { clamp, fractalNoise, mix, smoothStep } from '../noise';
import type { Random } from '../random';
import type { Reshot } from '../second-hand';

/**
 * The screen stands a little askew, so that its grid beats with the sensor's in bent bands. Pitches are pixels of the
 * picture from one cell of the screen to the next: just above 2 folds into wide bands, 2.4 and more is seen itself.
 */
export async function showOnScreen(shown: Raster, quad: Quad, random: Random): Promise<Reshot> {
  const { width, height } = shown;
  const inset = (): number => random.between(0.01, 0.07);
  const screen: Quad = [
    { x: width * inset(), y: height * inset() },
    { x: width * (1 - inset()), y: height * inset() },
    { x: width * (1 - inset()), y: height * (1 - inset()) },
    { x: width * inset(), y: height * (1 - inset()) },
  ];
  const toScreen = homographyBetween(screen, rectangleQuad(width, height));
  const toPicture = homographyBetween(rectangleQuad(width, height), screen);
  if (!toScreen || !toPicture)
    throw new Error('Expected the corners of a screen but received corners on a line');
  const pitch = random.pick([
    random.between(2.03, 2.1),
    random.between(1.9, 1.98),
    random.between(2.4, 2.9),
    random.between(3.1, 3.6),
  ]);
  const depth = random.between(0.09, 0.18);
  const bandPitch = random.between(60, 240);
  const band = random.between(0, 0.07);
  const blue = random.between(1, 1.12);
  const turn = (2 * Math.PI) / pitch;
  const black: Rgb = [16, 16, 18];
  const soft = await sharp(shown.data, { raw: { width, height, channels: 3 } })
    .blur(0.5)
    .raw()
    .toBuffer();
  const picture = paint(width, height, (_u, _v, index) => {
    const x = index % width;
    const y = Math.floor(index / width);
    const at = applyHomography(toScreen, { x: x + 0.5, y: y + 0.5 });
    if (at.x < 0 || at.y < 0 || at.x >= width || at.y >= height) return black;
    const from = (Math.floor(at.y) * width + Math.floor(at.x)) * 3;
    const rows = 1 + depth * 0.6 * Math.cos(at.y * turn) + band * Math.sin((2 * Math.PI * at.y) / bandPitch);
    const cell = (phase: number): number => rows * (0.95 + depth * Math.cos(at.x * turn + phase));
    return [
      (14 + (soft[from] as number) * 0.9) * cell(0),
      (16 + (soft[from + 1] as number) * 0.92) * cell(2.1),
      (22 + (soft[from + 2] as number) * 0.94) * cell(4.2) * blue,
    ];
  });
  const moved = quad.map((corner) => applyHomography(toPicture, corner)) as unknown as Quad;
  return { picture, quad: moved };
}

/** Toner in one of three manners: dots, lines or grains; weak or fat. */
export function tonerOf(picture: Raster, random: Random): Raster {
  const { width, height } = picture;
  const grey = toGrey(picture);
  const manner = random.pick(['dots', 'lines', 'grain'] as const);
  const pitch = random.between(3.4, 6);
  const angle = random.pick([0.785, 0.26, 1.31]);
  const grain = fractalNoise(random, width, height, { cellX: 2.2, cellY: 2.2, octaves: 2 });
  const stripes = fractalNoise(random, width, height, { cellX: 24, cellY: 1200, octaves: 2 });
  const black = random.between(12, 60);
  const exposure = random.between(-0.1, 0.08);
  const strength = manner === 'grain' ? 0 : random.between(0.35, 0.6);
  const turn = (2 * Math.PI) / pitch;
  return paint(width, height, (_u, _v, index) => {
    const x = index % width;
    const y = Math.floor(index / width);
    const a = (x * Math.cos(angle) + y * Math.sin(angle)) * turn;
    const b = (-x * Math.sin(angle) + y * Math.cos(angle)) * turn;
    const screen = manner === 'lines' ? Math.cos(a) : (Math.cos(a) + Math.cos(b)) / 2;
    const tone = clamp((grey[index] as number) / 255 + exposure);
    const middle = 1 - Math.abs(2 * tone - 1);
    const noise = (grain[index] as number) - 0.37;
    const dotted = clamp(tone + middle * (strength * 0.5 * screen + 0.5 * noise));
    const level =
      mix(black, 250, smoothStep(0.05, 0.95, dotted)) + 14 * ((stripes[index] as number) - 0.4) + 20 * noise;
    return [level, level, level];
  });
}

/** A photograph of the copy: the paper takes the colour of the lamp. */
export function paperUnderLamp({ width, height, data }: Raster, random: Random): Raster {
  const warm = random.between(0, 0.1);
  const slope = random.between(-0.25, 0.25);
  return paint(width, height, (u, _v, index) => {
    const level = (data[index * 3] as number) * (0.88 + slope * (u - 0.5));
    return [level * (1 + warm * 0.5), level, level * (1 - warm)];
  });
}
