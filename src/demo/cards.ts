/**
 * Invented cards. A picture of one is, byte for byte, its description as JSON: what the engines "read" and what is drawn of
 * it both come from there. The numbers are made up by a seeded generator and end in a Luhn digit unless a doubt is wanted.
 */
import { passesLuhn } from '../shared/number';
import type { WarningCode } from '../shared/recognition';
import type { Drawing } from './pictures';

export interface InventedCard extends Drawing {
  /** Which of all that were invented. */
  readonly at: number;
  readonly bankInfo: string;
  readonly cardType: string;
  /** What the engine of this computer reads another digit for, if any. */
  readonly misread: boolean;
  readonly unreadable: boolean;
  readonly small: boolean;
  readonly warnings: readonly WarningCode[];
  readonly quality: number;
}

const BANKS: readonly (readonly [string, string, number])[] = [
  ['工商银行(01020000)', '牡丹灵通卡', 2],
  ['建设银行(01050000)', '龙卡通', 214],
  ['农业银行(01030000)', '金穗通宝卡', 160],
  ['招商银行(03080000)', '一卡通', 348],
  ['中国银行(01040000)', '长城电子借记卡', 12],
  ['交通银行(03010000)', '太平洋卡', 228],
  ['邮储银行(01000000)', '绿卡通', 134],
  ['平安银行(03070000)', 'Platinum Credit Card', 30],
];
const TYPES = ['借记卡', '借记卡', '借记卡', '贷记卡', '准贷记卡'];

/** A small linear congruential generator, so that every start shows the same desk. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

function inventNumber(random: () => number, length: number, luhn: boolean): string {
  let digits = '620000';
  while (digits.length < length - 1) digits += Math.floor(random() * 10);
  const good = [...'0123456789'].find((last) => passesLuhn(digits + last)) ?? '0';
  return digits + (luhn ? good : String((Number(good) + 3) % 10));
}

function warningsFor(at: number): WarningCode[] {
  const found: WarningCode[] = [];
  if (at % 7 === 3) found.push(-9112);
  if (at % 11 === 4) found.push(-9113);
  if (at % 9 === 6) found.push(-9111);
  if (at % 23 === 10) found.push(-9110);
  if (at % 31 === 13) found.push(-9114);
  return found;
}

export function inventCard(at: number): InventedCard {
  const random = generator(at * 104729 + 7);
  const [bankInfo, cardName, hue] = BANKS[at % BANKS.length] ?? ['', '', 0];
  const blurred = at % 14 === 12;
  return {
    at,
    digits: inventNumber(random, at % 3 === 0 ? 16 : 19, at % 12 !== 8),
    bank: bankInfo.replace(/\(.*/, ''),
    bankInfo,
    cardName,
    cardType: TYPES[Math.floor(random() * TYPES.length)] ?? '',
    validDate: `${String(1 + (at % 12)).padStart(2, '0')}/${2027 + (at % 6)}`,
    hue,
    tilt: Math.round(random() * 16 - 8),
    reflection: at % 7 === 3,
    blurred,
    misread: at % 6 === 4,
    unreadable: at % 19 === 7,
    small: at % 10 === 6,
    warnings: warningsFor(at),
    quality: blurred ? 41 : 62 + Math.floor(random() * 36),
  };
}

export function toBytes(card: InventedCard): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(card));
}

/** Undefined for what is no picture of this world. */
export function fromBytes(bytes: Uint8Array): InventedCard | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as InventedCard;
  } catch {
    // Whatever else a browser may be given.
    return undefined;
  }
}
