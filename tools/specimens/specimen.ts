/** Makes one specimen from its seed: the picture and the truth about it. */
import sharp from 'sharp';
import {
  applyHomography,
  homographyBetween,
  rectangleQuad,
  type Quad,
} from '../../src/adapters/local-engine/picture/geometry';
import type { Raster } from '../../src/adapters/local-engine/picture/raster';
import { paint, type Rgb } from './art';
import { composeScene, poseCard } from './camera';
import type { Box } from './card-back';
import { renderCard } from './card-face';
import { defocus, finger, glare, light, sensorNoise, shake } from './effects';
import { drawPlan, kindOf } from './kinds';
import { isPortrait } from './layout';
import type { NumberMaker } from './numbers';
import type { SpecimenPlan } from './plan';
import { randomFrom } from './random';
import { drawPlate } from './plate';
import { photocopy, reshoot } from './second-hand';
import { paintTable } from './tables';
import { corners, truthOf, truthOfWide, type SpecimenTruth } from './truth';
import { drawWidePlan, wideKindOf } from './wide/kinds';
import type { WidePlan } from './wide/plan';
import { photographWide } from './wide/specimen';

export type { SpecimenTruth };

export interface Specimen {
  readonly jpeg: Uint8Array;
  readonly truth: SpecimenTruth;
}

export async function makeSpecimen(seed: string, makeNumber: NumberMaker): Promise<Specimen> {
  const kind = wideKindOf(seed);
  if (kind) return makeWide(drawWidePlan(kind, seed, makeNumber));
  if (kindOf(seed) === 'plate') return plateSpecimen(seed, makeNumber);
  const plan = drawPlan(seed, makeNumber);
  const { picture, quad, cvv } = await photograph(plan);
  const { width, height, data } = picture;
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: plan.scene.jpegQuality })
    .toBuffer();
  return { jpeg, truth: truthOf(plan, { quad, cvv, jpeg }) };
}

async function plateSpecimen(seed: string, makeNumber: NumberMaker): Promise<Specimen> {
  const { picture, cards, jpegQuality } = await drawPlate(seed, makeNumber);
  const { width, height, data } = picture;
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: jpegQuality })
    .toBuffer();
  const { scene } = drawPlan('table-1', makeNumber);
  const none = truthOf({ kind: 'plate', seed, scene }, { jpeg });
  const each = cards.map(({ quad, card }) => ({ quad: corners(quad), cardNumber: card.account.number }));
  return { jpeg, truth: { ...none, blurSigma: 0.5, cards: each } };
}

async function makeWide(plan: WidePlan): Promise<Specimen> {
  const { picture, quad, glare: burnt, number } = await photographWide(plan);
  const { width, height, data } = picture;
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: plan.scene.jpegQuality })
    .toBuffer();
  return { jpeg, truth: truthOfWide(plan, { quad, glare: burnt, number, jpeg }) };
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
