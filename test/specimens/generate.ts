/**
 * Generates specimen pictures with their truth.
 *
 * Usage: npx tsx test/specimens/generate.ts --out DIR [--count N] [--seed S] [--set NAME] [--only SEED]
 * NAME is mixed (default), good, hard, negative, backs, plate, bundled (resources/specimens; takes no count or seed) or a kind.
 * The letters come from Noto Sans CJK, Liberation and DejaVu; with other fonts the same seed gives another picture.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadNumberMaker } from './numbers';
import { seedsOf } from './sets';
import { makeSpecimen, type SpecimenTruth } from './specimen';

const binTable = fileURLToPath(new URL('../../resources/bin-table.json', import.meta.url));

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      count: { type: 'string', default: '26' },
      seed: { type: 'string', default: '1' },
      set: { type: 'string', default: 'mixed' },
      only: { type: 'string' },
    },
  });
  if (!values.out) throw new Error('Expected --out DIR but received no folder');
  const seeds = values.only ? [values.only] : seedsOf(values.set, Number(values.count), Number(values.seed));
  const makeNumber = await loadNumberMaker(binTable);
  await mkdir(values.out, { recursive: true });
  const truths: SpecimenTruth[] = [];
  for (const seed of seeds) {
    const { jpeg, truth } = await makeSpecimen(seed, makeNumber);
    await writeFile(join(values.out, truth.file), jpeg);
    truths.push(truth);
    console.log(`${truth.file} ${(jpeg.length / 1024).toFixed(0)} KB`);
  }
  await writeFile(join(values.out, 'truth.json'), `${JSON.stringify(truths, undefined, 1)}\n`);
}

await main();
