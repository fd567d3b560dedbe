/**
 * Whether a reading of a number is sure enough to be answered, or the card is refused. Refusing beats guessing: the less
 * there is that speaks for the number beside the strips, the surer the strips must be.
 */
import { FAILING_LUHN_MARGIN, UNKNOWN_FAILING_LUHN_MARGIN, type NumberReading } from './number-decoder';
import { matchScheme } from './schemes';

/** What a reading must have to be accepted. */
interface Demands {
  /** Its least sure digit has a higher probability (0-1); digits that something else on the card bears out are left out. */
  readonly digit: number;
  /** It leads the next candidate by more, in log-probability. */
  readonly margin?: number;
  /** Fewer of its digits are expected to be misread, by what the strips say of each. */
  readonly misread?: number;
}

/** One line of the table: what is true of a reading, and what is then asked of it. */
interface Rule {
  readonly what: string;
  holds(reading: NumberReading): boolean;
  readonly asks: Demands | 'refuse';
}

/** Chinese cards have 16 to 19 digits, American Express 15. Shorter readings have lost some. */
const SHORTEST = 15;

/** A digit that hardly any strip shows is a guess, whatever else bears it out. */
const LEAST_OF_ANY = 0.1;

/**
 * One misread number in ten passes Luhn, so that it cannot vouch for one with many doubtful digits. Of 285 numbers of
 * specimens that may be looked at the right ones have 2.8 and less, the wrong one that passes 4.2.
 */
const MOST_MISREAD = 3;

/**
 * The first line that holds decides. Probabilities are by trials on generated cards with even seeds. Few cards fail Luhn and
 * most such readings are wrong; right ones had margins from 6.9 on, specimens and photographs alike.
 */
const RULES: readonly Rule[] = [
  { what: 'digits were lost', holds: ({ digits }) => digits.length < SHORTEST, asks: 'refuse' },
  {
    what: 'a digit is a guess',
    holds: ({ digitConfidence }) => Math.min(...digitConfidence) < LEAST_OF_ANY,
    asks: 'refuse',
  },
  {
    what: 'known prefix, passes Luhn, but the card names another bank',
    holds: ({ luhnPassed, prefixKnown, bankAgrees }) => luhnPassed && prefixKnown && bankAgrees === false,
    asks: { digit: 0.4, misread: MOST_MISREAD },
  },
  {
    what: 'known prefix, passes Luhn',
    holds: ({ luhnPassed, prefixKnown }) => luhnPassed && prefixKnown,
    asks: { digit: 0.2, misread: MOST_MISREAD },
  },
  {
    // Numbers are long elsewhere too: an order, a transport card. Their check digit may be right by chance.
    what: 'unknown prefix, and no scheme issues such numbers',
    holds: ({ digits, prefixKnown }) => !prefixKnown && matchScheme(digits) !== 'matches',
    asks: 'refuse',
  },
  {
    what: 'unknown prefix of a scheme, passes Luhn',
    holds: ({ luhnPassed }) => luhnPassed,
    asks: { digit: 0.4, margin: 1.5 },
  },
  {
    // A misread prefix, unless every digit is plain: the table has gaps, and cards have partners.
    what: 'fails Luhn, and the card names another bank',
    holds: ({ bankAgrees }) => bankAgrees === false,
    asks: { digit: 0.8, margin: FAILING_LUHN_MARGIN },
  },
  {
    what: 'fails Luhn, known prefix of the bank that the card names',
    holds: ({ prefixKnown, bankAgrees }) => prefixKnown && bankAgrees === true,
    asks: { digit: 0.5, margin: FAILING_LUHN_MARGIN },
  },
  {
    what: 'fails Luhn, known prefix',
    holds: ({ prefixKnown }) => prefixKnown,
    asks: { digit: 0.55, margin: FAILING_LUHN_MARGIN },
  },
  {
    // The table has the Chinese prefixes, so that one which it has not is misread.
    what: 'fails Luhn, unknown prefix of UnionPay',
    holds: ({ digits }) => digits.startsWith('62'),
    asks: 'refuse',
  },
  {
    // The table has few of the international prefixes. A number that lost its first digit looks like one.
    what: 'fails Luhn, unknown prefix of an international scheme',
    holds: () => true,
    asks: { digit: 0.8, margin: UNKNOWN_FAILING_LUHN_MARGIN },
  },
];

/** False for no reading at all. */
export function isAccepted(reading: NumberReading | undefined): boolean {
  const asks = reading && RULES.find(({ holds }) => holds(reading))?.asks;
  if (!asks || asks === 'refuse') return false;
  const { digitConfidence, corroborated, margin } = reading;
  return (
    Math.min(...digitConfidence.slice(corroborated)) > asks.digit &&
    (asks.margin === undefined || margin > asks.margin) &&
    (asks.misread === undefined || expectedMisread(digitConfidence) < asks.misread)
  );
}

function expectedMisread(digitConfidence: readonly number[]): number {
  return digitConfidence.reduce((sum, probability) => sum + 1 - probability, 0);
}
