/**
 * How well the local engine warns, and how its quality follows the blur, on specimens that were generated with their
 * truth (test/specimens/generate.ts).
 *
 * Usage: npx tsx test/bench/warnings.ts DIR
 * Thresholds were set on the even numbers of the seeds; the odd ones are the test. Only cards that the engine reads
 * have warnings at all: refused ones are left out of the table and counted above it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Quad } from '../../src/adapters/local-engine/geometry';
import { measureQuality } from '../../src/adapters/local-engine/quality';
import { decodePicture, type Raster } from '../../src/adapters/local-engine/raster';
import type { SpecimenTruth } from '../specimens/specimen';
import { measureFolder } from './recognition';

const NAMES = new Map([
  [-9110, 'date'],
  [-9111, 'border'],
  [-9112, 'reflection'],
  [-9113, 'photocopy'],
  [-9114, 'screen'],
]);

interface Judged {
  readonly truth: SpecimenTruth;
  readonly warnings: readonly number[];
  readonly quality: number;
}

function numberOfSeed(seed: string): number {
  return Number(/\d+$/.exec(seed)?.[0] ?? Number.NaN);
}

function confusionLine(judged: readonly Judged[], code: number): string {
  const count = (expected: boolean, raised: boolean): number =>
    judged.filter(
      ({ truth, warnings }) =>
        truth.expectedWarnings.includes(code) === expected && warnings.includes(code) === raised,
    ).length;
  const [hit, missed, falsely, quiet] = [
    count(true, true),
    count(true, false),
    count(false, true),
    count(false, false),
  ];
  const share = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(2));
  const name = `${code} ${NAMES.get(code) ?? ''}`.padEnd(18);
  return `| ${name} | ${hit} | ${missed} | ${falsely} | ${quiet} | ${share(hit, hit + falsely)} | ${share(hit, hit + missed)} |`;
}

function confusionTable(judged: readonly Judged[]): string {
  return [
    '| warning | right | missed | false | rightly quiet | precision | recall |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...[...NAMES.keys()].map((code) => confusionLine(judged, code)),
  ].join('\n');
}

function mistakes(judged: readonly Judged[]): string {
  return judged
    .flatMap(({ truth, warnings }) => [
      ...warnings
        .filter((code) => !truth.expectedWarnings.includes(code))
        .map((code) => `false ${code} ${truth.file}`),
      ...truth.expectedWarnings
        .filter((code) => !warnings.some((own) => own === code))
        .map((code) => `missed ${code} ${truth.file}`),
    ])
    .join(', ');
}

/** Rank correlation; equal values share the mean of their ranks. */
function spearman(xs: readonly number[], ys: readonly number[]): number {
  const ranks = (values: readonly number[]): number[] =>
    values.map((value) => {
      const below = values.filter((other) => other < value).length;
      const same = values.filter((other) => other === value).length;
      return below + (same - 1) / 2;
    });
  const [a, b] = [ranks(xs), ranks(ys)];
  const middle = (xs.length - 1) / 2;
  const product = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, value, at) => sum + (value - middle) * ((q[at] ?? 0) - middle), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

function qualityLines(judged: readonly Judged[]): string[] {
  const still = judged.filter(({ truth }) => truth.motion === 0);
  const sharpOnes = still.filter(({ truth }) => truth.blurSigma <= 0.8);
  const blurred = judged.filter(({ truth }) => truth.blurSigma >= 1.8 || truth.motion >= 6);
  const rank = spearman(
    still.map(({ truth }) => truth.blurSigma),
    still.map(({ quality }) => quality),
  );
  return [
    `quality against sigma of ${still.length} unshaken cards: Spearman ${rank.toFixed(2)}`,
    `sharp (sigma at most 0.8) with 60 or more: ${sharpOnes.filter(({ quality }) => quality >= 60).length} of ${sharpOnes.length}`,
    `blurred (sigma 1.8 and more, or shaken) below 50: ${blurred.filter(({ quality }) => quality < 50).length} of ${blurred.length}`,
  ];
}

const LADDER = [0, 0.8, 1.2, 1.6, 2, 2.5, 3, 4] as const;
const SIZES = [1, 0.7, 0.5, 0.35] as const;

/** Sharp specimens blurred step by step, and shrunk step by step. */
async function ladder(folder: string, truths: readonly SpecimenTruth[]): Promise<string[]> {
  const sigmas: number[] = [];
  const qualities: number[] = [];
  const spreads: number[] = [];
  let falling = 0;
  for (const truth of truths) {
    const { raster } = await decodePicture(await readFile(join(folder, truth.file)));
    const quad = (truth.quad ?? []).map(([x, y]) => ({ x, y })) as unknown as Quad;
    const rungs: number[] = [];
    for (const sigma of LADDER) rungs.push(await qualityAt(raster, quad, sigma, 1));
    const sizes: number[] = [];
    for (const size of SIZES) sizes.push(await qualityAt(raster, quad, 0, size));
    sigmas.push(...LADDER.map((sigma) => Math.hypot(sigma, truth.blurSigma)));
    qualities.push(...rungs);
    spreads.push(Math.max(...sizes) - Math.min(...sizes));
    if (rungs.every((value, at) => at === 0 || value <= (rungs[at - 1] ?? 0))) falling++;
  }
  return [
    `blurred by ${LADDER.join(', ')}: never rises on ${falling} of ${truths.length}, Spearman ${spearman(sigmas, qualities).toFixed(2)}`,
    `shrunk to ${SIZES.join(', ')}: quality changes by ${Math.max(...spreads)} at most`,
  ];
}

async function qualityAt(raster: Raster, quad: Quad, sigma: number, size: number): Promise<number> {
  const width = Math.round(raster.width * size);
  const height = Math.round(raster.height * size);
  const picture = sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 3 } });
  const changed = size < 1 ? picture.resize(width, height, { fit: 'fill' }) : picture;
  const data = await (sigma > 0 ? changed.blur(sigma) : changed).raw().toBuffer();
  const corners = quad.map(({ x, y }) => ({ x: x * size, y: y * size })) as unknown as Quad;
  return measureQuality({ width, height, data }, corners);
}

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  if (!folder) throw new Error('Expected a folder of generated specimens but received nothing');
  const truths = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as SpecimenTruth[];
  const truthOf = new Map(truths.map((truth) => [truth.file, truth]));
  const measured = await measureFolder(folder);
  const judged = measured.flatMap(({ truth: { file }, answer }): Judged[] => {
    const truth = truthOf.get(file);
    if (!truth || answer.kind !== 'answer') return [];
    const { warnings, quality } = answer.recognition;
    return [{ truth, warnings, quality: quality ?? Number.NaN }];
  });
  for (const [name, parity] of [
    ['even seeds (thresholds were set on them)', 0],
    ['odd seeds (the test)', 1],
  ] as const) {
    const own = judged.filter(({ truth }) => numberOfSeed(truth.seed) % 2 === parity);
    const all = truths.filter(({ seed }) => numberOfSeed(seed) % 2 === parity);
    console.log(`\n${name}: ${own.length} read of ${all.length}\n\n${confusionTable(own)}\n`);
    console.log(mistakes(own) || 'no mistakes');
    console.log(qualityLines(own).join('\n'));
    const plain = all.filter(({ kind, quad }) => quad && ['flat', 'embossed', 'busy'].includes(kind));
    console.log((await ladder(folder, plain)).join('\n'));
  }
}

await main();
