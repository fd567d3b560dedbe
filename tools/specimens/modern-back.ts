/**
 * Backs of cards with an empty front: number, date and CVV all stand here, the stripe is light or missing, and there is one
 * phrase of small print or none. Digits are made up.
 */
import type { Box, PrintedBack } from './card-back';
import type { Inks } from './layout';
import type { CardPlan } from './plan';
import type { Random } from './random';

const WIDTH = 1284;
const FACE = 'Arimo, Noto Sans S Chinese';
const LABELS = ['CVV', 'CVV2', 'CVC', 'CVC2', 'CVN2', 'CID', '安全码', 'SECURITY CODE'] as const;
/** One thing that backs say, which alone is no proof of a back. */
const PHRASES = [
  'SIGN',
  'SIGNATURE',
  '客服热线 95500',
  '客户服务 400-000-0000',
  '本卡由样张银行发行',
  'Issued by the Sample Bank',
  'If found please return to Sample Bank',
] as const;
const STRIPES = ['#c9ccd2', '#d8cfae', '#b9c7d9', '#c4574a', '#7fa3c4', '#dcdcdc'] as const;
const LAYOUTS = ['row', 'rowBelow', 'inline', 'panel', 'corner', 'lastFour', 'fourDigits'] as const;

interface Layout {
  readonly print: string;
  readonly cvv: Box;
  /** Without a label a phrase, at least, tells that it is a back. */
  readonly labelled: boolean;
}

export function modernBack(card: CardPlan, random: Random, inks: Inks): PrintedBack {
  const name = random.pick(LAYOUTS);
  const striped = random.chance(0.6);
  const [top, height] = [random.whole(50, 110), random.whole(110, 160)];
  const stripe = `<rect x="-4" y="${top}" width="${WIDTH + 8}" height="${height}" fill="${random.pick(STRIPES)}"/>`;
  const y = striped ? top + height + random.whole(130, 170) : random.whole(250, 360);
  const layout = LAYOUT_OF[name](card, random, y);
  const phrase = layout.labelled && random.chance(0.3) ? '' : random.pick(PHRASES);
  return {
    print: `${striped ? stripe : ''}<g fill="${inks.number}" font-family="${FACE}">${layout.print}${text(74, 745, 26, phrase)}</g>`,
    relief: '',
    cvv: layout.cvv,
  };
}

function text(x: number, y: number, size: number, words: string): string {
  return `<text x="${x}" y="${y}" font-size="${size}">${words}</text>`;
}

function untilOf(card: CardPlan): string {
  const { month, year } = card.validDate ?? { month: 8, year: 2033 };
  return `${String(month).padStart(2, '0')}/${String(year).slice(-2)}`;
}

function numberAt(card: CardPlan, x: number, y: number, size = 56): string {
  return text(x, y, size, card.account.number.replace(/(.{4})(?=.)/g, '$1 '));
}

const LAYOUT_OF: Readonly<
  Record<(typeof LAYOUTS)[number], (card: CardPlan, random: Random, y: number) => Layout>
> = {
  /** Labels above their values, in one row under the number. */
  row(card, random, y) {
    const row = y + 110;
    const x = random.whole(360, 520);
    return {
      print: `${numberAt(card, 74, y)}${text(74, row - 40, 22, 'VALID THRU')}${text(74, row + 8, 44, untilOf(card))}
        ${text(x, row - 40, 22, random.pick(LABELS))}${text(x, row + 8, 44, digits(random, 3))}`,
      cvv: { x: x - 4, y: row - 28, width: 84, height: 40 },
      labelled: true,
    };
  },
  /** Number in the lower half, date and CVV to the right of each other, label and value in one line. */
  rowBelow(card, random, y) {
    const row = y + 220;
    const label = random.pick(['CVV', 'CVC', 'CVV2'] as const);
    return {
      print: `${numberAt(card, 74, row - 90)}${text(74, row, 28, `VALID THRU ${untilOf(card)}`)}
        ${text(480, row, 36, label)}${text(600, row, 36, digits(random, 3))}`,
      cvv: { x: 596, y: row - 30, width: 70, height: 36 },
      labelled: true,
    };
  },
  /** Label and digits in one text. */
  inline(card, random, y) {
    const label = random.pick(['CVV2', 'CVV', 'CVC', '安全码'] as const);
    const wide = label === '安全码' ? 126 : label.length * 30;
    return {
      print: `${numberAt(card, 74, y, 52)}${text(74, y + 90, 40, untilOf(card))}${text(74, y + 180, 42, `${label} ${digits(random, 3)}`)}`,
      cvv: { x: 74 + wide, y: y + 144, width: 90, height: 42 },
      labelled: true,
    };
  },
  /** Three digits to the right of a light signature panel, no label. */
  panel(card, random, y) {
    const width = random.whole(520, 700);
    return {
      print: `<rect x="74" y="${y - 70}" width="${width}" height="96" fill="#f3f1ea"/>
        ${text(74 + width + 30, y, 50, digits(random, 3))}${numberAt(card, 74, y + 130, 50)}${text(74, y + 220, 40, untilOf(card))}`,
      cvv: { x: 74 + width + 28, y: y - 40, width: 88, height: 44 },
      labelled: false,
    };
  },
  /** After the last four digits on a light signature panel. */
  lastFour(card, random, y) {
    const right = 74 + random.whole(560, 700);
    return {
      print: `<rect x="74" y="${y - 70}" width="${right - 54}" height="96" fill="#f3f1ea"/>
        <g fill="#23242a" font-style="italic" text-anchor="end">${text(right, y, 50, `${card.account.number.slice(-4)} ${digits(random, 3)}`)}</g>
        ${numberAt(card, 74, y + 130, 50)}${text(74, y + 220, 40, untilOf(card))}`,
      cvv: { x: right - 86, y: y - 40, width: 90, height: 44 },
      labelled: false,
    };
  },
  /** Date, and after it three digits in the same row, no label. */
  corner(card, random, y) {
    const x = random.whole(760, 960);
    return {
      print: `${numberAt(card, 74, y + 180)}${text(x - 230, y, 44, untilOf(card))}${text(x, y, 44, digits(random, 3))}`,
      cvv: { x: x - 4, y: y - 38, width: 84, height: 44 },
      labelled: false,
    };
  },
  /** Four digits under their own label, as on cards of some schemes. */
  fourDigits(card, random, y) {
    const x = random.whole(700, 900);
    return {
      print: `${numberAt(card, 74, y + 60)}${text(74, y + 160, 40, untilOf(card))}
        ${text(x, y + 116, 24, random.pick(['CID', 'CVV', 'SECURITY CODE'] as const))}${text(x, y + 168, 46, digits(random, 4))}`,
      cvv: { x: x - 4, y: y + 130, width: 112, height: 42 },
      labelled: true,
    };
  },
};

function digits(random: Random, count: 3 | 4): string {
  return String(random.whole(10 ** (count - 1), 10 ** count - 1));
}
