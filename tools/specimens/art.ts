/** The picture printed on a card: an invented one, painted from gradients, noise and shapes. */
import sharp from 'sharp';
import type { Raster } from '../../src/adapters/local-engine/picture/raster';
import { clamp, fractalNoise, mix, smoothStep } from './noise';
import type { Art, CardPlan } from './plan';
import type { Random } from './random';
import { svg } from './fonts';

export type Rgb = readonly [number, number, number];

interface Canvas {
  readonly random: Random;
  readonly width: number;
  readonly height: number;
  readonly hue: number;
}

export async function paintArt(
  card: Pick<CardPlan, 'art' | 'hue'>,
  random: Random,
  width: number,
  height: number,
): Promise<Raster> {
  const canvas: Canvas = { random, width, height, hue: card.hue };
  const ground = GROUNDS[card.art](canvas);
  const shapes = SHAPES[card.art]?.(canvas);
  if (!shapes) return ground;
  const data = await sharp(ground.data, { raw: { width, height, channels: 3 } })
    .composite([{ input: svg(width, height, shapes) }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, data };
}

/** Hue in degrees, saturation and lightness 0-1. */
export function hsl(hue: number, saturation: number, lightness: number): Rgb {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const k = (offset + (((hue % 360) + 360) % 360) / 30) % 12;
    return 255 * (lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

export function css([red, green, blue]: Rgb, opacity = 1): string {
  return `rgba(${Math.round(red)},${Math.round(green)},${Math.round(blue)},${opacity.toFixed(3)})`;
}

export function blend(a: Rgb, b: Rgb, share: number): Rgb {
  return [mix(a[0], b[0], share), mix(a[1], b[1], share), mix(a[2], b[2], share)];
}

/** `colourAt` gets the place as shares (0-1) of width and height, and the pixel's index. */
export function paint(
  width: number,
  height: number,
  colourAt: (u: number, v: number, index: number) => Rgb,
): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const index = y * width + x;
      const colour = colourAt(x / width, y / height, index);
      for (let c = 0; c < 3; c++) data[index * 3 + c] = clamp(colour[c] as number, 0, 255) + 0.5;
    }
  }
  return { width, height, data };
}

const GROUNDS: Readonly<Record<Art, (canvas: Canvas) => Raster>> = {
  sweep: (canvas) => gradient(canvas, 0.62, 0.2, 0.42),
  metal: brushedMetal,
  landscape: mountains,
  guilloche: (canvas) => gradient(canvas, 0.5, 0.26, 0.46),
  bokeh: (canvas) => gradient(canvas, 0.6, 0.08, 0.22),
  ink,
  facets: (canvas) => gradient(canvas, 0.55, 0.28, 0.4),
  dots: (canvas) => gradient(canvas, 0.55, 0.16, 0.3),
  band: paleGround,
};

const SHAPES: Readonly<Partial<Record<Art, (canvas: Canvas) => string>>> = {
  sweep: sweeps,
  metal: fineLines,
  guilloche,
  bokeh,
  facets,
  dots: dotMatrix,
  band: bands,
};

function gradient(
  { random, width, height, hue }: Canvas,
  saturation: number,
  dark: number,
  bright: number,
): Raster {
  const from = hsl(hue, saturation, bright);
  const to = hsl(hue + random.between(-45, 45), saturation, dark);
  const angle = random.between(0.1, 1.2);
  const glowU = random.between(0.1, 0.9);
  const noise = fractalNoise(random, width, height, { cellX: 400, cellY: 400, octaves: 2 });
  return paint(width, height, (u, v, index) => {
    const along = (u * Math.cos(angle) + v * Math.sin(angle)) / 1.3;
    const glow = 0.25 * Math.exp(-((u - glowU) ** 2 + (v - 0.2) ** 2) / 0.08);
    return blend(from, to, clamp(along + 0.3 * ((noise[index] as number) - 0.4) - glow));
  });
}

function brushedMetal({ random, width, height, hue }: Canvas): Raster {
  const tint = random.between(0.02, 0.22);
  const light = random.between(0.16, 0.4);
  const brush = fractalNoise(random, width, height, { cellX: 320, cellY: 2, octaves: 1 });
  const clouds = fractalNoise(random, width, height, { cellX: 500, cellY: 300, octaves: 2 });
  return paint(width, height, (u, v, index) => {
    const sheen = 0.09 * Math.sin((u + v * 0.6) * 4.2 + 1);
    const level =
      light + sheen + 0.12 * ((brush[index] as number) - 0.25) + 0.1 * ((clouds[index] as number) - 0.4);
    return hsl(hue, tint, clamp(level, 0.03, 0.9));
  });
}

function paleGround({ random, width, height, hue }: Canvas): Raster {
  const top = hsl(hue, 0.25, 0.95);
  const bottom = hsl(hue + 30, 0.3, 0.83);
  const noise = fractalNoise(random, width, height, { cellX: 300, cellY: 200, octaves: 3 });
  return paint(width, height, (u, v, index) =>
    blend(top, bottom, clamp(v * 0.7 + u * 0.3 + 0.5 * ((noise[index] as number) - 0.45))),
  );
}

/** Hills behind hills in the haze of a low sun. */
function mountains({ random, width, height, hue }: Canvas): Raster {
  const skyTop = hsl(hue, 0.5, 0.3);
  const skyLow = hsl(hue + random.between(-150, -110), 0.6, 0.72);
  const near = hsl(hue + 10, 0.45, 0.08);
  const layers = 6;
  const ridges = Array.from({ length: layers }, (_none, layer) => {
    const cell = mix(330, 150, layer / layers);
    return fractalNoise(random, width, 1, { cellX: cell, cellY: 1, octaves: 6 });
  });
  const texture = fractalNoise(random, width, height, { cellX: 40, cellY: 24, octaves: 4 });
  const sunU = random.between(0.25, 0.8);
  return paint(width, height, (u, v, index) => {
    const sun = Math.exp(-((u - sunU) ** 2 * 2.5 + (v - 0.34) ** 2) / 0.012);
    let colour = blend(blend(skyTop, skyLow, smoothStep(0, 0.5, v)), [255, 246, 222], 0.85 * sun);
    for (let layer = 0; layer < layers; layer++) {
      const crest =
        0.26 + layer * 0.11 - 0.3 * (((ridges[layer] as Float32Array)[index % width] as number) - 0.4);
      if (v < crest) continue;
      const depth = (layer + 1) / layers;
      const rock = blend(skyLow, near, 0.2 + 0.75 * depth);
      const haze = 0.4 * (1 - depth) * smoothStep(0, 0.2, v - crest);
      const grain = 26 * depth * ((texture[index] as number) - 0.45);
      colour = blend([rock[0] + grain, rock[1] + grain, rock[2] + grain], skyLow, haze);
    }
    return colour;
  });
}

/** Two colours stirred into each other, as on marbled paper. */
function ink({ random, width, height, hue }: Canvas): Raster {
  const colours = [hsl(hue, 0.55, 0.14), hsl(hue + 18, 0.55, 0.28), hsl(hue + 36, 0.45, 0.46)] as const;
  const waves = Array.from({ length: 5 }, (_none, at) => ({
    u: random.between(-2.2, 2.2) * (1 + at * 0.5),
    v: random.between(-2.2, 2.2) * (1 + at * 0.5),
    phase: random.between(0, 6.3),
    strength: 1.1 / (1 + at * 0.6),
  }));
  const fine = fractalNoise(random, width, height, { cellX: 60, cellY: 40, octaves: 3 });
  return paint(width, height, (u, v, index) => {
    let [x, y] = [u * 1.6, v];
    for (const wave of waves) {
      const push = wave.strength * 0.22 * Math.sin(wave.u * x * 2.4 + wave.v * y * 2.4 + wave.phase);
      [x, y] = [x + push, y - push * 0.8];
    }
    const flow =
      Math.sin(5 * x + 3 * y) + 0.25 * Math.sin(23 * x - 9 * y) + 0.3 * ((fine[index] as number) - 0.45);
    const share = clamp(0.5 + 0.42 * flow);
    return share < 0.5
      ? blend(colours[0], colours[1], share * 2)
      : blend(colours[1], colours[2], share * 2 - 1);
  });
}

function sweeps({ random, width, height, hue }: Canvas): string {
  return Array.from({ length: random.whole(3, 6) }, () => {
    const y = random.between(0.1, 1) * height;
    const bend = random.between(-0.7, 0.7) * height;
    const light = random.chance(0.6);
    const fill = css(hsl(hue + random.between(-30, 30), 0.6, light ? 0.7 : 0.12), random.between(0.08, 0.2));
    return `<path d="M0 ${y} C${width * 0.3} ${y + bend} ${width * 0.6} ${y - bend} ${width} ${y - bend * 0.5} V${height} H0Z" fill="${fill}"/>`;
  }).join('');
}

function fineLines({ random, width, height }: Canvas): string {
  const step = random.between(26, 60);
  const slope = random.between(-0.9, 0.9);
  const lines: string[] = [];
  for (let x = -height; x < width + height; x += step) lines.push(`M${x} 0L${x + slope * height} ${height}`);
  return `<path d="${lines.join('')}" stroke="#fff" stroke-opacity=".07" stroke-width="1.4"/>`;
}

function guilloche({ random, width, height }: Canvas): string {
  const waves = random.between(1.5, 3.5);
  const swing = random.between(0.1, 0.24) * height;
  const paths = Array.from({ length: 34 }, (_none, line) => {
    const points: string[] = [];
    for (let x = 0; x <= width; x += 12) {
      const phase = (x / width) * waves * Math.PI * 2 + line * 0.12;
      const y =
        height * (0.15 + line * 0.022) + swing * Math.sin(phase) * Math.cos(phase * 0.37 + line * 0.06);
      points.push(`${x} ${y.toFixed(1)}`);
    }
    return `M${points.join('L')}`;
  });
  return `<path d="${paths.join('')}" fill="none" stroke="#fff" stroke-opacity=".16" stroke-width="1.3"/>`;
}

function bokeh({ random, width, height, hue }: Canvas): string {
  return Array.from({ length: 70 }, () => {
    const colour = hsl(hue + random.between(-60, 60), random.between(0.4, 0.9), random.between(0.5, 0.8));
    const radius = random.between(8, 70);
    const y = height * (0.2 + 0.75 * random.next() ** 1.4);
    return `<circle cx="${random.between(0, width)}" cy="${y}" r="${radius}" fill="${css(colour, random.between(0.06, 0.3))}"/>`;
  }).join('');
}

function facets({ random, width, height, hue }: Canvas): string {
  const columns = 9;
  const rows = 6;
  const points = Array.from({ length: (columns + 1) * (rows + 1) }, (_none, at) => [
    ((at % (columns + 1)) + random.between(-0.35, 0.35)) * (width / columns) * 1.12 - width * 0.06,
    (Math.floor(at / (columns + 1)) + random.between(-0.35, 0.35)) * (height / rows) * 1.2 - height * 0.1,
  ]);
  const triangle = (a: number, b: number, c: number): string => {
    const fill = css(hsl(hue + random.between(-35, 35), 0.55, random.between(0.2, 0.52)));
    const path = [a, b, c].map((at) => points[at]?.map((value) => value.toFixed(1)).join(' ')).join('L');
    return `<path d="M${path}Z" fill="${fill}" stroke="${fill}"/>`;
  };
  return Array.from({ length: columns * rows }, (_none, cell) => {
    const at = Math.floor(cell / columns) * (columns + 1) + (cell % columns);
    return triangle(at, at + 1, at + columns + 1) + triangle(at + 1, at + columns + 2, at + columns + 1);
  }).join('');
}

function dotMatrix({ random, width, height }: Canvas): string {
  const step = 15;
  const columns = Math.floor(width / step);
  const rows = Math.floor(height / step);
  const land = fractalNoise(random, columns, rows, { cellX: 17, cellY: 12, octaves: 3 });
  const dots: string[] = [];
  land.forEach((level, at) => {
    if (level < 0.46) return;
    const x = ((at % columns) + 0.5) * step;
    const y = (Math.floor(at / columns) + 0.5) * step;
    dots.push(`<circle cx="${x}" cy="${y}" r="${(2 + 3 * clamp((level - 0.46) * 5)).toFixed(1)}"/>`);
  });
  return `<g fill="#fff" fill-opacity=".17">${dots.join('')}</g>`;
}

function bands({ random, width, height, hue }: Canvas): string {
  const y = height * random.between(0.04, 0.2);
  const lean = height * random.between(-0.1, 0.25);
  const colour = hsl(hue + random.between(-20, 20), 0.65, 0.38);
  const path = `M0 0H${width}V${y}Q${width * 0.5} ${y + lean} 0 ${y + lean * 0.6}Z`;
  const low = height * random.between(0.9, 0.97);
  return `<path d="${path}" fill="${css(colour)}"/>
    <path d="M0 ${low}Q${width * 0.4} ${low - 60} ${width} ${low}V${height}H0Z" fill="${css(colour, 0.8)}"/>`;
}
