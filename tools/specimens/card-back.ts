/**
 * The back of a card: magnetic stripe, signature strip, hologram, small print, and on some a made-up CVV: after the last four
 * digits, in a white box beside the strip, or under a label among the number and the date of a card with an empty front.
 */
import { strokeDigit } from './digit-shapes';
import type { Inks } from './layout';
import { hologram } from './marks';
import type { CardPlan } from './plan';
import type { Random } from './random';

/** In card pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PrintedBack {
  readonly print: string;
  /** What was pressed into the front, seen from behind: mirrored. */
  readonly relief: string;
  /** Around the three digits. */
  readonly cvv?: Box;
}

const WIDTH = 1284;
const FONTS = 'font-family="Noto Sans S Chinese, Arimo"';
const SIGNED_HEIGHT = 112;
const STYLES = ['inPanel', 'inPanel', 'beside', 'labelled', 'labelled'] as const;

interface Layout {
  readonly print: string;
  readonly cvv?: Box;
}

export function cardBack(card: CardPlan, random: Random, inks: Inks): PrintedBack {
  const style = random.pick(STYLES);
  // Most stripes keep to the upper edge; some leave room for a line, and some lie low.
  const top = random.chance(0.3) ? random.whole(20, 44) : random.whole(64, 150);
  const height = style === 'labelled' ? random.whole(120, 160) : random.whole(140, 192);
  const stripe = random.pick(['#17150f', '#1d1b1c', '#2b201a', '#0f1013', '#4a3222']);
  const signed = top + height + random.whole(56, 84);
  const visible = card.purpose === 'back';
  const panel = { inPanel, beside, labelled }[style](card, random, signed, inks, visible);
  const small = (x: number, y: number, size: number, text: string): string =>
    `<text x="${x}" y="${y}" font-size="${size}">${text}</text>`;
  const label = random.pick([
    'AUTHORIZED SIGNATURE  持卡人签名',
    '持卡人签名 AUTHORIZED SIGNATURE  NOT VALID UNLESS SIGNED',
    '授权签名 AUTHORIZED SIGNATURE',
    '持卡人签名',
    'AUTHORIZED SIGNATURE - NOT VALID UNLESS SIGNED',
  ]);
  const hotline = `客服热线 ${random.pick(['95500', '400-000-0000', '95000'])}   ${card.account.bankName}  SPECIMEN 样卡`;
  const legal = random.pick([
    [
      '本卡仅限本人使用，如有遗失请立即致电客户服务中心挂失。',
      '拾获此卡，请交还样张银行任何一家网点。',
      'This card is the property of the issuing bank. If found, please return.',
    ],
    ['持卡人须遵守本行银行卡章程。', '本卡由样张银行发行，挂失请拨打客服热线。'],
    ['Issued by the Sample Bank under licence. Use of this card is governed by its rules.'],
  ]);
  const first = 742 - 38 * (legal.length - 1);
  return {
    print: `<g fill="${inks.top}" ${FONTS}>${top > 60 ? small(70, top - 22, 24, hotline) : small(70, signed + SIGNED_HEIGHT + 44, 24, hotline)}</g>
      <rect x="-4" y="${top}" width="${WIDTH + 8}" height="${height}" fill="${stripe}"/>
      <g fill="${inks.number}" ${FONTS}>${small(74, signed - 12, 22, label)}</g>
      ${panel.print}
      ${style !== 'labelled' && random.chance(0.6) ? hologram(WIDTH - 240, signed + 140) : ''}
      <g fill="${inks.bottom}" ${FONTS}>${legal.map((text, at) => small(74, first + 38 * at, at === 2 ? 22 : 24, text)).join('')}</g>`,
    relief: card.embossed && style !== 'labelled' ? pressedThrough(card) : '',
    ...(panel.cvv && { cvv: panel.cvv }),
  };
}

function secretOf(random: Random): string {
  return String(random.whole(100, 999));
}

function signedStrip(y: number, width: number): string {
  const lines = Array.from(
    { length: 9 },
    (_none, at) =>
      `<path d="M74 ${y + 8 + at * 12}H${74 + width}" stroke="#b9c4cf" stroke-width="2" stroke-opacity=".7"/>`,
  );
  return `<rect x="74" y="${y}" width="${width}" height="${SIGNED_HEIGHT}" fill="#f0eee6"/>${lines.join('')}`;
}

/** The last four digits and, after them, three that belong to no card. */
function inPanel(card: CardPlan, random: Random, y: number, _inks: Inks, visible: boolean): Layout {
  const width = random.whole(760, 880);
  const [slant, weight] = [random.pick(['italic', 'normal']), random.pick(['bold', 'normal'])];
  const right = 74 + width - 24;
  const printed = `${card.account.number.slice(-4)}${visible ? ` ${secretOf(random)}` : ''}`;
  return {
    print: `${signedStrip(y, width)}
      <text x="${right}" y="${y + 76}" font-size="54" font-family="Arimo" font-style="${slant}" font-weight="${weight}" fill="#23242a" text-anchor="end">${printed}</text>`,
    ...(visible && { cvv: { x: right - 94, y: y + 34, width: 98, height: 46 } }),
  };
}

/** A white box of its own to the right of the strip, which then carries the last four digits or nothing. */
function beside(card: CardPlan, random: Random, y: number, _inks: Inks, visible: boolean): Layout {
  const width = random.whole(640, 760);
  const left = 74 + width + random.whole(14, 40);
  const four = random.chance(0.5)
    ? `<text x="${74 + width - 24}" y="${y + 76}" font-size="50" font-family="Arimo" font-style="italic" fill="#23242a" text-anchor="end">${card.account.number.slice(-4)}</text>`
    : '';
  const box = `<rect x="${left}" y="${y + 10}" width="150" height="${SIGNED_HEIGHT - 20}" fill="#fbfbf8"/>`;
  return {
    print: `${signedStrip(y, width)}${four}${box}${
      visible
        ? `<text x="${left + 75}" y="${y + 75}" font-size="52" font-family="Arimo" fill="#23242a" text-anchor="middle">${secretOf(random)}</text>`
        : ''
    }`,
    ...(visible && { cvv: { x: left + 30, y: y + 34, width: 90, height: 46 } }),
  };
}

/** A card with an empty front: number, date and CVV stand here. */
function labelled(card: CardPlan, random: Random, y: number, inks: Inks, visible: boolean): Layout {
  const grouped = card.account.number.replace(/(.{4})(?=.)/g, '$1 ');
  const date = card.validDate ?? { month: 8, year: 2033 };
  const until = `${String(date.month).padStart(2, '0')}/${String(date.year).slice(-2)}`;
  const label = random.pick(['CVV2', 'CVV', 'CVC', 'CVN2', '安全码', '校验码', 'SECURITY CODE']);
  const row = y + 260;
  const text = (x: number, at: number, size: number, words: string): string =>
    `<text x="${x}" y="${at}" font-size="${size}">${words}</text>`;
  const strip = random.chance(0.5) ? signedStrip(y, 620) : '';
  return {
    print: `${strip}<g fill="${inks.number}" font-family="Arimo, Noto Sans S Chinese">
      ${text(74, y + 190, 56, grouped)}${text(74, row - 36, 20, 'VALID THRU')}${text(74, row + 8, 42, until)}
      ${visible ? text(420, row - 36, 20, label) + text(420, row + 8, 42, secretOf(random)) : ''}</g>`,
    ...(visible && { cvv: { x: 416, y: row - 26, width: 78, height: 38 } }),
  };
}

function pressedThrough(card: CardPlan): string {
  const { number } = card.account;
  const pitch = Math.min(54, 1080 / number.length);
  const digits = [...number].map((digit, at) => strokeDigit(digit, 110 + (at + 0.5) * pitch, 505, 66, 10));
  return `<g transform="translate(${WIDTH} 0) scale(-1 1)" color="#fff">${digits.join('')}</g>`;
}
