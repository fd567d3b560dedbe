/** The back of a card: magnetic stripe, signature strip with a made-up CVV, hologram, small print. */
import type { Inks } from './layout';
import { hologram } from './marks';
import type { CardPlan } from './plan';
import type { Random } from './random';

const WIDTH = 1284;

export function cardBack(card: CardPlan, random: Random, inks: Inks): string {
  const top = random.whole(64, 104);
  const height = random.whole(158, 192);
  const stripe = random.pick(['#17150f', '#1d1b1c', '#2b201a', '#0f1013']);
  const signed = top + height + random.whole(56, 84);
  const { number, bankName } = card.account;
  // Newer cards have nothing on their front and everything here.
  const numbered = random.chance(0.3);
  const small = (x: number, y: number, size: number, text: string): string =>
    `<text x="${x}" y="${y}" font-size="${size}">${text}</text>`;
  const label = random.pick([
    'AUTHORIZED SIGNATURE  持卡人签名',
    '持卡人签名 AUTHORIZED SIGNATURE  NOT VALID UNLESS SIGNED',
    '授权签名 AUTHORIZED SIGNATURE',
  ]);
  const hotline = random.pick(['95500', '400-000-0000', '95000']);
  return `<g fill="${inks.top}" font-family="Noto Sans CJK SC, Liberation Sans">
      ${small(70, top - 22, 24, `客服热线 ${hotline}   ${bankName}  SPECIMEN 样卡`)}</g>
    <rect x="-4" y="${top}" width="${WIDTH + 8}" height="${height}" fill="${stripe}"/>
    <g fill="${inks.number}" font-family="Noto Sans CJK SC, Liberation Sans">${small(74, signed - 12, 22, label)}</g>
    ${signature(card, random, signed)}
    ${random.chance(0.6) ? hologram(WIDTH - 240, signed + 130) : ''}
    <g fill="${inks.bottom}" font-family="Noto Sans CJK SC, Liberation Sans">
      ${numbered ? `<text x="74" y="${signed + 200}" font-size="56" font-family="Liberation Sans" letter-spacing="4">${number.replace(/(.{4})(?=.)/g, '$1 ')}</text>` : ''}
      ${small(74, 664, 24, '本卡仅限本人使用，如有遗失请立即致电客户服务中心挂失。')}
      ${small(74, 704, 24, '拾获此卡，请交还样张银行任何一家网点。')}
      ${small(74, 742, 22, 'This card is the property of the issuing bank. If found, please return.')}</g>`;
}

/** The last four digits and, after them, three that belong to no card. */
function signature(card: CardPlan, random: Random, y: number): string {
  const cvv = String(random.whole(100, 999));
  const width = random.whole(760, 880);
  const lines = Array.from(
    { length: 9 },
    (_none, at) =>
      `<path d="M74 ${y + 8 + at * 12}H${74 + width}" stroke="#b9c4cf" stroke-width="2" stroke-opacity=".7"/>`,
  );
  const printed = `${card.account.number.slice(-4)}${card.purpose === 'back' ? ` ${cvv}` : ''}`;
  return `<rect x="74" y="${y}" width="${width}" height="112" fill="#f0eee6"/>${lines.join('')}
    <text x="${74 + width - 24}" y="${y + 76}" font-size="54" font-family="Liberation Sans" font-style="italic" font-weight="bold" fill="#23242a" text-anchor="end">${printed}</text>`;
}
