/** Whether a number read is good enough to be shown, or the card is refused. */
import type { NumberReading } from './number-decoder';

/** Chinese cards have 16 to 19 digits, American Express 15. Shorter readings have lost some. */
const SHORTEST = 15;

/** A digit that hardly any witness saw is a guess, whatever else bears it out. */
const LEAST_OF_ANY = 0.1;

/** The less there is that speaks for the number beside the strips, the surer the strips must be. */
export function isConvincing(number: NumberReading | undefined): boolean {
  if (!number || number.digits.length < SHORTEST) return false;
  if (Math.min(...number.digitConfidence) < LEAST_OF_ANY) return false;
  const least = Math.min(...number.digitConfidence.slice(number.corroborated));
  if (number.luhnPassed && number.prefixKnown) return least > (number.bankAgrees === false ? 0.4 : 0.25);
  if (number.luhnPassed) return least > 0.3 && number.margin > 1;
  // Another bank's name on the card: a misread prefix, unless every digit is plain (the table has gaps, cards have partners).
  if (number.bankAgrees === false) return least > 0.8 && number.margin > 3;
  if (number.prefixKnown)
    return number.bankAgrees ? least > 0.4 && number.margin > 1.5 : least > 0.5 && number.margin > 2.5;
  // Chinese prefixes are in the table; of the international ones most are not.
  return !number.digits.startsWith('62') && least > 0.6 && number.margin > 3;
}
