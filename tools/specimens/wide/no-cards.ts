/**
 * What lands in the heap by mistake: transport cards, business cards, forms, screenshots, identity cards. Everything
 * on them is invented; an identity's number has a month that does not exist.
 */
import sharp from 'sharp';
import type { Raster } from '../../../src/adapters/local-engine/picture/raster';
import { css, hsl, type Rgb } from '../art';
import { chip, emblem } from '../marks';
import { checkDigit, syntheticDigits } from '../numbers';
import type { WideKind } from '../plan';
import type { Random } from '../random';
import { svg } from '../fonts';

export interface Sheet {
  readonly face: Raster;
  readonly cornerRadius: number;
  /** Digits that could be taken for a bank card's: 13-19 of them in one row, that people would read the same. */
  readonly number: string | null;
  /** Whether it has the shape of a card. */
  readonly cardLike: boolean;
}

async function drawn(width: number, height: number, ground: Rgb, shapes: string): Promise<Raster> {
  const sheet = svg(width, height, `<rect width="100%" height="100%" fill="${css(ground)}"/>${shapes}`);
  const data = await sharp(sheet).removeAlpha().raw().toBuffer();
  return { width, height, data };
}

export async function drawNoCard(kind: WideKind, random: Random): Promise<Sheet | undefined> {
  if (kind === 'transport') return transportCard(random);
  if (kind === 'businessCard') return businessCard(random);
  if (kind === 'printedForm') return printedForm(random);
  if (kind === 'identity') return identityCard(random);
  return undefined;
}

const CARD = { width: 963, height: 608, cornerRadius: 36 } as const;
const SANS = 'font-family="Noto Sans S Chinese, DejaVu Sans"';

/** Half of them carry a number as long as a bank card's; it begins as none of the table's do and fails Luhn. */
async function transportCard(random: Random): Promise<Sheet> {
  const length = random.chance(0.5) ? random.whole(16, 19) : 11;
  const body = `31${syntheticDigits(random, length - 3)}`;
  const number = body + String((checkDigit(body) + random.whole(1, 9)) % 10);
  const hue = random.between(90, 230);
  const light = random.chance(0.4);
  const ink = light ? '#10233a' : '#fff';
  const grouped = random.chance(0.5) ? number.replace(/(.{4})(?=.)/g, '$1 ') : number;
  const wave = (at: number): string =>
    `<path d="M0 ${300 + at * 60}Q300 ${180 + at * 70} 963 ${330 + at * 40}V608H0Z" fill="${css(hsl(hue + at * 20, 0.6, light ? 0.75 : 0.35), 0.5)}"/>`;
  const shapes = `${[0, 1, 2].map(wave).join('')}${emblem(random, 90, 90, 34, ink)}
    <g fill="${ink}" ${SANS}><text x="150" y="105" font-size="52" font-weight="bold">样城交通卡</text>
    <text x="150" y="146" font-size="22">YANGCHENG TRANSPORT  公交 · 地铁 · 轮渡</text>
    <text x="${random.whole(60, 120)}" y="${random.whole(470, 540)}" font-size="${random.whole(30, 44)}">${random.chance(0.5) ? '卡号 ' : 'No. '}${grouped}</text>
    <text x="640" y="575" font-size="22">服务热线 000-00000</text></g>`;
  const face = await drawn(CARD.width, CARD.height, hsl(hue, 0.5, light ? 0.86 : 0.3), shapes);
  return { face, cornerRadius: CARD.cornerRadius, number: length >= 13 ? number : null, cardLike: true };
}

async function businessCard(random: Random): Promise<Sheet> {
  const accent = css(hsl(random.between(0, 360), 0.6, 0.35));
  const rows = [
    '手机  138 0000 0000',
    '电话  000-0000 0000 转 8016',
    'QQ  10000 00000',
    '地址  样张省样张市样张路 100 号 2208 室',
    '税号  91000000MA00000X0X',
  ];
  const shapes = `<rect width="963" height="${random.whole(8, 40)}" fill="${accent}"/>${emblem(random, 830, 130, 50, accent)}
    <g ${SANS} fill="#222"><text x="80" y="160" font-size="60" font-weight="bold">杨 卡</text><text x="260" y="158" font-size="28">客户经理</text>
    <text x="80" y="226" font-size="34" fill="${accent}">样张商贸有限公司</text>${rows.map((row, at) => `<text x="80" y="${310 + at * 56}" font-size="30">${row}</text>`).join('')}</g>`;
  return {
    face: await drawn(CARD.width, CARD.height - 30, [250, 249, 245], shapes),
    cornerRadius: 2,
    number: null,
    cardLike: true,
  };
}

async function printedForm(random: Random): Promise<Sheet> {
  const rows = Array.from({ length: 13 }, (_none, at) => {
    const y = 200 + at * 62;
    const left = random.pick([
      '申请人',
      '经办人',
      '开户机构',
      '联系电话',
      '业务种类',
      '金额（大写）',
      '受理编号',
      '日期',
    ]);
    const right = random.pick([
      '样张支行',
      '000-0000 0000',
      '人民币 壹仟贰佰元整',
      `NO. ${String(random.whole(10 ** 7, 10 ** 8 - 1))}`,
      '20XX 年 08 月 16 日',
      `${random.whole(1, 99)},000.00`,
    ]);
    return `<path d="M60 ${y + 18}H900M60 ${y - 44}V${y + 18}M280 ${y - 44}V${y + 18}M900 ${y - 44}V${y + 18}" stroke="#444" stroke-width="2"/><text x="76" y="${y}">${left}</text><text x="300" y="${y}">${right}</text>`;
  });
  const face = await drawn(
    960,
    1100,
    [244, 243, 238],
    `<g ${SANS} fill="#1d1d22" font-size="27"><text x="480" y="90" font-size="42" text-anchor="middle" font-weight="bold">业务申请表（样张）</text>
    <text x="70" y="140">流水号 ${syntheticDigits(random, 24)}</text><path d="M60 156H900" stroke="#444" stroke-width="2"/>${rows.join('')}</g>
    <circle cx="760" cy="880" r="110" fill="none" stroke="#c22" stroke-width="7" stroke-opacity=".7"/><text x="760" y="890" ${SANS} font-size="34" fill="#c22" text-anchor="middle">样张专用章</text>`,
  );
  return { face, cornerRadius: 1, number: null, cardLike: false };
}

/** The last place is an X, as on one identity of eleven: no bank card's number. */
async function identityCard(random: Random): Promise<Sheet> {
  const number = `000000 19${random.whole(50, 99)}1300 ${String(random.whole(0, 999)).padStart(3, '0')}X`;
  const rows = [
    '姓 名   样 卡',
    '性 别   女     民 族   样',
    '出 生   19XX 年 13 月 00 日',
    '住 址   样张省样张市样张路 0 号',
  ];
  const shapes = `<g ${SANS} fill="#27323c" font-size="34">${rows.map((row, at) => `<text x="70" y="${110 + at * 84}">${row}</text>`).join('')}
    <text x="70" y="530" font-size="32">公民身份号码</text><text x="310" y="532" font-size="40" font-family="DejaVu Sans Mono">${number.replaceAll(' ', '')}</text></g>
    <g transform="translate(680 90)"><rect width="210" height="270" fill="#cfdde2"/><circle cx="105" cy="100" r="58" fill="#8fa5ae"/><path d="M12 270Q20 175 105 175Q190 175 198 270Z" fill="#7d939d"/></g>`;
  const face = await drawn(CARD.width, CARD.height, hsl(random.between(185, 230), 0.3, 0.88), shapes);
  return { face, cornerRadius: CARD.cornerRadius, number: null, cardLike: true };
}

/** A screenshot: sharp letters, no camera. */
export async function screenshot(width: number, height: number, random: Random): Promise<Raster> {
  const dark = random.chance(0.3);
  const ink = dark ? '#e8e8ea' : '#1c1c20';
  const lines = Array.from({ length: Math.floor(height / 64) - 2 }, (_none, at) => {
    const text = random.pick([
      '您的申请已受理，请等待审核。',
      '订单编号 ' + syntheticDigits(random, 28),
      `余额 ${random.whole(1, 99)},${random.whole(100, 999)}.00 元`,
      '收货人 杨卡 138****0000',
      '样张银行提醒您：谨防电信诈骗',
      `尾号 ${random.whole(1000, 9999)} 的储蓄卡入账 ${random.whole(10, 999)}.00`,
      'const total = rows.map((row) => row.amount);',
      '20XX-11-08 14:02:37',
    ]);
    return `<text x="${random.pick([36, 36, 60])}" y="${110 + at * 64}" font-size="${random.pick([24, 26, 30])}">${text}</text><path d="M30 ${128 + at * 64}H${width - 30}" stroke="${ink}" stroke-opacity=".12"/>`;
  });
  return drawn(
    width,
    height,
    dark ? [24, 25, 29] : [247, 247, 249],
    `<g ${SANS} fill="${ink}">${lines.join('')}<text x="36" y="44" font-size="22">14:02</text><text x="${width - 120}" y="44" font-size="22">5G 86%</text></g>`,
  );
}

/** Things on an empty desk, seen from above; the note has a few digits on it. */
export async function litter(desk: Raster, random: Random): Promise<Raster> {
  const { width, height } = desk;
  const pen = `<g transform="translate(${random.between(0.1, 0.8) * width} ${random.between(0.1, 0.8) * height}) rotate(${random.between(0, 180)})"><rect width="${0.3 * width}" height="16" rx="8" fill="#1b2b52"/><rect x="${0.3 * width - 40}" width="40" height="16" fill="#c8c9cc"/></g>`;
  const note = `<g transform="translate(${random.between(0.1, 0.6) * width} ${random.between(0.1, 0.6) * height}) rotate(${random.between(-30, 30)})"><rect width="190" height="190" fill="#f5e27a"/><text x="20" y="70" ${SANS} font-size="28" fill="#234">开会 14:30</text><text x="20" y="120" ${SANS} font-size="28" fill="#234">分机 8016</text></g>`;
  const keys = Array.from(
    { length: 30 },
    (_none, at) =>
      `<rect x="${(at % 10) * 44}" y="${Math.floor(at / 10) * 44}" width="38" height="38" rx="5" fill="#2d2f34"/>`,
  );
  const keyboard = `<g transform="translate(${random.between(-0.1, 0.5) * width} ${random.between(0, 0.7) * height}) rotate(${random.between(-10, 10)})"><rect x="-12" y="-12" width="462" height="150" rx="10" fill="#17181b"/>${keys.join('')}</g>`;
  const contacts = random.chance(0.3)
    ? chip(random.between(0, width - 200), random.between(0, height - 160), false)
    : '';
  const shown = [pen, note, keyboard, contacts].filter(() => random.chance(0.6));
  const data = await sharp(desk.data, { raw: { width, height, channels: 3 } })
    .composite([{ input: svg(width, height, shown.join('')) }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, data };
}
