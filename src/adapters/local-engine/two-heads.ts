/** The number by both heads of the recogniser: together, or by the one that read right where they disagree. */
import type { BinTable } from './bin-table';
import { isConvincing } from './conviction';
import { decodeNumber, type CardClues, type NumberReading } from './number-decoder';
import type { Witness } from './witness';

/** The order in which the heads are heard on each strip; every list of witnesses goes by it, over and over. */
export const HEADS = ['head', 'text'] as const;
/** The head for digits errs less on pressed digits, the general one knows more fonts: by trials on generated cards. */
export const HEAD_WEIGHTS = { head: 2, text: 1 } as const;

/** `witnesses` in the order of `HEADS`; undefined when none of them saw a number. */
export function decodeByHeads(
  witnesses: readonly Witness[],
  bins: BinTable,
  clues: CardClues,
): NumberReading | undefined {
  const joint = decodeNumber(witnesses, bins, clues);
  return joint && !joint.luhnPassed ? (ofOneHead(witnesses, bins, clues) ?? joint) : joint;
}

/**
 * The heads disagree, and what they say together fails the check digit: if one of them by itself says a number that
 * passes it, with a known prefix, that one has read right. Neither was told of the check digit, which judges whole
 * readings here and still chooses no digit. How sure each digit is, all witnesses say.
 */
function ofOneHead(
  witnesses: readonly Witness[],
  bins: BinTable,
  clues: CardClues,
): NumberReading | undefined {
  for (const by of HEADS) {
    const own = decodeNumber(
      witnesses.filter((_, at) => HEADS[at % HEADS.length] === by),
      bins,
      clues,
    );
    if (own?.luhnPassed && own.prefixKnown && isConvincing(own)) {
      return decodeNumber(witnesses, bins, clues, own.digits);
    }
  }
  return undefined;
}
