/** The small things on a card: chip, waves of the contactless sign, an invented emblem, an invented scheme's mark. */
import { css, hsl } from './art';
import type { Random } from './random';

/** 170 x 136 card pixels, as large as a real one's contacts. */
export function chip(x: number, y: number, silver: boolean): string {
  const id = `chip${Math.round(x)}${Math.round(y)}`;
  const [light, middle, dark] = silver
    ? ['#f2f2ee', '#c3c5c4', '#8e9193']
    : ['#f6e3ac', '#d9b765', '#a5803a'];
  const lines =
    'M0 45H52M0 91H52M118 45H170M118 91H170M52 0V136M118 0V136M52 45Q85 30 118 45M52 91Q85 106 118 91';
  return `<defs><linearGradient id="${id}" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${light}"/>
    <stop offset=".45" stop-color="${middle}"/><stop offset=".7" stop-color="${light}"/><stop offset="1" stop-color="${dark}"/></linearGradient></defs>
    <g transform="translate(${x} ${y})"><rect x="-1" y="1" width="172" height="137" rx="22" fill="#000" fill-opacity=".35"/>
    <rect width="170" height="136" rx="21" fill="url(#${id})"/>
    <path d="${lines}" fill="none" stroke="${dark}" stroke-width="3.2"/>
    <path d="${lines}" transform="translate(1.6 1.6)" fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="1.4"/></g>`;
}

export function contactless(x: number, y: number, ink: string): string {
  const arcs = [0, 1, 2, 3].map(
    (at) => `M${at * 11} ${-12 - at * 6}Q${at * 11 + 12 + at * 3} 0 ${at * 11} ${12 + at * 6}`,
  );
  return `<path d="${arcs.join('')}" transform="translate(${x} ${y})" fill="none" stroke="${ink}" stroke-width="5" stroke-linecap="round"/>`;
}

/** Turned petals or rings: no bank's. */
export function emblem(random: Random, x: number, y: number, size: number, ink: string): string {
  const petals = random.whole(3, 6);
  const shape = random.pick([
    `<path d="M0 ${-size}Q${size * 0.55} ${-size * 0.45} 0 0Q${-size * 0.55} ${-size * 0.45} 0 ${-size}Z"/>`,
    `<rect x="${-size * 0.16}" y="${-size}" width="${size * 0.32}" height="${size * 0.66}" rx="${size * 0.16}"/>`,
    `<path d="M${-size * 0.3} ${-size * 0.2}L0 ${-size}L${size * 0.3} ${-size * 0.2}L0 ${-size * 0.4}Z"/>`,
  ]);
  const turned = Array.from(
    { length: petals },
    (_none, at) => `<g transform="rotate(${(360 / petals) * at})">${shape}</g>`,
  );
  const ring = random.chance(0.5)
    ? `<circle r="${size * 1.12}" fill="none" stroke="${ink}" stroke-width="${size * 0.1}"/>`
    : '';
  return `<g transform="translate(${x} ${y})" fill="${ink}">${ring}${turned.join('')}</g>`;
}

/** 190 x 118: leaning stripes on a plate. The scheme does not exist. */
export function schemeMark(random: Random, x: number, y: number): string {
  const hue = random.between(0, 360);
  const stripe = (at: number): string =>
    `<path d="M${22 + at * 48} 0H${82 + at * 48}L${60 + at * 48} 118H${at * 48}Z" fill="${css(hsl(hue + at * 75, 0.62, 0.4))}"/>`;
  return `<g transform="translate(${x} ${y})">${[0, 1, 2].map(stripe).join('')}
    <text x="89" y="56" font-family="Arimo" font-weight="bold" font-style="italic" font-size="34" fill="#fff" text-anchor="middle">Sample</text>
    <text x="85" y="94" font-family="Noto Sans S Chinese" font-weight="bold" font-size="32" fill="#fff" text-anchor="middle">样卡</text></g>`;
}

export function hologram(x: number, y: number): string {
  return `<defs><linearGradient id="holo" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#e8eef4"/><stop offset=".25" stop-color="#b9d8d2"/>
    <stop offset=".5" stop-color="#e6d9ee"/><stop offset=".75" stop-color="#aebfd8"/><stop offset="1" stop-color="#f3efdc"/></linearGradient></defs>
    <rect x="${x}" y="${y}" width="150" height="112" rx="10" fill="url(#holo)"/>
    <g fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="3"><circle cx="${x + 75}" cy="${y + 56}" r="40"/><circle cx="${x + 75}" cy="${y + 56}" r="26"/><circle cx="${x + 75}" cy="${y + 56}" r="12"/></g>`;
}
