/** Pictures of pictures: the photocopy and the screen. */
import sharp from 'sharp';
import {
  applyHomography,
  homographyBetween,
  rectangleQuad,
  type Quad,
} from '../../src/adapters/local-engine/picture/geometry';
import { toGrey, type Raster } from '../../src/adapters/local-engine/picture/raster';
import { paint, type Rgb } from './art';
import { clamp, fractalNoise, mix, smoothStep } from './noise';
import type { Random } from './random';

/** Toner on paper: no colour, hard contrast, a dot screen in the middle tones, specks and stripes. */
export function photocopy(picture: Raster, random: Random): Raster {
  const { width, height } = picture;
  const grey = toGrey(picture);
  const pitch = random.between(4.2, 5);
  const toner = fractalNoise(random, width, height, { cellX: 3, cellY: 3, octaves: 1 });
  const stripes = fractalNoise(random, width, height, { cellX: 40, cellY: 900, octaves: 2 });
  const blackness = random.between(14, 40);
  return paint(width, height, (u, v, index) => {
    const tone = clamp(((grey[index] as number) / 255 - 0.08) / 0.8);
    const a = ((u * width + v * height) * Math.PI) / pitch / Math.SQRT2;
    const b = ((u * width - v * height) * Math.PI) / pitch / Math.SQRT2;
    const screen = 0.5 + 0.25 * (Math.cos(2 * a) + Math.cos(2 * b));
    const middle = 1 - Math.abs(2 * tone - 1);
    const dotted = clamp(tone + middle * 0.5 * (screen - 0.5));
    const speck = (toner[index] as number) > 0.492 ? 0.5 : 0;
    const level = mix(blackness, 250, smoothStep(0.02, 0.98, dotted)) - 60 * speck;
    const streak = 12 * ((stripes[index] as number) - 0.4);
    const value = level + streak + 14 * ((toner[index] as number) - 0.25);
    return [value, value, value];
  });
}

export interface Reshot {
  readonly picture: Raster;
  readonly quad: Quad | undefined;
}

/** A photograph of a screen that shows the picture: bezel, bluish backlight, pixel grid beating with the sensor's. */
export async function reshoot(shown: Raster, quad: Quad | undefined, random: Random): Promise<Reshot> {
  const { width, height } = shown;
  const nudge = (): number => random.between(0.015, 0.055);
  const screen: Quad = [
    { x: width * nudge(), y: height * nudge() },
    { x: width * (1 - nudge()), y: height * nudge() },
    { x: width * (1 - nudge()), y: height * (1 - nudge()) },
    { x: width * nudge(), y: height * (1 - nudge()) },
  ];
  const toScreen = homographyBetween(screen, rectangleQuad(width, height));
  const toPicture = homographyBetween(rectangleQuad(width, height), screen);
  if (!toScreen || !toPicture)
    throw new Error('Expected the corners of a screen but received corners on a line');
  // Just beyond two sensor cells: what the sensor cannot resolve folds into wide coloured bands.
  const grid = random.between(2.04, 2.09);
  const lean = random.between(0.01, 0.03);
  const picture = paint(width, height, (u, v, index) => {
    const x = index % width;
    const y = Math.floor(index / width);
    const at = applyHomography(toScreen, { x: u * width + 0.5, y: v * height + 0.5 });
    if (at.x < 0 || at.y < 0 || at.x >= width || at.y >= height) return bezel(at.x, at.y, width, height);
    const from = (Math.floor(at.y) * width + Math.floor(at.x)) * 3;
    const across = (2 * Math.PI * (x + y * lean)) / grid;
    const down = (2 * Math.PI * (y - x * lean)) / (grid * 1.01);
    const band = 0.04 * Math.sin(v * 22 + u * 1.5);
    const folded = across - Math.PI * x;
    const foldedDown = down - Math.PI * y;
    const cell = (phase: number): number =>
      0.92 +
      band +
      0.1 * Math.cos(across + phase) +
      0.06 * Math.cos(down) +
      0.05 * Math.cos(folded + phase) +
      0.035 * Math.cos(foldedDown + phase * 0.5);
    return [
      (18 + (shown.data[from] as number) * 0.88) * cell(0),
      (20 + (shown.data[from + 1] as number) * 0.92) * cell(2.1),
      (30 + (shown.data[from + 2] as number)) * cell(4.2),
    ];
  });
  const soft = await sharp(picture.data, { raw: { width, height, channels: 3 } })
    .blur(0.4)
    .raw()
    .toBuffer();
  const moved = quad?.map((corner) => applyHomography(toPicture, corner)) as unknown as Quad | undefined;
  return { picture: { width, height, data: soft }, quad: moved };
}

function bezel(x: number, y: number, width: number, height: number): Rgb {
  const away = Math.max(-x, -y, x - width, y - height);
  const level = away < 4 ? 52 : 20 + 8 * smoothStep(10, 60, away);
  return [level, level, level + 3];
}
