/** Whether a number read is good enough to be shown, or the card is refused. */
import { FAILING_LUHN_MARGIN, UNKNOWN_FAILING_LUHN_MARGIN, type NumberReading } from './number-decoder';
import { matchScheme } from './schemes';

/** Chinese cards have 16 to 19 digits, American Express 15. Shorter readings have lost some. */
const SHORTEST = 15;

/** A digit that hardly any witness saw is a guess, whatever else bears it out. */
const LEAST_OF_ANY = 0.1;

/**
 * One misread number in ten passes Luhn, so that it cannot vouch for one with many doubtful digits. Of 285 numbers of
 * specimens that may be looked at the right ones have 2.8 and less, the wrong one that passes 4.2.
 */
const MOST_EXPECTED_WRONG = 3;

/** The less there is that speaks for the number beside the strips, the surer the strips must be. */
export function isConvincing(number: NumberReading | undefined): boolean {
  if (!number || number.digits.length < SHORTEST) return false;
  const { digits, digitConfidence, corroborated, luhnPassed, prefixKnown, bankAgrees, margin } = number;
  if (Math.min(...digitConfidence) < LEAST_OF_ANY) return false;
  const least = Math.min(...digitConfidence.slice(corroborated));
  if (luhnPassed && prefixKnown)
    return least > (bankAgrees === false ? 0.4 : 0.2) && expectedWrong(digitConfidence) < MOST_EXPECTED_WRONG;
  // Numbers are long elsewhere too: an order, a transport card. Their check digit may be right by chance.
  if (!prefixKnown && matchScheme(digits) !== 'matches') return false;
  if (luhnPassed) return least > 0.4 && margin > 1.5;
  // Another bank's name on the card: a misread prefix, unless every digit is plain (the table has gaps, cards have partners).
  if (bankAgrees === false) return least > 0.8 && margin > FAILING_LUHN_MARGIN;
  // Few cards fail Luhn, most such readings are wrong. Right ones had margins from 6.9 on, specimens and photographs alike.
  if (prefixKnown) return least > (bankAgrees ? 0.5 : 0.55) && margin > FAILING_LUHN_MARGIN;
  // Chinese prefixes are in the table; of the international ones most are not. A number that lost its first digit looks like one.
  return !digits.startsWith('62') && least > 0.8 && margin > UNKNOWN_FAILING_LUHN_MARGIN;
}

/** How many of the digits are expected to be misread, by what the strips say of each. */
function expectedWrong(digitConfidence: readonly number[]): number {
  return digitConfidence.reduce((sum, probability) => sum + 1 - probability, 0);
}
