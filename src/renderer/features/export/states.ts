/** Which cards the sheet holds, by their states. */
import { CARD_STATES, type CardStateName, type Counts } from '../../../shared/cards';

/** Only approved cards are handed on, unless a person chooses others too; the numbers left out are shown beside. */
export const DEFAULT_STATES: readonly CardStateName[] = ['approved'];

/** How many cards are in the sheet, and how many the chosen states leave out. */
export function inAndOut(counts: Counts, chosen: readonly CardStateName[]): { in: number; out: number } {
  const sum = (states: readonly CardStateName[]) => states.reduce((total, state) => total + counts[state], 0);
  return { in: sum(chosen), out: sum(CARD_STATES.filter((state) => !chosen.includes(state))) };
}
