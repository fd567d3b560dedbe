/** The bank that a card's text names: names as in the BIN table, and what cards print instead. */
import type { Bank } from '../../bin-table/bin-table';

/** Printed names (spaces dropped, upper case) by the table's abbreviation. */
const PRINTED: Readonly<Record<string, readonly string[]>> = {
  ICBC: ['工商银行', 'ICBC'],
  ABC: ['农业银行', 'AGRICULTURALBANK'],
  BOC: ['BANKOFCHINA'],
  CCB: ['建设银行', 'CHINACONSTRUCTIONBANK'],
  COMM: ['BANKOFCOMMUNICATIONS'],
  PSBC: ['邮政储蓄', 'POSTALSAVINGS'],
  CMB: ['CHINAMERCHANTSBANK'],
  CMBC: ['民生银行', 'MINSHENGBANK'],
  CEB: ['光大银行', 'EVERBRIGHTBANK'],
  CITIC: ['CHINACITICBANK'],
  SPDB: ['浦发银行', '浦东发展银行', 'SPDBANK'],
  GDB: ['广发银行', 'GUANGFABANK'],
  SPABANK: ['PINGANBANK'],
  HXBANK: ['HUAXIABANK'],
  CIB: ['INDUSTRIALBANK'],
};
/** Two characters and 银行 are the shortest name that is not found by accident. */
const SHORTEST_NAME = 4;

/** The longest name wins (中国工商银行 before 中国银行); undefined when the text names no bank of the table. */
export function bankInText(text: string, banks: readonly Bank[]): Bank | undefined {
  const compact = text.replace(/\s/g, '').toUpperCase();
  let best: { bank: Bank; length: number } | undefined;
  for (const bank of banks) {
    for (const name of [bank.name, ...(PRINTED[bank.abbreviation] ?? [])]) {
      if (name.length < SHORTEST_NAME || !compact.includes(name)) continue;
      if (name.length > (best?.length ?? 0)) best = { bank, length: name.length };
    }
  }
  return best?.bank;
}
