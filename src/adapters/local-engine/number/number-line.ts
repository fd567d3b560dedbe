/** Which line of a card's text is its number. */
import type { TextLine } from '../text/text-line';

const DIGIT = /[0-9OoIlSBbZ]/;
const FEWEST_DIGITS = 8;

/** Lines that may be the number, likeliest first: most digits, least else. */
export function numberLines(lines: readonly TextLine[]): TextLine[] {
  return lines
    .map((line) => ({ line, worth: Math.max(digitWorth(line.text), digitWorth(line.digits)) }))
    .filter(({ worth }) => worth >= FEWEST_DIGITS)
    .sort((a, b) => b.worth - a.worth)
    .map(({ line }) => line);
}

function digitWorth(text: string): number {
  const characters = [...text.replace(/\s/g, '')];
  const digits = characters.filter((character) => /[0-9]/.test(character)).length;
  const alike = characters.filter((character) => DIGIT.test(character)).length - digits;
  const others = characters.length - digits - alike;
  const date = (text.match(/\d\s?\/\s?\d/g) ?? []).length;
  return Math.min(19, digits + 0.5 * alike) - 0.7 * others - 4 * date;
}
