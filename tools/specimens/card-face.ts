/** Prints and presses a card: its picture seen straight on, without a camera. */
import sharp from 'sharp';
import { toGrey, type Raster } from '../../src/adapters/local-engine/picture/raster';
import { blend, hsl, paintArt, type Rgb } from './art';
import type { Box } from './card-back';
import { cardSize, layOut, numberBand, type CardSize, type Inks } from './layout';
import { clamp, fractalNoise, smoothStep } from './noise';
import type { CardPlan } from './plan';
import type { Random } from './random';
import { svg } from './fonts';

export interface CardFace {
  readonly face: Raster;
  readonly cvv?: Box;
}

export async function renderCard(card: CardPlan, random: Random): Promise<CardFace> {
  const size = cardSize(card);
  const art = calmUnderNumber(await paintArt(card, random.fork('art'), size.width, size.height), card);
  const inks = chooseInks(art, card);
  const { print, relief, cvv } = layOut(card, random.fork('layout'), inks);
  const printed = await printOver(art, print);
  if (!relief) return { face: printed, ...(cvv && { cvv }) };
  const mask = await reliefMask(relief, size);
  const face = press(printed, mask, await softened(mask, size), card, random.fork('relief'));
  return { face, ...(cvv && { cvv }) };
}

function document(size: CardSize, content: string): Buffer {
  return svg(size.width, size.height, content);
}

async function printOver(art: Raster, content: string): Promise<Raster> {
  const data = await sharp(art.data, { raw: { width: art.width, height: art.height, channels: 3 } })
    .composite([{ input: document(art, content) }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { ...art, data };
}

/** Designers keep the picture quiet where the number goes; a little is enough that people can read it. */
function calmUnderNumber(art: Raster, card: CardPlan): Raster {
  const [top, bottom] = numberBand(card);
  const mean = meanColour(art, top, bottom);
  const data = new Uint8Array(art.data);
  for (let y = 0; y < art.height; y++) {
    const v = y / art.height;
    const share = 0.5 * smoothStep(top - 0.12, top, v) * (1 - smoothStep(bottom + 0.05, bottom + 0.2, v));
    if (share <= 0) continue;
    for (let at = y * art.width * 3; at < (y + 1) * art.width * 3; at++) {
      const target = mean[at % 3] as number;
      data[at] = (data[at] as number) * (1 - share) + target * share;
    }
  }
  return { ...art, data };
}

function meanColour(art: Raster, top: number, bottom: number): Rgb {
  const sums: [number, number, number] = [0, 0, 0];
  const from = Math.floor(top * art.height) * art.width * 3;
  const to = Math.floor(bottom * art.height) * art.width * 3;
  for (let at = from; at < to; at += 3) {
    for (let c = 0; c < 3; c++) sums[c] = (sums[c] as number) + (art.data[at + c] as number);
  }
  const count = (to - from) / 3;
  return [sums[0] / count, sums[1] / count, sums[2] / count];
}

function brightness([red, green, blue]: Rgb): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function chooseInks(art: Raster, card: CardPlan): Inks {
  const [top, bottom] = numberBand(card);
  const inkFor = (from: number, to: number): string =>
    brightness(meanColour(art, from, to)) < 138 ? '#fbfaf4' : '#191b22';
  return { top: inkFor(0.06, 0.2), number: inkFor(top, bottom), bottom: inkFor(bottom, 0.92) };
}

async function reliefMask(content: string, size: CardSize): Promise<Float32Array> {
  const data = await sharp(document(size, `<rect width="100%" height="100%" fill="#000"/>${content}`))
    .removeAlpha()
    .raw()
    .toBuffer();
  return toGrey({ ...size, data }).map((value) => value / 255);
}

/** The height of the plastic over the card: the punch rounds every edge. */
async function softened(mask: Float32Array, { width, height }: CardSize): Promise<Float32Array> {
  const bytes = Uint8Array.from(mask, (value) => value * 255);
  const blurred = await sharp(bytes, { raw: { width, height, channels: 1 } })
    .blur(2.6)
    .extractChannel(0)
    .raw()
    .toBuffer();
  return Float32Array.from(blurred, (value) => value / 255);
}

/** Lights the relief from one side and rubs foil onto its tips, less of it where the card is worn. */
function press(
  printed: Raster,
  mask: Float32Array,
  relief: Float32Array,
  card: CardPlan,
  random: Random,
): Raster {
  const { width, height } = printed;
  const data = new Uint8Array(printed.data);
  const angle = random.between(0.15, 1.4) + Math.PI;
  const lightX = Math.cos(angle);
  const lightY = Math.sin(angle);
  const strength = random.between(380, 520);
  const wear = fractalNoise(random, width, height, { cellX: 26, cellY: 20, octaves: 3 });
  const sheen = fractalNoise(random, width, height, { cellX: 160, cellY: 90, octaves: 2 });
  const foil = FOILS[card.foil];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const slopeX = (relief[at + 1] as number) - (relief[at - 1] as number);
      const slopeY = (relief[at + width] as number) - (relief[at - width] as number);
      const tip = smoothStep(0.55, 0.85, relief[at] as number) * (mask[at] as number);
      if (slopeX === 0 && slopeY === 0 && tip === 0) continue;
      const shade = (slopeX * lightX + slopeY * lightY) * strength;
      const left = smoothStep(card.wear - 0.12, card.wear + 0.02, wear[at] as number);
      for (let c = 0; c < 3; c++) {
        const bare = data[at * 3 + c] as number;
        const metal = (foil?.[c] ?? 0) * (0.78 + 0.55 * (sheen[at] as number));
        const surface = foil ? bare + (metal - bare) * tip * left : bare + 14 * tip;
        data[at * 3 + c] = clamp(surface + shade * (shade < 0 ? 0.8 : 1), 0, 255);
      }
    }
  }
  return { ...printed, data };
}

const FOILS: Readonly<Record<CardPlan['foil'], Rgb | undefined>> = {
  gold: blend(hsl(44, 0.6, 0.66), [255, 255, 255], 0.1),
  silver: [214, 217, 222],
  none: undefined,
};
