/** Cards on which one digit of the number was altered: what is printed is answered, or the desk is told to look at digits. */
import { afterAll, describe, expect, it } from 'vitest';
import { assess } from '../../src/core/doubts/doubts';
import { DEFAULT_WEIGHTS } from '../../src/shared/doubts';
import { passesLuhn } from '../../src/shared/number';
import { SWITCHES, type Recognition, type Switches } from '../../src/shared/recognition';
import { openLocalEngine } from '../helpers/local-engine';
import { altering } from '../../tools/specimens/altered';
import { binTable } from '../../tools/specimens/bin-table-path';
import { loadNumberMaker } from '../../tools/specimens/numbers';
import { makeSpecimen } from '../../tools/specimens/specimen';

const engine = openLocalEngine();
afterAll(() => engine.close());
const allOff = Object.fromEntries(SWITCHES.map((name) => [name, false])) as Switches;

/** The check digit neither heals nor refuses these. */
const PLAIN = ['flat-2', 'flat-3', 'embossed-2', 'scanner-2'];
/** Digits over a picture's outlines, or half gone: here the check digit has much to say. */
const DOUBTFUL = ['cartoon-6', 'cartoon-14', 'cartoon-16', 'toner-2', 'worn-8'];

async function readAltered(seed: string): Promise<{ printed: string | null; read?: Recognition }> {
  const { jpeg, truth } = await makeSpecimen(seed, altering(await loadNumberMaker(binTable)));
  const answer = await engine.recognise({ image: jpeg, switches: allOff }, new AbortController().signal);
  return {
    printed: truth.cardNumber,
    ...(answer.kind === 'answer' && { read: answer.recognition }),
  };
}

/** What the desk makes of an answer. */
function doubtsOf({ fields, evidence }: Recognition): readonly string[] {
  const { doubts } = assess(
    {
      card: { fields, corrected: [], warnings: [], quality: undefined, intakeNotes: [] },
      readings: [{ engine: 'local', fields, digitConfidence: evidence?.digitConfidence }],
      duplicates: { numberInBatch: 0, numberElsewhere: 0, pictureInBatch: 0, pictureElsewhere: 0 },
      today: { year: 2026, month: 11 },
    },
    { weights: DEFAULT_WEIGHTS, qualityThreshold: 50 },
  );
  return doubts.map(({ name }) => name);
}

describe('a number of which one digit was altered', () => {
  it.each(PLAIN)('is answered as printed where every digit is plain: %s', async (seed) => {
    const { printed, read } = await readAltered(seed);
    expect(read?.fields.cardNumber).toBe(printed);
    expect(read && doubtsOf(read)).toContain('luhn');
  });

  it.each(DOUBTFUL)('is never healed without a doubt of the desk about its digits: %s', async (seed) => {
    const { printed, read } = await readAltered(seed);
    const { cardNumber = '' } = read?.fields ?? {};
    if (!read || cardNumber === printed) return;
    expect(doubtsOf(read)).toContain(passesLuhn(cardNumber) ? 'weakDigits' : 'luhn');
  });
});
