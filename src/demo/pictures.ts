/** Pictures of invented cards, drawn as SVG: a card on a table, the aligned card, and the strip with its number. */
import type { PictureKind } from '../shared/cards';
import { groupCardNumber } from '../shared/number';

export interface Drawing {
  readonly digits: string;
  readonly bank: string;
  readonly cardName: string;
  readonly validDate: string;
  /** Degrees, 0-359. */
  readonly hue: number;
  readonly tilt: number;
  readonly reflection: boolean;
  readonly blurred: boolean;
}

const FONT = `font-family="'DejaVu Sans Mono','Noto Sans CJK SC',monospace"`;
const SANS = `font-family="'Noto Sans CJK SC','Microsoft YaHei',sans-serif"`;

function cardBody(card: Drawing): string {
  const glare = card.reflection
    ? '<ellipse cx="640" cy="180" rx="210" ry="120" fill="#fff" opacity=".62" transform="rotate(-24 640 180)"/>'
    : '';
  return `<rect width="856" height="540" rx="34" fill="hsl(${card.hue} 42% 36%)"/>
<path d="M0 380 Q430 250 856 430 V506 a34 34 0 0 1 -34 34 H34 a34 34 0 0 1 -34 -34 Z" fill="hsl(${card.hue} 46% 29%)"/>
<text x="48" y="92" font-size="46" fill="#fff" ${SANS}>${card.bank}</text>
<text x="808" y="92" font-size="30" fill="#ffffffcc" text-anchor="end" ${SANS}>${card.cardName}</text>
<rect x="56" y="160" width="112" height="84" rx="14" fill="#d9bf77"/><path d="M56 202h112M112 160v84" stroke="#927b3c" stroke-width="3"/>
<text x="48" y="352" font-size="56" letter-spacing="-1" fill="#f4f4f4" ${FONT}>${groupCardNumber(card.digits)}</text>
<text x="330" y="424" font-size="20" fill="#ffffffb0" ${SANS}>VALID THRU</text>
<text x="470" y="426" font-size="34" fill="#fff" ${FONT}>${card.validDate.slice(0, 2)}/${card.validDate.slice(-2)}</text>
<text x="48" y="496" font-size="30" fill="#fff" ${FONT}>SPECIMEN CARD</text>
<text x="808" y="496" font-size="34" fill="#fff" text-anchor="end" ${SANS}>SPECIMEN</text>${glare}`;
}

function svg(width: number, height: number, content: string): string {
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`;
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

export function draw(card: Drawing, kind: PictureKind): string {
  const soft = card.blurred ? '<filter id="b"><feGaussianBlur stdDeviation="3"/></filter>' : '';
  const filter = card.blurred ? 'filter="url(#b)"' : '';
  const body = cardBody(card);
  if (kind === 'thumb') return svg(171, 108, `<g transform="scale(.2)">${soft}<g ${filter}>${body}</g></g>`);
  if (kind === 'card') return svg(856, 540, `${soft}<g ${filter}>${body}</g>`);
  if (kind === 'number')
    return svg(800, 90, `${soft}<g ${filter} transform="translate(-28 -290)">${body}</g>`);
  return svg(
    1400,
    1000,
    `<rect width="1400" height="1000" fill="#b9ab97"/><path d="M0 210H1400M0 520H1400M0 800H1400" stroke="#a99a85" stroke-width="3"/>
${soft}<g ${filter} transform="rotate(${card.tilt} 700 500) translate(272 230)"><rect x="8" y="12" width="856" height="540" rx="34" fill="#0004"/>${body}</g>`,
  );
}
