/** Prints, presses and wears a bank card of the wide kinds: its picture seen straight on, without a camera. */
import sharp from 'sharp';
import type { Raster } from '../../../src/adapters/local-engine/picture/raster';
import { blend, css, type Rgb } from '../art';
import { chip, contactless, emblem, hologram, schemeMark } from '../marks';
import { clamp, fractalNoise, smoothStep } from '../noise';
import type { Random } from '../random';
import { paintWideArt } from './art';
import { drawDigit, type StrokeFace } from './digits';
import { LOUD_ART, type DateLabel, type PrintedDate, type WideCard } from './plan';
import { maskOf, pressRelief } from './relief';
import { svg } from '../fonts';

/** ISO ID-1 in drawing units of a fifteenth of a millimetre, and the pixels in which it is painted. */
const LONG = 1284;
const SHORT = 810;
export const FACE_WIDTH = 963;
export const FACE_HEIGHT = 608;
export const FACE_CORNER_RADIUS = 36;
const NUMBER_FOOT = 520;
/** Where the number stands, as shares of the height. */
const NUMBER_BAND = [0.545, 0.645] as const;

export async function renderWideCard(card: WideCard, random: Random): Promise<Raster> {
  const painted = await paintWideArt(card.art, card.hue, random.fork('art'), FACE_WIDTH, FACE_HEIGHT);
  const art = card.embossed || !LOUD_ART.includes(card.art) ? painted : calmed(painted);
  const inks = chooseInks(art, card);
  const fixed = fixedPrint(card, random.fork('layout'), inks);
  const personal = personalPrint(card, random.fork('personal'), inks);
  const printed = await printOver(art, card.embossed ? fixed : fixed + personal);
  const pressed = card.embossed
    ? await pressRelief(
        printed,
        await maskOf(drawing(personal), FACE_WIDTH, FACE_HEIGHT),
        card,
        random.fork('relief'),
      )
    : printed;
  return worn(pressed, card, random.fork('wear'));
}

function drawing(content: string): Buffer {
  const whole = `viewBox="0 0 ${LONG} ${SHORT}" preserveAspectRatio="none"`;
  return svg(FACE_WIDTH, FACE_HEIGHT, content, whole);
}

async function printOver(art: Raster, content: string): Promise<Raster> {
  const { width, height } = art;
  const data = await sharp(art.data, { raw: { width, height, channels: 3 } })
    .composite([{ input: drawing(content) }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, data };
}

interface Inks {
  readonly top: string;
  readonly number: string;
  readonly bottom: string;
}

const PAPER: Rgb = [250, 250, 244];
const BLACK: Rgb = [24, 26, 32];

/** Black or white, whichever stands out; the number's ink is brought towards its ground where the plan says so. */
function chooseInks(art: Raster, card: WideCard): Inks {
  const inkFor = (from: number, to: number): { ink: Rgb; ground: Rgb } => {
    const ground = meanOf(art, from, to);
    const bright = 0.299 * ground[0] + 0.587 * ground[1] + 0.114 * ground[2];
    return { ink: bright < 138 ? PAPER : BLACK, ground };
  };
  const { ink, ground } = inkFor(...NUMBER_BAND);
  const gold: Rgb = [150, 112, 40];
  const full = card.art === 'gilded' ? blend(gold, [255, 240, 200], card.hue % 2 < 1 ? 0.1 : 0.95) : ink;
  return {
    top: css(inkFor(0.06, 0.2).ink),
    number: css(card.embossed ? ink : blend(ground, full, card.contrast)),
    bottom: css(inkFor(0.66, 0.92).ink),
  };
}

/** Ink needs a quiet ground to be read at all: designers see to it, and so does this. */
function calmed(art: Raster): Raster {
  const { width, height } = art;
  const mean = meanOf(art, NUMBER_BAND[0] - 0.03, NUMBER_BAND[1] + 0.18);
  const data = new Uint8Array(art.data);
  for (let y = 0; y < height; y++) {
    const share = 0.68 * smoothStep(0.46, 0.54, y / height) * (1 - smoothStep(0.84, 0.95, y / height));
    for (let at = y * width * 3; at < (y + 1) * width * 3; at++) {
      data[at] = (data[at] as number) * (1 - share) + (mean[at % 3] as number) * share;
    }
  }
  return { width, height, data };
}

function meanOf({ width, height, data }: Raster, top: number, bottom: number): Rgb {
  const sums: [number, number, number] = [0, 0, 0];
  const from = Math.floor(top * height) * width * 3;
  const to = Math.floor(bottom * height) * width * 3;
  for (let at = from; at < to; at++) sums[at % 3] = (sums[at % 3] as number) + (data[at] as number);
  const count = (to - from) / 3;
  return [sums[0] / count, sums[1] / count, sums[2] / count];
}

function fixedPrint(card: WideCard, random: Random, inks: Inks): string {
  const { bankName, cardType, number } = card.account;
  const size = Math.min(60, 620 / bankName.length);
  const prefix = card.printedPrefix
    ? `<text x="${108 + random.whole(-4, 24)}" y="${NUMBER_FOOT + 44}" font-size="27" letter-spacing="2">${number.slice(0, 4)}</text>`
    : '';
  return `${emblem(random, 110, 96, 36, inks.top)}
    <g fill="${inks.top}" font-family="Noto Sans S Chinese"><text x="166" y="${96 + size * 0.32}" font-size="${size}" font-weight="bold">${bankName}</text>
      <text x="168" y="152" font-size="22" letter-spacing="3">SPECIMEN 样卡</text>
      <text x="${LONG - 66}" y="112" font-size="34" text-anchor="end">${cardType.replace('贷记卡', '信用卡')}</text></g>
    ${random.chance(0.9) ? chip(random.whole(104, 150), random.whole(222, 260), random.chance(0.5)) : ''}
    ${random.chance(0.5) ? contactless(330, 316, inks.top) : ''}
    ${schemeMark(random, LONG - 244, SHORT - random.whole(158, 172))}
    ${random.chance(0.2) ? hologram(LONG - 245, 250) : ''}
    <g fill="${inks.bottom}" font-family="Noto Sans S Chinese, DejaVu Sans">${prefix}${dateLabels(card)}</g>`;
}

/** What the personalising machine adds; white where it is pressed, because white is height. */
function personalPrint(card: WideCard, random: Random, inks: Inks): string {
  const number = card.embossed ? '#fff' : inks.number;
  const other = card.embossed ? '#fff' : inks.bottom;
  let from = 0;
  const groups = card.groups.map((length) => card.account.number.slice(from, (from += length)));
  const text = groups.join(' ');
  const pitch = Math.min(card.pitch * 15, 1084 / text.length);
  const height = Math.min(card.embossed ? 70 : 64, pitch * 1.45);
  const name = random.pick(['SPECIMEN YANGKA', 'YANG KA', 'YANGKA SPECIMEN GOLD', 'XIAO YANG']);
  return `<g color="${number}" fill="${number}">${cells(card, text, { x: 100, y: NUMBER_FOOT, pitch, height })}</g>
    <g color="${other}" fill="${other}">${dateDigits(card)}
      <text x="98" y="${random.whole(716, 744)}" font-family="DejaVu Sans Mono" font-weight="${card.embossed ? 'bold' : 'normal'}" font-size="42" letter-spacing="6">${name}</text></g>`;
}

interface Line {
  readonly x: number;
  readonly y: number;
  readonly pitch: number;
  readonly height: number;
}

function isStroke(face: WideCard['face']): face is StrokeFace {
  return face === 'farrington' || face === 'ocrB';
}

function cells(card: WideCard, text: string, { x, y, pitch, height }: Line): string {
  return [...text]
    .map((character, at) => {
      const middle = x + (at + 0.5) * pitch;
      if (character === ' ') return '';
      if (isStroke(card.face)) {
        return drawDigit(card.face, character, middle, y, {
          height,
          weight: height * card.weight,
          stretch: card.stretch,
        });
      }
      const size = height / 0.73;
      return `<text transform="translate(${middle.toFixed(1)} ${y}) scale(${card.stretch} 1)" font-family="${card.face}" font-size="${size.toFixed(1)}" text-anchor="middle">${character}</text>`;
    })
    .join('');
}

const LABELS: Readonly<Record<DateLabel, readonly [above: string, below: string]>> = {
  validThru: ['VALID', 'THRU'],
  goodThru: ['GOOD', 'THRU'],
  validFrom: ['VALID', 'FROM'],
  memberSince: ['MEMBER', 'SINCE'],
  chinese: ['有效期至', 'MM/YY'],
  issued: ['发卡日期', 'ISSUED'],
};
const DATE_FOOT = 632;

function datePlace(card: WideCard, at: number): number {
  const width = card.longYears ? 400 : 330;
  return (card.dates.length > 2 ? 110 : 260) + at * width;
}

function dateLabels(card: WideCard): string {
  return card.dates
    .map(({ label }, at) => {
      const [above, below] = LABELS[label];
      const x = datePlace(card, at);
      return `<text x="${x}" y="${DATE_FOOT - 21}" font-size="17">${above}</text><text x="${x}" y="${DATE_FOOT}" font-size="17">${below}</text>
        ${at === 0 ? `<text x="${x + 92}" y="${DATE_FOOT - 46}" font-size="17">${label === 'chinese' ? '月/年' : 'MONTH/YEAR'}</text>` : ''}`;
    })
    .join('');
}

function dateText(card: WideCard, { label, date }: PrintedDate): string {
  const month = String(date.month).padStart(2, '0');
  const year = card.longYears ? String(date.year) : String(date.year % 100).padStart(2, '0');
  return label === 'memberSince' && !card.longYears ? year : `${month}/${year}`;
}

function dateDigits(card: WideCard): string {
  return card.dates
    .map((printed, at) =>
      cells(card, dateText(card, printed), {
        x: datePlace(card, at) + 84,
        y: DATE_FOOT,
        pitch: 30,
        height: 40,
      }),
    )
    .join('');
}

/** Scratches in all directions, rubbed and dirty places. */
async function worn(face: Raster, card: WideCard, random: Random): Promise<Raster> {
  if (card.scratches === 0 && card.dirt === 0) return face;
  const { width, height } = face;
  const lines = Array.from({ length: Math.round(card.scratches * 130) }, () => {
    const x = random.between(0, width);
    const y = random.between(0, height);
    const angle = random.gauss() * 0.7;
    const length = random.between(20, 320);
    const bend = random.between(-30, 30);
    const light = random.chance(0.7);
    return `<path d="M${x} ${y}q${(length / 2) * Math.cos(angle)} ${(length / 2) * Math.sin(angle) + bend} ${length * Math.cos(angle)} ${length * Math.sin(angle)}"
      stroke="${light ? '#fff' : '#111'}" stroke-opacity="${random.between(0.15, 0.75)}" stroke-width="${random.between(0.5, 1.8)}"/>`;
  });
  const scratched = await sharp(face.data, { raw: { width, height, channels: 3 } })
    .composite([{ input: svg(width, height, `<g fill="none">${lines.join('')}</g>`) }])
    .removeAlpha()
    .raw()
    .toBuffer();
  const stains = fractalNoise(random, width, height, { cellX: 120, cellY: 90, octaves: 5 });
  const specks = fractalNoise(random, width, height, { cellX: 4, cellY: 4, octaves: 2 });
  const brown: Rgb = [84, 72, 58];
  const data = new Uint8Array(scratched);
  for (let at = 0; at < width * height; at++) {
    const stain = 0.5 * card.dirt * smoothStep(0.46, 0.62, stains[at] as number);
    const speck = 0.6 * card.dirt * smoothStep(0.6, 0.68, specks[at] as number);
    const share = clamp(stain + speck, 0, 0.7);
    if (share === 0) continue;
    for (let c = 0; c < 3; c++) {
      data[at * 3 + c] = (data[at * 3 + c] as number) * (1 - share) + (brown[c] as number) * share;
    }
  }
  return { width, height, data };
}
