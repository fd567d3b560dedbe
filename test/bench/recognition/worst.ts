/** The pictures that the engine does worst on, with the reason; numbers are masked. */
import { describeEdits, digitEdits, masked } from './digits';
import { recognitionOf, type Judged } from './judged';

export interface Worst {
  readonly seed: string;
  readonly what: string;
  readonly why: string;
}

const MOST = 10;
const REFUSALS: Readonly<Record<string, string>> = {
  'FailedOperation.NoBankCardError': 'no card seen: neither words nor an outline of one',
  'FailedOperation.IllegalBankCardError': 'a card seen, but no number convinces',
  'FailedOperation.ImageDecodeFailed': 'not decoded',
};

/**
 * Wrong numbers first, those that pass Luhn before the others and the further off the worse; then numbers read from
 * what has none; then the refused. `plain` is what PP-OCR alone reads, to tell how much could be seen.
 */
export function worstOf(judged: readonly Judged[], plain: ReadonlyMap<string, string | undefined>): Worst[] {
  const wrong = judged
    .filter(({ verdict }) => verdict === 'wrong')
    .map((one) => ({ one, gravity: gravityOf(one) }))
    .sort((a, b) => b.gravity - a.gravity)
    .map(({ one }) => describeWrong(one));
  const refused = judged
    .filter(({ verdict, truth }) => verdict === 'refused' && truth.readable)
    .map((one) => describeRefused(one, plain.get(one.truth.file)));
  return [...wrong, ...refused].slice(0, MOST);
}

function gravityOf(one: Judged): number {
  const recognition = recognitionOf(one);
  const steps = digitEdits(one.truth.cardNumber ?? '', recognition?.fields.cardNumber ?? '').length;
  return (one.truth.readable ? 200 : 0) + (recognition?.evidence?.luhnPassed ? 100 : 0) + steps;
}

function describeWrong(one: Judged): Worst {
  const { truth } = one;
  const recognition = recognitionOf(one);
  const read = recognition?.fields.cardNumber ?? '';
  const luhn = recognition?.evidence?.luhnPassed ? 'passes Luhn' : 'fails Luhn, a doubt of the desk';
  if (truth.cardNumber === null) {
    return { seed: truth.seed, what: `${masked(read)} read where no card is`, why: luhn };
  }
  const edits = describeEdits(digitEdits(truth.cardNumber, read));
  return {
    seed: truth.seed,
    what: `${masked(truth.cardNumber)} read as ${masked(read)}`,
    why: `${edits}; ${luhn}`,
  };
}

function describeRefused({ truth, answer }: Judged, plain: string | undefined): Worst {
  const code = answer.kind === 'error' ? answer.code : answer.kind;
  const edits = digitEdits(truth.cardNumber ?? '', plain ?? '').length;
  const [a, b] = truth.quad ?? [];
  const width = a && b ? Math.round(Math.hypot(b[0] - a[0], b[1] - a[1])) : 0;
  const seen = plain === undefined ? 'no line of digits' : `a line of digits ${edits} steps from the number`;
  return {
    seed: truth.seed,
    what: `${masked(truth.cardNumber ?? '')} refused`,
    why: `${REFUSALS[code] ?? code}; plain PP-OCR sees ${seen}; card ${width} pixels wide`,
  };
}
