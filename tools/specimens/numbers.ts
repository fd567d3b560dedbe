/**
 * Card numbers for specimens: a prefix of the BIN table, so that bank and type are known, and then digits that nobody
 * could take for somebody's account (runs, repeats, pairs), so that no real number comes about.
 */
import { readFile } from 'node:fs/promises';
import { createBinTable, type BinTable } from '../../src/adapters/bin-table/bin-table';
import type { CardKind } from '../../src/adapters/bin-table/card-kinds';
import type { Random } from './random';

export interface CardNumber {
  readonly number: string;
  readonly bankName: string;
  readonly bankInfo: string;
  readonly cardType: string;
  readonly cardName: string;
  readonly luhn: boolean;
}

interface Prefix {
  readonly prefix: string;
  readonly length: number;
  readonly kind: CardKind;
}

export interface NumberWish {
  /** 16-19; any when absent. */
  readonly length?: number;
  readonly luhn: boolean;
}

export type NumberMaker = (random: Random, wish: NumberWish) => CardNumber;

/** The banks whose cards are most about; the others come in one of four cards. */
const COMMON = ['ABC', 'BOC', 'CCB', 'CEB', 'CIB', 'CITIC', 'CMB', 'CMBC', 'COMM', 'GDB', 'HXBANK', 'ICBC'];
const COMMON_SHARE = 0.75;
const LENGTHS = [16, 16, 16, 16, 17, 18, 19, 19, 19];
const TYPES: Readonly<Record<CardKind, readonly [type: string, name: string]>> = {
  DC: ['借记卡', '借记卡'],
  CC: ['贷记卡', '信用卡'],
  SCC: ['准贷记卡', '准贷记卡'],
  PC: ['预付卡', '预付卡'],
};

type BinFile = Parameters<typeof createBinTable>[0];

export async function loadNumberMaker(tablePath: string): Promise<NumberMaker> {
  const file = JSON.parse(await readFile(tablePath, 'utf8')) as BinFile;
  const bins = createBinTable(file);
  const agreed = 2 ** file.sources.length - 1;
  const byLength = new Map<number, { common: Prefix[]; other: Prefix[] }>();
  for (const [prefix, length, bankIndex, kind, bits] of file.rows) {
    const bank = file.banks[bankIndex];
    if (bits !== agreed || prefix.length < 6 || !bank || bank[2] === '') continue;
    const group = byLength.get(length) ?? { common: [], other: [] };
    byLength.set(length, group);
    (COMMON.includes(bank[0]) ? group.common : group.other).push({ prefix, length, kind });
  }
  return (random, wish) => {
    for (let tries = 0; tries < 50; tries++) {
      const group = byLength.get(wish.length ?? random.pick(LENGTHS));
      if (!group) throw new Error(`Expected a length of 16-19 but received ${wish.length}`);
      const common = group.common.length > 0 && random.chance(COMMON_SHARE);
      const prefixes = common || group.other.length === 0 ? group.common : group.other;
      const made = fromPrefix(random, random.pick(prefixes), wish.luhn, bins);
      if (made) return made;
    }
    throw new Error(`Expected a prefix that stands for one bank of length ${wish.length} but found none`);
  };
}

/** Undefined where a longer prefix takes the number over or the sources contradict each other. */
function fromPrefix(random: Random, row: Prefix, luhn: boolean, bins: BinTable): CardNumber | undefined {
  const body = syntheticDigits(random, row.length - row.prefix.length - 1);
  const check = checkDigit(row.prefix + body);
  const last = luhn ? check : (check + random.whole(1, 9)) % 10;
  const number = row.prefix + body + String(last);
  const match = bins.match(number);
  if (match.kind !== 'matches' || match.rows.length > 1 || match.rows[0].prefix !== row.prefix)
    return undefined;
  const { bank, kind } = match.rows[0];
  const [cardType, name] = TYPES[kind];
  return {
    number,
    bankName: bank.name,
    bankInfo: `${bank.name}(${bank.issuerCode})`,
    cardType,
    cardName: bank.name + name,
    luhn,
  };
}

export function syntheticDigits(random: Random, count: number): string {
  const first = random.whole(0, 9);
  const second = (first + random.whole(1, 9)) % 10;
  const digitAt: readonly ((at: number) => number)[] = [
    (at) => first + at,
    (at) => first + 10 * count - at,
    (at) => (at % 2 ? second : first),
    (at) => first + Math.floor(at / 3),
    (at) => first + Math.floor(at / 2) * 3,
    (at) => (at < count / 2 ? first : second),
    (at) => first + at * 2,
  ];
  const pattern = random.pick(digitAt);
  return Array.from({ length: count }, (_none, at) => String(pattern(at) % 10)).join('');
}

/** The digit that makes the whole number pass Luhn. */
export function checkDigit(digits: string): number {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const weighed = at % 2 === 0 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return (10 - (sum % 10)) % 10;
}
