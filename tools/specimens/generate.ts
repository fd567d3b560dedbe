/**
 * Generates specimen pictures with their truth.
 *
 * Usage: npx tsx tools/specimens/generate.ts --out DIR [--count N] [--seed S] [--set NAME] [--only SEED]
 * NAME is mixed (default), wide (mixed and the harder kinds of wide/), good, hard, negative, backs, hardBacks, plate, bundled
 * (resources/specimens; takes no count or seed) or a kind.
 * The letters come from the packages that fonts.ts names, whatever the machine has installed.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Channel } from '../../src/adapters/processes/channel';
import { forkNode } from '../../src/adapters/processes/fork-node';
import type { Made, MakeOrder } from './generate-worker';
import { seedsOf } from './sets';
import type { SpecimenTruth } from './specimen';

const worker = fileURLToPath(new URL('./generate-worker.ts', import.meta.url));

/** One process a core; the truth is in the order of the seeds, whichever process made it. */
export async function generateSpecimens(
  folder: string,
  seeds: readonly string[],
  onEach: (truth: SpecimenTruth, bytes: number) => void,
): Promise<SpecimenTruth[]> {
  await mkdir(folder, { recursive: true });
  const waiting = [...seeds];
  const truths = new Map<string, SpecimenTruth>();
  const onMade = (truth: SpecimenTruth, bytes: number): void => {
    truths.set(truth.seed, truth);
    onEach(truth, bytes);
  };
  const processes = Math.min(availableParallelism(), seeds.length);
  await Promise.all(Array.from({ length: processes }, () => serve(waiting, folder, onMade)));
  const ordered = seeds.flatMap((seed) => truths.get(seed) ?? []);
  await writeFile(join(folder, 'truth.json'), `${JSON.stringify(ordered, undefined, 1)}\n`);
  return ordered;
}

/** Gives one process seed after seed, until none is left. */
function serve(
  waiting: string[],
  folder: string,
  onMade: (truth: SpecimenTruth, bytes: number) => void,
): Promise<void> {
  const channel: Channel<MakeOrder, Made> = forkNode(worker);
  return new Promise((resolve, reject) => {
    const next = (): void => {
      const seed = waiting.shift();
      if (seed !== undefined) return channel.post({ seed, folder });
      resolve();
      channel.kill();
    };
    channel.onMessage((made) => {
      if (made.kind === 'failed') {
        reject(new Error(`${made.seed}: ${made.message}`));
        return channel.kill();
      }
      onMade(made.truth, made.bytes);
      next();
    });
    channel.onExit(() => reject(new Error('Expected a specimen but the generating process ended')));
    next();
  });
}

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
  await generateSpecimens(values.out, seeds, ({ file }, bytes) =>
    console.log(`${file} ${(bytes / 1024).toFixed(0)} KB`),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
