/** The specimens that recognition is measured on: made once, kept until the generator changes. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateSpecimens } from '../../../tools/specimens/generate';
import { seedsOf } from '../../../tools/specimens/sets';
import type { SpecimenTruth } from '../../../tools/specimens/specimen';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const generator = join(root, 'tools/specimens');
/** Numbers of the seeds start here, away from those that people look at while they draw; odd, see `isTest`. */
const FIRST = 1001;

/** Even seeds may be looked at while thresholds are set; odd ones only test. */
export function isTest({ seed }: { readonly seed: string }): boolean {
  return Number(/\d+$/.exec(seed)?.[0]) % 2 === 1;
}

export interface CachedSet {
  readonly folder: string;
  readonly truths: readonly SpecimenTruth[];
}

/** `count` pictures of the set `wide`; the folder's name tells which generator made how many. */
export async function specimensOf(count: number): Promise<CachedSet> {
  const name = `specimens-${await hashOfGenerator()}-${count}`;
  const folder = join(root, 'node_modules/.cache/cardproof', name);
  if (!existsSync(join(folder, 'truth.json'))) await generate(folder, count);
  const truths = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as SpecimenTruth[];
  return { folder, truths };
}

/** Made beside its place and then moved there: a run that was broken off leaves no half set behind. */
async function generate(folder: string, count: number): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  let made = 0;
  await generateSpecimens(unfinished, seedsOf('wide', count, FIRST), () => {
    made++;
    if (made % 26 === 0 || made === count) process.stderr.write(`  ${made} of ${count} specimens made\n`);
  });
  await rename(unfinished, folder);
}

/** Of the generator's sources and of what the pictures depend on besides: numbers and projection. */
async function hashOfGenerator(): Promise<string> {
  const names = (await readdir(generator, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const hash = createHash('sha256');
  for (const file of [
    ...names.map((name) => join(generator, name)),
    join(root, 'src/adapters/local-engine/picture/geometry.ts'),
    join(root, 'resources/bin-table.json'),
  ]) {
    hash.update(file.slice(root.length)).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 12);
}
