/**
 * Pictures for cards on which the number is hard to see: outlines, letters, edges and changes of light and dark that
 * cross it. All characters, words and views are invented.
 */
import sharp from 'sharp';
import type { Raster } from '../../../src/adapters/local-engine/picture/raster';
import { blend, css, hsl, paint, paintArt } from '../art';
import { clamp, fractalNoise, mix, smoothStep } from '../noise';
import type { Art } from '../plan';
import type { Random } from '../random';
import type { WideArt } from './plan';
import { svg } from '../fonts';

interface Sheet {
  readonly random: Random;
  readonly width: number;
  readonly height: number;
  readonly hue: number;
}

type Painter = (sheet: Sheet) => Raster | Promise<Raster>;

const PAINTERS: Readonly<Record<Exclude<WideArt, Art>, Painter>> = {
  cartoon,
  photo,
  lettering,
  lines,
  pattern,
  pale: paleSheet,
  gilded,
};

export async function paintWideArt(
  art: WideArt,
  hue: number,
  random: Random,
  width: number,
  height: number,
): Promise<Raster> {
  if (!(art in PAINTERS)) return paintArt({ art: art as Art, hue }, random, width, height);
  return PAINTERS[art as Exclude<WideArt, Art>]({ random, width, height, hue });
}

async function over(ground: Raster, shapes: string): Promise<Raster> {
  const { width, height } = ground;
  const data = await sharp(ground.data, { raw: { width, height, channels: 3 } })
    .composite([{ input: svg(width, height, shapes) }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, data };
}

function flatGround({ random, width, height, hue }: Sheet, saturation: number, lightness: number): Raster {
  const one = hsl(hue, saturation, lightness);
  const other = hsl(hue + random.between(-25, 25), saturation, lightness * random.between(0.85, 1));
  return paint(width, height, (u, v) => blend(one, other, clamp((u + v) / 2)));
}

/** Flat colours and thick dark outlines: heads with ears and eyes, paws, stars, a room drawn in lines. */
async function cartoon(sheet: Sheet): Promise<Raster> {
  const { random, width, height, hue } = sheet;
  const light = random.chance(0.65);
  const ground = flatGround(sheet, random.between(0.35, 0.85), light ? random.between(0.66, 0.84) : 0.3);
  const outline = random.pick(['#15161c', '#15161c', '#5a3226', '#20306a']);
  const stroke = random.between(0.005, 0.009) * width;
  const parts: string[] = [`<g stroke-linejoin="round" stroke-linecap="round" stroke-width="${stroke}">`];
  parts.push(room(sheet, light ? '#fff' : css(hsl(hue, 0.6, 0.55))));
  const heads = random.whole(1, 2);
  for (let at = 0; at < heads; at++) {
    const x =
      width * (heads === 1 ? random.between(0.35, 0.65) : 0.3 + at * 0.42 + random.between(-0.05, 0.05));
    parts.push(
      head(sheet, x, height * random.between(0.42, 0.62), height * random.between(0.2, 0.34), outline),
    );
  }
  for (let at = random.whole(6, 14); at > 0; at--) {
    parts.push(charm(random, random.between(0, width), random.between(0.3, 0.95) * height, outline));
  }
  return over(ground, `${parts.join('')}</g>`);
}

function room({ random, width, height }: Sheet, colour: string): string {
  const lines = Array.from({ length: random.whole(3, 7) }, () => {
    const x = random.between(0, width);
    const y = random.between(0.3, 0.8) * height;
    const w = random.between(0.1, 0.4) * width;
    const h = random.between(0.1, 0.35) * height;
    return random.pick([
      `M0 ${y}H${width}`,
      `M${x} ${y}h${w}v${h}h${-w}z`,
      `M${x} ${height}V${y}L${x + w} ${y - h * 0.2}V${height}`,
    ]);
  });
  return `<path d="${lines.join('')}" fill="none" stroke="${colour}" stroke-width="${width * 0.007}"/>`;
}

function head({ random, hue }: Sheet, x: number, y: number, r: number, outline: string): string {
  const skin = css(hsl(random.pick([hue + 180, hue + 40, 200, 30, 345]), 0.7, random.between(0.45, 0.75)));
  const face = random.pick(['#fff', '#fdf3e2', css(hsl(hue, 0.3, 0.93))]);
  const pupil = random.between(0.05, 0.09) * r;
  const ears = random.pick([
    `<path d="M${-0.9 * r} ${-0.4 * r}L${-0.75 * r} ${-1.25 * r}L${-0.1 * r} ${-0.9 * r}ZM${0.9 * r} ${-0.4 * r}L${0.75 * r} ${-1.25 * r}L${0.1 * r} ${-0.9 * r}Z"/>`,
    `<circle cx="${-0.75 * r}" cy="${-0.75 * r}" r="${0.38 * r}"/><circle cx="${0.75 * r}" cy="${-0.75 * r}" r="${0.38 * r}"/>`,
    `<ellipse cx="${-0.4 * r}" cy="${-1.2 * r}" rx="${0.2 * r}" ry="${0.6 * r}"/><ellipse cx="${0.4 * r}" cy="${-1.2 * r}" rx="${0.2 * r}" ry="${0.6 * r}"/>`,
  ]);
  const whiskers = [-1, 1]
    .flatMap((way) =>
      [-0.12, 0.1, 0.3].map(
        (dy) => `M${way * 0.35 * r} ${(0.2 + dy * 0.5) * r}L${way * 1.25 * r} ${(0.1 + dy * 1.6) * r}`,
      ),
    )
    .join('');
  return `<g transform="translate(${x} ${y})" stroke="${outline}"><g fill="${skin}">${ears}<ellipse rx="${r * 1.08}" ry="${r}"/></g>
    <ellipse cy="${0.22 * r}" rx="${0.85 * r}" ry="${0.74 * r}" fill="${face}"/>
    <g fill="#fff"><ellipse cx="${-0.24 * r}" cy="${-0.34 * r}" rx="${0.23 * r}" ry="${0.3 * r}"/><ellipse cx="${0.24 * r}" cy="${-0.34 * r}" rx="${0.23 * r}" ry="${0.3 * r}"/></g>
    <g fill="${outline}"><circle cx="${-0.16 * r}" cy="${-0.3 * r}" r="${pupil}"/><circle cx="${0.16 * r}" cy="${-0.3 * r}" r="${pupil}"/></g>
    <circle cy="${0.02 * r}" r="${0.14 * r}" fill="#d8382c"/>
    <path d="M0 ${0.16 * r}V${0.6 * r}M${-0.6 * r} ${0.35 * r}Q0 ${random.between(0.8, 1.1) * r} ${0.6 * r} ${0.35 * r}${random.chance(0.7) ? whiskers : ''}" fill="none"/>
    <g fill="#fff"><circle cx="${-1.05 * r}" cy="${0.75 * r}" r="${0.26 * r}"/><circle cx="${1.05 * r}" cy="${0.75 * r}" r="${0.26 * r}"/></g></g>`;
}

function charm(random: Random, x: number, y: number, outline: string): string {
  const size = random.between(10, 34);
  const fill = css(hsl(random.between(0, 360), 0.75, random.between(0.5, 0.8)));
  const shape = random.pick([
    'M0 -1L.29 -.4L.95 -.31L.47 .15L.59 .81L0 .5L-.59 .81L-.47 .15L-.95 -.31L-.29 -.4Z',
    'M0 .8Q-1 .1 -.9 -.4Q-.5 -1 0 -.4Q.5 -1 .9 -.4Q1 .1 0 .8Z',
    'M0 -.9L.6 -.5V.5L0 .9L-.6 .5V-.5ZM0 -.9V.9M-.6 -.5L.6 .5',
  ]);
  return `<path d="${shape}" transform="translate(${x} ${y}) rotate(${random.between(0, 90)}) scale(${size})" fill="${fill}" stroke="${outline}" stroke-width="${3 / size}"/>`;
}

/** A view with a bright and a dark part, fine grain, and edges at all angles. */
async function photo(sheet: Sheet): Promise<Raster> {
  const { random, width, height, hue } = sheet;
  const large = fractalNoise(random, width, height, { cellX: 300, cellY: 220, octaves: 6 });
  const fine = fractalNoise(random, width, height, { cellX: 26, cellY: 22, octaves: 4 });
  const tint = fractalNoise(random, width, height, { cellX: 240, cellY: 200, octaves: 2 });
  const edge = random.between(0.4, 0.47);
  const dark = random.between(0.08, 0.2);
  const bright = random.between(0.6, 0.85);
  const swing = random.between(60, 160);
  const ground = paint(width, height, (_u, _v, at) => {
    const share = smoothStep(edge - 0.05, edge + 0.05, large[at] as number);
    const grain = 0.34 * ((fine[at] as number) - 0.45);
    const lightness = clamp(mix(dark, bright, share) + grain, 0.02, 0.97);
    return hsl(hue + swing * ((tint[at] as number) - 0.45) * 2, 0.45, lightness);
  });
  const beams = Array.from({ length: random.whole(3, 9) }, () => {
    const x = random.between(-0.2, 1.1) * width;
    const w = random.between(0.01, 0.12) * width;
    const lean = random.between(-0.5, 0.5) * height;
    const fill = random.chance(0.5) ? '#fff' : css(hsl(hue + random.between(-90, 90), 0.6, 0.2));
    return `<path d="M${x} 0h${w}l${lean} ${height}h${-w}z" fill="${fill}" fill-opacity="${random.between(0.15, 0.6)}"/>`;
  });
  const roofs: string[] = [];
  for (let x = 0; x < width; x += random.between(0.03, 0.09) * width)
    roofs.push(`L${x} ${random.between(0.5, 0.9) * height}h${0.04 * width}`);
  const town = random.chance(0.5)
    ? `<path d="M0 ${height}${roofs.join('')}L${width} ${height}Z" fill="${css(hsl(hue, 0.4, 0.12))}"/>`
    : '';
  return over(ground, beams.join('') + town);
}

/** A large word of an invented brand behind the number. */
async function lettering(sheet: Sheet): Promise<Raster> {
  const { random, width, height, hue } = sheet;
  const lightness = random.between(0.16, 0.7);
  const ground = flatGround(sheet, 0.6, lightness);
  const word = random.pick([
    'Yangka',
    'SAMPLE',
    'Muster',
    '样卡俱乐部',
    'Lumora',
    '云上行',
    'OKOYO',
    'B8ZSO',
    '3D·LAB',
  ]);
  const ink = random.chance(0.5)
    ? '#fff'
    : css(hsl(hue + random.between(60, 200), 0.7, lightness > 0.45 ? 0.3 : 0.65));
  const size = random.between(0.3, 0.46) * height;
  const outline = random.chance(0.4);
  const paintOf = outline
    ? `fill="none" stroke="${ink}" stroke-width="${random.between(4, 9)}"`
    : `fill="${ink}" fill-opacity="${random.between(0.35, 0.9)}"`;
  const slant = random.between(-8, 3);
  return over(
    ground,
    `<text x="${width * random.between(0.1, 0.3)}" y="${height * random.between(0.58, 0.74)}" transform="rotate(${slant} ${width / 2} ${height / 2})"
      font-family="DejaVu Sans, Noto Sans S Chinese" font-weight="bold" font-size="${size}" ${paintOf}>${word}</text>
    <text x="${width * 0.62}" y="${height * 0.3}" font-family="DejaVu Serif" font-style="italic" font-size="${size * 0.3}" fill="${ink}" fill-opacity=".7">Club</text>`,
  );
}

/** Rings and grooves, as on records and finger prints. */
async function lines(sheet: Sheet): Promise<Raster> {
  const { random, width, height, hue } = sheet;
  const ground = flatGround(sheet, 0.3, random.between(0.1, 0.3));
  const x = random.between(0.2, 0.8) * width;
  const y = random.between(0.3, 0.8) * height;
  const step = random.between(7, 22);
  const rings = Array.from({ length: Math.ceil(width / step) }, (_none, at) => {
    const colour = css(
      hsl(hue + at * random.between(0, 3), 0.8, random.between(0.35, 0.6)),
      random.between(0.3, 0.8),
    );
    const dash = random.chance(0.5)
      ? `stroke-dasharray="${random.between(60, 400)} ${random.between(10, 160)}"`
      : '';
    return `<ellipse cx="${x}" cy="${y}" rx="${(at + 1) * step * 1.2}" ry="${(at + 1) * step}" stroke="${colour}" ${dash}/>`;
  });
  return over(
    ground,
    `<g fill="none" stroke-linecap="round" stroke-width="${step * random.between(0.15, 0.42)}">${rings.join('')}</g>`,
  );
}

/** Small repeated shapes about as large as the digits' strokes, with a large emblem over them. */
async function pattern(sheet: Sheet): Promise<Raster> {
  const { random, width, height, hue } = sheet;
  const ground = flatGround(sheet, 0.6, random.between(0.25, 0.7));
  const step = random.between(16, 34);
  const ink = css(
    hsl(hue + random.between(-40, 40), 0.6, random.pick([0.2, 0.85])),
    random.between(0.3, 0.7),
  );
  const cells: string[] = [];
  const shape = random.pick([
    'M0 -.4L.4 0L0 .4L-.4 0Z',
    'M-.4 -.4H.4V.4H-.4Z',
    'M-.45 0H.45M0 -.45V.45',
    'M-.4 .3L0 -.3L.4 .3',
  ]);
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step)
      cells.push(`<use href="#cell" x="${x + ((y / step) % 2) * step * 0.5}" y="${y}"/>`);
  }
  const r = 0.32 * height;
  const [a, b] = [css(hsl(hue + 150, 0.75, 0.5)), '#fff'];
  const emblem = `<g transform="translate(${random.between(0.4, 0.7) * width} ${0.55 * height}) rotate(${random.between(-20, 20)})">
    <rect x="${-r}" y="${-r}" width="${2 * r}" height="${2 * r}" rx="${0.3 * r}" fill="${a}" stroke="${b}" stroke-width="10"/>
    <path d="M${-0.9 * r} ${r}L0 ${-0.9 * r}L${0.3 * r} ${0.2 * r}L${0.9 * r} ${-0.2 * r}L${0.5 * r} ${r}Z" fill="${b}"/></g>`;
  return over(
    ground,
    `<defs><path id="cell" d="${shape}" transform="scale(${step})" fill="${ink}" stroke="${ink}" stroke-width=".12"/></defs>${cells.join('')}${random.chance(0.6) ? emblem : ''}`,
  );
}

function paleSheet({ random, width, height, hue }: Sheet): Raster {
  const top = hsl(hue, 0.18, random.between(0.84, 0.93));
  const bottom = hsl(hue + 25, 0.22, random.between(0.76, 0.86));
  const noise = fractalNoise(random, width, height, { cellX: 240, cellY: 160, octaves: 4 });
  return paint(width, height, (_u, v, at) =>
    blend(top, bottom, clamp(v + 0.8 * ((noise[at] as number) - 0.45))),
  );
}

/** Brushed gold or champagne. */
function gilded({ random, width, height }: Sheet): Raster {
  const hue = random.between(36, 46);
  const brush = fractalNoise(random, width, height, { cellX: 260, cellY: 2, octaves: 1 });
  const sheen = fractalNoise(random, width, height, { cellX: 380, cellY: 260, octaves: 2 });
  const level = random.between(0.5, 0.66);
  return paint(width, height, (_u, _v, at) =>
    hsl(
      hue,
      0.42,
      clamp(level + 0.14 * ((brush[at] as number) - 0.25) + 0.3 * ((sheen[at] as number) - 0.37), 0.2, 0.92),
    ),
  );
}
