/** Dates of issue, of membership and of expiry on cards drawn here: which one is answered, and which one is warned of. */
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { SWITCHES, type Switches } from '../../src/shared/recognition';
import { openLocalEngine } from '../helpers/local-engine';
import { binTable } from '../../tools/specimens/bin-table-path';
import { loadNumberMaker } from '../../tools/specimens/numbers';
import { drawWidePlan } from '../../tools/specimens/wide/kinds';
import type { DateLabel, PrintedDate } from '../../tools/specimens/wide/plan';
import { photographWide } from '../../tools/specimens/wide/specimen';

const engine = openLocalEngine();
afterAll(() => engine.close());
const allOff = Object.fromEntries(SWITCHES.map((name) => [name, false])) as Switches;

/** A sharp picture of a flat card, so that its small words are read. */
async function cardWith(dates: readonly PrintedDate[]): Promise<Uint8Array> {
  const plan = drawWidePlan('faces', 'faces-2', await loadNumberMaker(binTable));
  if (!plan.card) throw new Error('Expected a card on the plan');
  const card = { ...plan.card, dates, longYears: true, contrast: 1, scratches: 0, dirt: 0 };
  const scene = {
    ...plan.scene,
    ...{ width: 1500, height: 1050, fill: 0.88, tilt: 2, rotation: 0, blurSigma: 0.4, noise: 1, light: 1 },
    jpegQuality: 92,
  };
  const { picture } = await photographWide({ ...plan, card, scene });
  const { width, height, data } = picture;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
}

const date = (label: DateLabel, month: number, year: number): PrintedDate => ({
  label,
  date: { month, year },
});

describe('the dates on a card', () => {
  it.each([
    ['of issue alone', [date('issued', 5, 2013)], undefined, []],
    ['of membership alone', [date('memberSince', 5, 2013)], undefined, []],
    ['of membership and expiry', [date('memberSince', 5, 2013), date('validThru', 9, 2031)], '09/2031', []],
    [
      'from and thru, both passed',
      [date('validFrom', 5, 2013), date('validThru', 5, 2018)],
      '05/2018',
      [-9110],
    ],
    ['that banks print on cards that do not expire', [date('validThru', 12, 2049)], '12/2049', []],
    ['of no month', [date('validThru', 61, 2013)], undefined, [-9110]],
  ] as const)('%s', async (_what, dates, validDate, warnings) => {
    const answer = await engine.recognise(
      { image: await cardWith(dates), switches: allOff },
      new AbortController().signal,
    );
    if (answer.kind !== 'answer') throw new Error('Expected an answer');
    const { fields, warnings: raised } = answer.recognition;
    expect([fields.validDate, raised]).toEqual([validDate, warnings]);
  });
});
