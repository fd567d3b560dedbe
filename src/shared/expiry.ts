/** What a card's month of expiry may be: one rule for the engine that reads it and for the desk that doubts it. */

export interface MonthOfYear {
  readonly year: number;
  /** 1-12. */
  readonly month: number;
}

/**
 * So many years ahead a card may be good. Chip cards say the year in two digits, of which EMV takes 00-49 for 2000-2049:
 * banks whose cards do not expire print the last month that can be said so, 12/49. Thirty years hold that, and whatever
 * is given for ten or twenty years.
 */
const LONGEST_VALIDITY_YEARS = 30;

/** Months from `from` to `date`; negative when it is earlier. */
export function monthsUntil(date: MonthOfYear, from: MonthOfYear): number {
  return (date.year - from.year) * 12 + date.month - from.month;
}

/** A real month, in a year that a card can carry. A passed one is possible. */
export function isPossibleExpiry(date: MonthOfYear, today: MonthOfYear): boolean {
  return date.month >= 1 && date.month <= 12 && monthsUntil(date, today) <= LONGEST_VALIDITY_YEARS * 12;
}
