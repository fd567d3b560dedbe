export const CARD_KINDS = ['DC', 'CC', 'SCC', 'PC'] as const;
/** Debit, credit, semi-credit (准贷记), prepaid. */
export type CardKind = (typeof CARD_KINDS)[number];

export const TYPE_NAMES: Readonly<Record<CardKind, string>> = {
  DC: '借记卡',
  CC: '贷记卡',
  SCC: '准贷记卡',
  PC: '预付卡',
};
