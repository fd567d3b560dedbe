/** Bank, card type and card name: from the number's prefix first, from the card's text where that says nothing. */
import { bankInText } from './bank-names';
import type { Bank, BinRow, BinTable } from '../../bin-table/bin-table';
import { TYPE_NAMES, type CardKind } from '../../bin-table/card-kinds';

export interface Issuer {
  readonly bankInfo?: string;
  readonly cardType?: string;
  readonly cardName?: string;
}

/** How people call the card; the cloud's example has 招商银行信用卡. */
const CARD_NAMES: Readonly<Record<CardKind, string>> = {
  DC: '借记卡',
  CC: '信用卡',
  SCC: '准贷记卡',
  PC: '预付卡',
};

/** `number` is digits only, `text` all that was read on the card; what is not known is left out. */
export function findIssuer(number: string, text: string, bins: BinTable): Issuer {
  const match = bins.match(number);
  const named = bankInText(text, bins.banks);
  const row = match.kind === 'matches' ? chooseRow(match.rows, text, named) : undefined;
  const bank = row?.bank ?? named;
  const kind = row?.kind ?? kindInText(text);
  return {
    ...(bank && { bankInfo: bank.issuerCode ? `${bank.name}(${bank.issuerCode})` : bank.name }),
    ...(kind && { cardType: TYPE_NAMES[kind] }),
    // No table knows the names of card products, so the name is composed of the bank and the kind.
    ...(bank && kind && { cardName: `${bank.name}${CARD_NAMES[kind]}` }),
  };
}

/** Where the sources contradict each other the card's own text decides, else the row with more sources. */
function chooseRow(rows: readonly [BinRow, ...BinRow[]], text: string, named: Bank | undefined): BinRow {
  const worth = (row: BinRow): number =>
    row.sources.length +
    (row.bank.abbreviation === named?.abbreviation ? 5 : 0) +
    (nameShare(row.bank.name, text) >= 0.75 ? 4 : 0) +
    (row.kind === kindInText(text) ? 2 : 0) +
    (row.bank.issuerCode ? 0.5 : 0);
  return [...rows].sort((a, b) => worth(b) - worth(a))[0] ?? rows[0];
}

function kindInText(text: string): CardKind | undefined {
  if (/准贷记/.test(text)) return 'SCC';
  if (/信用卡|贷记|CREDIT/i.test(text)) return 'CC';
  if (/借记|储蓄卡|DEBIT/i.test(text)) return 'DC';
  return /预付|PREPAID/i.test(text) ? 'PC' : undefined;
}

/** Share (0-1) of the name's neighbouring pairs of characters that the text holds: forgives one character misread. */
function nameShare(name: string, text: string): number {
  let found = 0;
  for (let i = 0; i + 1 < name.length; i++) if (text.includes(name.slice(i, i + 2))) found++;
  return found / Math.max(1, name.length - 1);
}
