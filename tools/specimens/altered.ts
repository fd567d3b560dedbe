/** Numbers of which one digit was altered, so that they fail Luhn: what a forger does, or a printer's slip. */
import type { NumberMaker } from './numbers';

/** What a digit is most easily taken for. */
const ALIKE: Readonly<Record<string, string>> = {
  0: '8',
  1: '7',
  2: '7',
  3: '8',
  4: '9',
  5: '6',
  6: '5',
  7: '1',
  8: '3',
  9: '0',
};
const PREFIX = 6;

/** Mostly outside the prefix, so that the card is still one of a bank, and mostly into a digit that looks alike. */
export function altering(makeNumber: NumberMaker): NumberMaker {
  return (random, wish) => {
    const card = makeNumber(random, { ...wish, luhn: true });
    const own = random.fork('altered');
    const at = own.whole(own.chance(0.2) ? 0 : PREFIX, card.number.length - 1);
    const printed = Number(card.number[at]);
    const other = own.chance(0.6) ? ALIKE[printed] : String((printed + own.whole(1, 9)) % 10);
    const number = card.number.slice(0, at) + (other ?? '') + card.number.slice(at + 1);
    return { ...card, number, luhn: false };
  };
}
