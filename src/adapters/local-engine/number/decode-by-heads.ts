/** The number by both heads of the recogniser: together, or by the one that read right where they disagree. */
import type { BinTable } from '../../bin-table/bin-table';
import { isAccepted } from './acceptance';
import { decodeNumber, tippedAgainst, type CardClues, type NumberReading } from './number-decoder';
import { differingPositions } from './contested-digits';
import { HEADS } from './heads';
import type { Witness } from './cross-check';

/** Undefined when none of the witnesses saw a number. */
export function decodeByHeads(
  witnesses: readonly Witness[],
  bins: BinTable,
  clues: CardClues,
): NumberReading | undefined {
  const joint = decodeNumber(witnesses, bins, clues);
  return joint && !joint.luhnPassed ? (ofOneHead(joint, witnesses, bins, clues) ?? joint) : joint;
}

/**
 * The heads disagree, and what they say together fails the check digit: if one of them by itself says a number that
 * passes it, with a known prefix, that one has read right. Neither was told of the check digit, which judges whole
 * readings here and still chooses no digit. How sure each digit is, all witnesses say; those that the check digit chose
 * between the heads are told as tipped, and where both heads together are plain about them it chooses nothing.
 */
function ofOneHead(
  joint: NumberReading,
  witnesses: readonly Witness[],
  bins: BinTable,
  clues: CardClues,
): NumberReading | undefined {
  for (const head of HEADS) {
    const own = decodeNumber(
      witnesses.filter((witness) => witness.head === head),
      bins,
      clues,
    );
    if (own?.luhnPassed && own.prefixKnown && isAccepted(own)) {
      const number = decodeNumber(witnesses, bins, clues, own.digits);
      return number && !isPlain(joint, own.digits) ? tippedAgainst(number, joint) : undefined;
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
