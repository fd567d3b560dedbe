/** What the card lies on. */
import sharp from 'sharp';
import type { Raster } from '../../src/adapters/local-engine/picture/raster';
import { blend, hsl, paint, type Rgb } from './art';
import { clamp, fractalNoise } from './noise';
import type { Table } from './plan';
import type { Random } from './random';
import { svg } from './fonts';

interface Place {
  readonly random: Random;
  readonly width: number;
  readonly height: number;
  /** Mean colour of the card, for a table that is hard to tell from it. */
  readonly cardColour: Rgb;
}

export async function paintTable(table: Table, place: Place): Promise<Raster> {
  return TABLES[table](place);
}

const TABLES: Readonly<Record<Table, (place: Place) => Raster | Promise<Raster>>> = {
  wood,
  cloth,
  paper,
  form,
  dark: (place) => plain(place, hsl(place.random.between(190, 260), 0.08, 0.13), 0.05),
  stone,
  leather,
  white: (place) => plain(place, [246, 246, 244], 0.006),
  sameColour: (place) => plain(place, blend(place.cardColour, [128, 128, 128], 0.08), 0.05),
};

/** A scanner's plate of the given colour: next to no grain. */
export function plainPlate(place: Place): Raster {
  return plain(place, place.cardColour, 0.006);
}

function plain({ random, width, height }: Place, colour: Rgb, grain: number): Raster {
  const fine = fractalNoise(random, width, height, { cellX: 5, cellY: 5, octaves: 2 });
  const wide = fractalNoise(random, width, height, { cellX: 500, cellY: 500, octaves: 2 });
  return paint(width, height, (_u, _v, index) => {
    const level = 255 * grain * ((fine[index] as number) + 2 * (wide[index] as number) - 1);
    return [colour[0] + level, colour[1] + level, colour[2] + level];
  });
}

function wood({ random, width, height }: Place): Raster {
  const lightness = random.between(0.3, 0.6);
  const light = hsl(random.between(24, 36), random.between(0.3, 0.5), lightness);
  const dark = hsl(random.between(18, 28), 0.45, lightness * 0.55);
  const grain = fractalNoise(random, width, height, { cellX: 420, cellY: 9, octaves: 3 });
  const rings = fractalNoise(random, width, height, { cellX: 700, cellY: 90, octaves: 3 });
  const plank = random.between(0.3, 0.6) * height;
  return paint(width, height, (_u, v, index) => {
    const ring = 0.5 + 0.5 * Math.sin(70 * (rings[index] as number));
    const seam = Math.abs(((v * height) % plank) - plank / 2) < 2 ? 0.5 : 0;
    const share = 0.45 * (grain[index] as number) + 0.3 * ring * (grain[index] as number) + seam;
    return blend(light, dark, clamp(share * 1.3));
  });
}

function cloth({ random, width, height }: Place): Raster {
  const colour = hsl(random.between(0, 360), random.between(0.05, 0.35), random.between(0.3, 0.7));
  const folds = fractalNoise(random, width, height, { cellX: 420, cellY: 300, octaves: 2 });
  const thread = fractalNoise(random, width, height, { cellX: 7, cellY: 7, octaves: 2 });
  const pitch = random.between(4.5, 7);
  return paint(width, height, (u, v, index) => {
    const weave = Math.sin((u * width * 2 * Math.PI) / pitch) * Math.sin((v * height * 2 * Math.PI) / pitch);
    const level = 12 * weave + 34 * ((thread[index] as number) - 0.4) + 50 * ((folds[index] as number) - 0.4);
    return [colour[0] + level, colour[1] + level, colour[2] + level];
  });
}

function paper(place: Place): Raster {
  return plain(place, hsl(place.random.between(30, 60), 0.15, place.random.between(0.82, 0.93)), 0.03);
}

/** A printed form under the card: lines and words that are none of the card's. */
async function form(place: Place): Promise<Raster> {
  const sheet = paper(place);
  const { width, height, random } = place;
  const rows = Array.from({ length: 14 }, (_none, at) => {
    const y = 60 + at * (height / 13);
    const words = random.pick([
      '业务申请表',
      '经办人签字',
      '日期    年  月  日',
      '请用正楷填写',
      '备注',
      '样张 SPECIMEN',
    ]);
    return `<path d="M40 ${y + 22}H${width - 40}" stroke="#555" stroke-width="1.5"/><text x="${random.between(50, 160)}" y="${y}">${words}</text>`;
  });
  const lines = `<g fill="#444" font-family="Noto Sans S Chinese" font-size="26">${rows.join('')}</g>`;
  const data = await sharp(sheet.data, { raw: { width, height, channels: 3 } })
    .composite([{ input: svg(width, height, lines) }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, data };
}

function stone({ random, width, height }: Place): Raster {
  const colour = hsl(random.between(20, 220), 0.06, random.between(0.55, 0.8));
  const speckle = fractalNoise(random, width, height, { cellX: 8, cellY: 8, octaves: 3 });
  const veins = fractalNoise(random, width, height, { cellX: 300, cellY: 240, octaves: 5 });
  return paint(width, height, (_u, _v, index) => {
    const vein = Math.max(0, 1 - Math.abs((veins[index] as number) - 0.48) * 40);
    const level = 50 * ((speckle[index] as number) - 0.42) - 26 * vein;
    return [colour[0] + level, colour[1] + level, colour[2] + level];
  });
}

function leather({ random, width, height }: Place): Raster {
  const colour = hsl(random.pick([20, 28, 210, 150]), 0.3, random.between(0.16, 0.3));
  const pores = fractalNoise(random, width, height, { cellX: 4, cellY: 4, octaves: 1 });
  const hide = fractalNoise(random, width, height, { cellX: 90, cellY: 60, octaves: 4 });
  const wide = fractalNoise(random, width, height, { cellX: 500, cellY: 400, octaves: 2 });
  return paint(width, height, (_u, _v, index) => {
    const level =
      16 * ((pores[index] as number) - 0.25) +
      22 * ((hide[index] as number) - 0.4) +
      26 * ((wide[index] as number) - 0.4);
    return [colour[0] + level, colour[1] + level, colour[2] + level];
  });
}
