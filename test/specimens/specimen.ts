/** Makes one specimen from its seed: the picture and the truth about it. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import {
  applyHomography,
  homographyBetween,
  rectangleQuad,
  type Quad,
} from '../../src/adapters/local-engine/geometry';
import type { Raster } from '../../src/adapters/local-engine/raster';
import { paint, type Rgb } from './art';
import { composeScene, poseCard } from './camera';
import type { Box } from './card-back';
import { renderCard } from './card-face';
import { defocus, finger, glare, light, sensorNoise, shake } from './effects';
import { drawPlan, kindOf } from './kinds';
import { isPortrait } from './layout';
import type { NumberMaker } from './numbers';
import type { Kind, SpecimenPlan } from './plan';
import { randomFrom } from './random';
import { drawPlate } from './plate';
import { photocopy, reshoot } from './second-hand';
import { paintTable } from './tables';

/** One entry of truth.json. What a person would answer from the picture, and how the picture was made. */
export interface SpecimenTruth {
  readonly file: string;
  readonly seed: string;
  readonly kind: Kind;
  /** Whether a person can read the card: false for what an engine should refuse. */
  readonly readable: boolean;
  readonly cardNumber: string | null;
  /** MM/YYYY as printed, impossible months included. */
  readonly validDate: string | null;
  readonly bankInfo: string | null;
  readonly cardType: string | null;
  readonly cardName: string | null;
  readonly luhn: boolean;
  /** Top left, top right, bottom right, bottom left of the upright card, in pixels; may lie outside the picture. */
  readonly quad: readonly (readonly [number, number])[] | null;
  /** Around the CVV of a back that shows one, as `quad`. */
  readonly cvv?: readonly (readonly [number, number])[];
  /** The cards of a plate, each with its own corners; the fields of one card are then null. */
  readonly cards?: readonly {
    readonly quad: readonly (readonly [number, number])[];
    readonly cardNumber: string;
  }[];
  /** Degrees clockwise, 0-360. */
  readonly rotation: number;
  readonly embossed: boolean;
  readonly vertical: boolean;
  /** Gaussian, in pixels of the picture. */
  readonly blurSigma: number;
  /** Length of the shake in pixels of the picture. */
  readonly motion: number;
  readonly glare: boolean;
  readonly finger: boolean;
  readonly copy: boolean;
  readonly reshoot: boolean;
  readonly borderIncomplete: boolean;
  readonly expectedWarnings: readonly number[];
  readonly sha256: string;
}

export interface Specimen {
  readonly jpeg: Uint8Array;
  readonly truth: SpecimenTruth;
}

export async function makeSpecimen(seed: string, makeNumber: NumberMaker): Promise<Specimen> {
  if (kindOf(seed) === 'plate') return plateSpecimen(seed, makeNumber);
  const plan = drawPlan(seed, makeNumber);
  const { picture, quad, cvv } = await photograph(plan);
  const { width, height, data } = picture;
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: plan.scene.jpegQuality })
    .toBuffer();
  return { jpeg, truth: truthOf(plan, { quad, cvv }, createHash('sha256').update(jpeg).digest('hex')) };
}

async function plateSpecimen(seed: string, makeNumber: NumberMaker): Promise<Specimen> {
  const { picture, cards, jpegQuality } = await drawPlate(seed, makeNumber);
  const { width, height, data } = picture;
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: jpegQuality })
    .toBuffer();
  const { scene } = drawPlan('table-1', makeNumber);
  const sha256 = createHash('sha256').update(jpeg).digest('hex');
  const none = truthOf({ kind: 'plate', seed, scene }, { quad: undefined, cvv: undefined }, sha256);
  const each = cards.map(({ quad, card }) => ({ quad: corners(quad), cardNumber: card.account.number }));
  return { jpeg, truth: { ...none, blurSigma: 0.5, cards: each } };
}

interface Photograph {
  readonly picture: Raster;
  readonly quad: Quad | undefined;
  readonly cvv: Quad | undefined;
}

async function photograph(plan: SpecimenPlan): Promise<Photograph> {
  const { card, scene } = plan;
  const random = randomFrom(`${plan.seed}/photograph`);
  const rendered = card && (await renderCard(card, random.fork('face')));
  const face = rendered?.face;
  const quad = face && poseCard(face, scene);
  const { width, height } = scene;
  const cardColour = face ? meanOf(face) : GREY;
  const table = await paintTable(scene.table, { random: random.fork('table'), width, height, cardColour });
  let picture = await composeScene(table, face && quad && { face, quad }, scene);
  const portrait = card ? isPortrait(card) : false;
  if (quad && scene.finger) picture = finger(picture, quad, portrait, random.fork('finger'));
  picture = light(picture, scene, random.fork('light'));
  if (quad && scene.glare > 0) picture = glare(picture, quad, scene.glare, portrait, random.fork('glare'));
  if (scene.copy) picture = photocopy(picture, random.fork('copy'));
  const seen = scene.reshoot ? await reshoot(picture, quad, random.fork('screen')) : { picture, quad };
  const blurred = shake(await defocus(seen.picture, scene.blurSigma), scene.motion, random.fork('shake'));
  const noisy = sensorNoise(blurred, scene.noise, random.fork('noise'));
  const cvv = rendered?.cvv && seen.quad && placed(rendered.cvv, rendered.face, seen.quad);
  return { picture: scene.copy ? withoutColour(noisy) : noisy, quad: seen.quad, cvv };
}

/** Where a box of the card is seen. */
function placed({ x, y, width, height }: Box, face: Raster, quad: Quad): Quad {
  const toPicture = homographyBetween(rectangleQuad(face.width, face.height), quad);
  if (!toPicture) throw new Error('Expected four corners of a card but received corners on a line');
  return rectangleQuad(width, height).map((corner) =>
    applyHomography(toPicture, { x: x + corner.x, y: y + corner.y }),
  ) as unknown as Quad;
}

const GREY: Rgb = [120, 120, 120];

function meanOf({ data }: Raster): Rgb {
  const sums = [0, 0, 0];
  for (let at = 0; at < data.length; at++) sums[at % 3] = (sums[at % 3] ?? 0) + (data[at] as number);
  const count = data.length / 3;
  return [(sums[0] ?? 0) / count, (sums[1] ?? 0) / count, (sums[2] ?? 0) / count];
}

function withoutColour({ width, height, data }: Raster): Raster {
  return paint(width, height, (_u, _v, index) => {
    const level = data[index * 3 + 1] as number;
    return [level, level, level];
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function corners(of: Quad): (readonly [number, number])[] {
  return of.map(({ x, y }) => [round(x), round(y)] as const);
}

function truthOf(
  plan: SpecimenPlan,
  { quad, cvv }: Omit<Photograph, 'picture'>,
  sha256: string,
): SpecimenTruth {
  const { card, scene, kind, seed } = plan;
  const bank = card?.purpose === 'bank' ? card : undefined;
  const account = bank?.account;
  const borderIncomplete = scene.finger || scene.outside > 0;
  const date = bank?.validDate;
  const warnings: readonly (readonly [code: number, raised: boolean])[] = [
    [-9110, kind === 'expired'],
    [-9111, borderIncomplete],
    [-9112, scene.glare > 0],
    [-9113, scene.copy],
    [-9114, scene.reshoot],
  ];
  return {
    file: `${seed}.jpg`,
    seed,
    kind,
    readable: account !== undefined && kind !== 'unreadable',
    cardNumber: account?.number ?? null,
    validDate: date ? `${String(date.month).padStart(2, '0')}/${date.year}` : null,
    bankInfo: account?.bankInfo ?? null,
    cardType: account?.cardType ?? null,
    cardName: account?.cardName ?? null,
    luhn: account?.luhn ?? false,
    quad: quad ? corners(quad) : null,
    ...(cvv && { cvv: corners(cvv) }),
    rotation: quad ? round((scene.rotation + 360) % 360) : 0,
    embossed: bank?.embossed ?? false,
    vertical: bank ? isPortrait(bank) : false,
    blurSigma: round(scene.blurSigma),
    motion: round(scene.motion),
    glare: scene.glare > 0,
    finger: scene.finger,
    copy: scene.copy,
    reshoot: scene.reshoot,
    borderIncomplete,
    expectedWarnings: warnings.filter(([, raised]) => raised).map(([code]) => code),
    sha256,
  };
}
