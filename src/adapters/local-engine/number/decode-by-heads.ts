/** The number by both heads of the recogniser together, or by one of them where they disagree and it alone passes Luhn. */
import type { BinTable } from '../../bin-table/bin-table';
import { isAccepted } from './acceptance';
import { decodeNumber, markContested, type CardClues, type NumberReading } from './number-decoder';
import { differingPositions } from './contested-digits';
import { HEADS } from './heads';
import type { CrossCheck } from './cross-check';

/** Undefined when none of the cross-checks saw a number. */
export function decodeByHeads(
  crossChecks: readonly CrossCheck[],
  bins: BinTable,
  clues: CardClues,
): NumberReading | undefined {
  const joint = decodeNumber(crossChecks, bins, clues);
  return joint && !joint.luhnPassed ? (ofOneHead(joint, crossChecks, bins, clues) ?? joint) : joint;
}

/**
 * Used when both heads together read a number that fails the check digit. Each head is then asked alone, and the first whose
 * own number is accepted, passes the check digit and has a known prefix is believed: neither head knew of the check digit,
 * which a misread number passes one time in ten. The check digit only chooses between two whole readings, it never makes up a digit.
 *
 * Undefined where no head qualifies, or where both heads together are plain about the digits in question: then the number
 * is printed so, and fails the check digit. The probabilities answered are those of all cross-checks, and the digits that
 * this choice decided count as contested.
 */
function ofOneHead(
  joint: NumberReading,
  crossChecks: readonly CrossCheck[],
  bins: BinTable,
  clues: CardClues,
): NumberReading | undefined {
  for (const head of HEADS) {
    const own = decodeNumber(
      crossChecks.filter((crossCheck) => crossCheck.head === head),
      bins,
      clues,
    );
    if (own?.luhnPassed && own.prefixKnown && isAccepted(own)) {
      const number = decodeNumber(crossChecks, bins, clues, own.digits);
      return number && !isPlain(joint, own.digits) ? markContested(number, joint) : undefined;
    }
  }
  return undefined;
}

/** Under this a digit is not plain: the desk's own measure of an unsure one. */
const PLAIN = 0.8;

/** Whether every digit that `other` has otherwise is plain: a printed number may fail the check digit. */
function isPlain({ digits, digitConfidence }: NumberReading, other: string): boolean {
  const differing = differingPositions(digits, other);
  return differing.length > 0 && differing.every((at) => (digitConfidence[at] ?? 0) >= PLAIN);
}
