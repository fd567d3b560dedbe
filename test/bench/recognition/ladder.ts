/** Sharp specimens blurred step by step, and shrunk step by step: quality must fall with blur and not with size. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Quad } from '../../../src/adapters/local-engine/picture/geometry';
import { measureQuality } from '../../../src/adapters/local-engine/picture/quality';
import { decodePicture, type Raster } from '../../../src/adapters/local-engine/picture/raster';
import type { SpecimenTruth } from '../../../tools/specimens/specimen';
import type { Share } from './score';
import { spearman } from './score';

export const LADDER = [0, 0.8, 1.2, 1.6, 2, 2.5, 3, 4] as const;
export const SIZES = [1, 0.7, 0.5, 0.35] as const;
const PLAIN_KINDS: readonly string[] = ['flat', 'embossed', 'busy'];

export interface LadderScore {
  readonly neverRises: Share;
  readonly spearman: number;
  /** The largest change of quality by shrinking alone. */
  readonly shrinkingChanges: number;
}

export async function climbLadder(folder: string, truths: readonly SpecimenTruth[]): Promise<LadderScore> {
  const plain = truths.filter(({ kind, quad }) => quad && PLAIN_KINDS.includes(kind));
  const sigmas: number[] = [];
  const qualities: number[] = [];
  const spreads: number[] = [0];
  let falling = 0;
  for (const truth of plain) {
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
  return {
    neverRises: { part: falling, whole: plain.length },
    spearman: spearman(sigmas, qualities),
    shrinkingChanges: Math.max(...spreads),
  };
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
