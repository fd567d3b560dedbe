/** Whether a number read is good enough to be shown, or the card is refused. */
import type { NumberReading } from './number-decoder';

export function isConvincing(number: NumberReading): boolean {
  if (number.digits.length < 13) return false;
  const least = Math.min(...number.digitConfidence);
  if (number.luhnPassed && number.prefixKnown) return least > 0.05;
  if (number.luhnPassed || number.prefixKnown) return least > 0.2 && number.margin > 1;
  return least > 0.5 && number.margin > 2;
}
