/** Where everything stands on a card. What is pressed into an embossed card goes to `relief`, the rest to `print`. */
import { cardBack, type Box } from './card-back';
import { strokeDigit } from './digit-shapes';
import { chip, contactless, emblem, hologram, schemeMark } from './marks';
import { modernBack } from './modern-back';
import type { CardPlan } from './plan';
import type { Random } from './random';

/** ISO ID-1 (85.6 x 53.98 mm) at 15 pixels a millimetre. */
const LONG = 1284;
const SHORT = 810;
export const CORNER_RADIUS = 48;

export interface CardSize {
  readonly width: number;
  readonly height: number;
}

export interface Inks {
  readonly top: string;
  readonly number: string;
  readonly bottom: string;
}

export interface Printed {
  readonly print: string;
  readonly relief: string;
  /** Where the digits stand that nobody may keep. */
  readonly cvv?: Box;
}

interface Line {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly pitch: number;
}

export function isPortrait(card: CardPlan): boolean {
  return card.layout === 'portrait' || card.layout === 'portraitRows';
}

export function cardSize(card: CardPlan): CardSize {
  return isPortrait(card) ? { width: SHORT, height: LONG } : { width: LONG, height: SHORT };
}

/** Share of the height between which the number stands: the ink is chosen for what lies there. */
export function numberBand(card: CardPlan): readonly [number, number] {
  const bands = {
    classic: [0.5, 0.66],
    modern: [0.6, 0.75],
    portrait: [0.5, 0.64],
    portraitRows: [0.4, 0.72],
  } as const;
  return bands[card.layout];
}

export function layOut(card: CardPlan, random: Random, inks: Inks): Printed {
  if (card.purpose === 'id') return { print: identityCard(card), relief: '' };
  if (card.purpose === 'back' || card.purpose === 'backClean') {
    return cardBack(card, random, inks);
  }
  if (card.purpose === 'modernBack') return modernBack(card, random, inks);
  if (card.purpose === 'member') return { print: memberCard(card, random, inks), relief: '' };
  const parts = isPortrait(card) ? portraitParts(card, random, inks) : wideParts(card, random, inks);
  const raised = card.embossed;
  return {
    print: parts.fixed + (raised ? '' : parts.personal),
    relief: raised ? parts.personal : '',
  };
}

interface Parts {
  readonly fixed: string;
  /** Number, date and name: what the personalising machine adds. */
  readonly personal: string;
}

function wideParts(card: CardPlan, random: Random, inks: Inks): Parts {
  const modern = card.layout === 'modern';
  const line: Line = modern
    ? { x: 96, y: 560, height: 58, pitch: 43 }
    : { x: 110, y: 505, height: 70, pitch: fittingPitch(card, 1080, 54) };
  const dateX = modern ? 110 : 430 + random.whole(-60, 120);
  const dateY = modern ? 640 : 612;
  const fixed = [
    heading(card, random, inks, LONG),
    chip(random.whole(100, 130), random.whole(205, 235), random.chance(0.35)),
    random.chance(0.7) ? contactless(325, 285, inks.number) : '',
    card.purpose === 'bank' ? schemeMark(random, LONG - 250, SHORT - 160) : '',
    random.chance(0.3) && card.purpose === 'bank' ? hologram(LONG - 245, 250) : '',
    dateLabels(card, dateX, dateY, inks.bottom),
  ];
  return {
    fixed: fixed.join(''),
    personal:
      ink(card, inks.number, numberLine(card, line)) +
      ink(card, inks.bottom, dateDigits(card, dateX, dateY) + holder(card, 100, 735)),
  };
}

function portraitParts(card: CardPlan, random: Random, inks: Inks): Parts {
  const rows = card.layout === 'portraitRows';
  const fixed = [
    heading(card, random, inks, SHORT),
    chip(SHORT / 2 - 85, 250, random.chance(0.35)),
    card.purpose === 'bank' ? schemeMark(random, SHORT - 250, LONG - 165) : '',
    dateLabels(card, 80, 1045, inks.bottom),
  ];
  const number = rows
    ? [0, 1, 2, 3].map((row) =>
        cells(card, card.account.number.slice(row * 4, row * 4 + 4), {
          x: 90,
          y: 600 + row * 105,
          height: 78,
          pitch: 62,
        }),
      )
    : [numberLine(card, { x: 62, y: 730, height: 52, pitch: fittingPitch(card, 700, 38) })];
  return {
    fixed: fixed.join(''),
    personal:
      ink(card, inks.number, number.join('')) +
      ink(card, inks.bottom, dateDigits(card, 80, 1045) + holder(card, 80, 1180)),
  };
}

function heading(card: CardPlan, random: Random, inks: Inks, width: number): string {
  const member = card.purpose === 'member';
  const title = member ? '云上书屋会员卡' : card.account.bankName;
  const size = Math.min(58, (width - 420) / title.length);
  const narrow = width === SHORT;
  const kind = member ? 'MEMBER' : card.account.cardType.replace('贷记卡', '信用卡');
  return `${emblem(random, 120, 102, 38, inks.top)}
    <g fill="${inks.top}" font-family="Noto Sans S Chinese">
      <text x="180" y="${100 + size * 0.3}" font-size="${size}" font-weight="bold">${title}</text>
      <text x="${width - 70}" y="${narrow ? 200 : 118}" font-size="36" text-anchor="end">${kind}</text>
      <text x="182" y="164" font-size="24" letter-spacing="3" fill-opacity=".85">SPECIMEN 样卡</text></g>`;
}

function fittingPitch(card: CardPlan, room: number, widest: number): number {
  return Math.min(widest, room / (card.account.number.length + card.groups.length - 1));
}

function numberLine(card: CardPlan, line: Line): string {
  let from = 0;
  const texts = card.groups.map((length) => card.account.number.slice(from, (from += length)));
  return cells(card, texts.join(' '), line);
}

/** One cell a character: cards are set with an even pitch whatever the face. */
function cells(card: CardPlan, text: string, line: Line): string {
  return [...text]
    .map((character, at) => {
      const x = line.x + (at + 0.5) * line.pitch;
      if (character === ' ') return '';
      if (card.digits === 'stroke') {
        const height = Math.min(line.height, line.pitch * 1.45);
        return strokeDigit(character, x, line.y, height, height * (card.embossed ? 0.16 : 0.115));
      }
      // A digit of these faces is about 0.73 of the font's size high.
      const size = Math.min(line.height / 0.73, line.pitch * 1.62);
      return `<text x="${x.toFixed(1)}" y="${line.y}" font-family="${card.digits}" font-size="${size.toFixed(1)}" text-anchor="middle">${character}</text>`;
    })
    .join('');
}

/** What is pressed has no ink: white is its height. */
function ink(card: CardPlan, printed: string, content: string): string {
  const colour = card.embossed ? '#fff' : printed;
  return `<g color="${colour}" fill="${colour}">${content}</g>`;
}

function twoDigits(value: number): string {
  return String(value % 100).padStart(2, '0');
}

function dateLabels(card: CardPlan, x: number, y: number, colour: string): string {
  if (!card.validDate || card.purpose !== 'bank') return '';
  const small = (dx: number, dy: number, text: string): string =>
    `<text x="${x + dx}" y="${y + dy}" font-size="17">${text}</text>`;
  const labels = {
    validThru: small(0, -20, 'VALID') + small(0, 2, 'THRU'),
    monthYear: small(100, -48, 'MONTH/YEAR') + small(0, -20, 'VALID') + small(0, 2, 'THRU'),
    goodThru: small(0, -20, 'GOOD') + small(0, 2, 'THRU') + small(100, -48, '有效期至 月/年'),
    several:
      small(0, -20, 'VALID') + small(0, 2, 'THRU') + small(280, -20, 'MEMBER') + small(280, 2, 'SINCE'),
  };
  return `<g fill="${colour}" font-family="Noto Sans S Chinese, Arimo">${labels[card.dateStyle]}</g>`;
}

function dateDigits(card: CardPlan, x: number, y: number): string {
  if (!card.validDate || card.purpose !== 'bank') return '';
  const { month, year } = card.validDate;
  const line: Line = { x: x + 82, y, height: 42, pitch: 31 };
  const until = cells(card, `${twoDigits(month)}/${twoDigits(year)}`, line);
  if (card.dateStyle !== 'several') return until;
  return until + cells(card, `${twoDigits(month)}/${twoDigits(year - 10)}`, { ...line, x: x + 370 });
}

function holder(card: CardPlan, x: number, y: number): string {
  const face = card.embossed || card.digits === 'stroke' ? 'Cousine' : card.digits;
  const weight = card.embossed ? 'bold' : 'normal';
  return `<text x="${x}" y="${y}" font-family="${face}" font-weight="${weight}" font-size="46" letter-spacing="3">SPECIMEN YANGKA</text>`;
}

/** Looks like an identity card from afar and gives nobody's identity: every value says that it is a sample. */
function identityCard(card: CardPlan): string {
  const rows = ['姓名  样卡', '性别  —    民族  —', '出生  0000 年 00 月 00 日', '住址  样张省样张市样张路'];
  const texts = rows.map((row, at) => `<text x="110" y="${190 + at * 108}">${row}</text>`);
  return `<rect width="${LONG}" height="${SHORT}" fill="#e9f1f2" fill-opacity=".82"/>
    <g fill="#22303a" font-family="Noto Sans S Chinese" font-size="46">${texts.join('')}
      <text x="110" y="690">证件编号  SPECIMEN-${card.account.number.slice(-3)}</text><text x="850" y="110" font-size="34">样卡 SPECIMEN</text></g>
    <g transform="translate(860 170)"><rect width="310" height="390" fill="#cfdde2"/><circle cx="155" cy="150" r="82" fill="#8fa5ae"/>
      <path d="M20 390Q30 255 155 255Q280 255 290 390Z" fill="#7d939d"/></g>`;
}

/** A number that is no bank card's, a bar code, and no chip. */
function memberCard(card: CardPlan, random: Random, inks: Inks): string {
  const bars: string[] = [];
  for (let x = 0; x < 420; x += random.whole(6, 14)) bars.push(`M${x} 0V110`);
  return `${heading(card, random, inks, cardSize(card).width)}
    <g fill="${inks.number}" font-family="Noto Sans S Chinese"><text x="110" y="470" font-size="64">NO. ${card.account.number.slice(-8)}</text>
      <text x="110" y="560" font-size="36">积分当钱花 · 每月八日会员日</text></g>
    <g transform="translate(${cardSize(card).width - 520} 620)"><rect x="-24" y="-16" width="470" height="142" fill="#fff"/>
      <path d="${bars.join('')}" stroke="#111" stroke-width="4"/></g>`;
}
