/** Photographs a plan of the wide kinds. */
import sharp from 'sharp';
import type { Quad } from '../../../src/adapters/local-engine/picture/geometry';
import type { Raster } from '../../../src/adapters/local-engine/picture/raster';
import type { Rgb } from '../art';
import { composeScene, poseCard } from '../camera';
import { defocus, finger, light, sensorNoise, shake } from '../effects';
import { randomFrom, type Random } from '../random';
import { paintTable } from '../tables';
import { FACE_CORNER_RADIUS, renderWideCard } from './card';
import { drawNoCard, litter, screenshot } from './no-cards';
import { burntShare, darkBed, handShadow, mixedLight, sheen, sleeve } from './overlays';
import type { WidePlan, WideScene } from './plan';
import { paperUnderLamp, showOnScreen, tonerOf } from './screens';

export interface WidePhotograph {
  readonly picture: Raster;
  /** Of the card, or of what has the shape of one. */
  readonly quad?: Quad;
  /** Whether a lamp has burnt out a part of the card. */
  readonly glare: boolean;
  /** What people could take for a bank card's number on what is none. */
  readonly number: string | null;
}

/** Above this share of the card a reflection is one that people would complain of; see warnings/reflection.ts. */
const BURNT_SHARE = 0.004;

export async function photographWide(plan: WidePlan): Promise<WidePhotograph> {
  const random = randomFrom(`${plan.seed}/photograph`);
  const { width, height } = plan.scene;
  if (plan.kind === 'textScreen') {
    return {
      picture: await screenshot(width, height, random.fork('screenshot')),
      glare: false,
      number: null,
    };
  }
  const subject = await subjectOf(plan, random);
  const table = await tableOf(plan, subject?.face, random);
  if (!subject) {
    const picture = await exposed(await litter(table, random.fork('litter')), plan.scene, random);
    return { picture, glare: false, number: null };
  }
  const { face, cornerRadius, cardLike, number } = subject;
  const quad = poseCard(face, plan.scene);
  const placed = await composeScene(table, { face, quad, cornerRadius }, plan.scene);
  const lit = await lightUp(placed, quad, plan.scene, random);
  const seen = await secondHand(lit.picture, quad, plan.scene, random);
  const picture = await exposed(seen.picture, plan.scene, random);
  return { picture, ...(cardLike && { quad: seen.quad }), glare: lit.glare, number };
}

interface Subject {
  readonly face: Raster;
  readonly cornerRadius: number;
  readonly cardLike: boolean;
  readonly number: string | null;
}

async function subjectOf({ kind, card }: WidePlan, random: Random): Promise<Subject | undefined> {
  if (!card) return drawNoCard(kind, random.fork('sheet'));
  const face = await renderWideCard(card, random.fork('face'));
  return { face, cornerRadius: FACE_CORNER_RADIUS, cardLike: true, number: null };
}

async function tableOf({ scene }: WidePlan, face: Raster | undefined, random: Random): Promise<Raster> {
  const { width, height } = scene;
  if (scene.darkLid) return darkBed(width, height, random.fork('bed'));
  const cardColour: Rgb = face ? middleColour(face) : [120, 120, 120];
  return paintTable(scene.table, { random: random.fork('table'), width, height, cardColour });
}

function middleColour({ width, height, data }: Raster): Rgb {
  const at = (Math.floor(height * 0.4) * width + Math.floor(width / 2)) * 3;
  return [data[at] as number, data[at + 1] as number, data[at + 2] as number];
}

async function lightUp(
  placed: Raster,
  quad: Quad,
  scene: WideScene,
  random: Random,
): Promise<{ picture: Raster; glare: boolean }> {
  let picture = placed;
  const sides = random.fork('sides');
  for (let at = 0; at < scene.fingers; at++) {
    const turn = sides.pick([0, 0, 1, 2, 3]);
    const turned = [...quad.slice(turn), ...quad.slice(0, turn)] as unknown as Quad;
    picture = finger(picture, turned, turn % 2 === 1, random.fork(`finger ${at}`));
  }
  if (scene.handShadow > 0) picture = handShadow(picture, scene.handShadow, random.fork('hand'));
  if (!scene.darkLid) picture = light(picture, scene, random.fork('light'));
  if (scene.mixedLight) picture = mixedLight(picture, random.fork('lamps'));
  const before = picture;
  if (scene.sleeve > 0) picture = sleeve(picture, quad, scene.sleeve, random.fork('sleeve'));
  if (scene.sheen > 0) picture = sheen(picture, quad, scene.sheen, random.fork('sheen'));
  return { picture, glare: picture !== before && burntShare(before, picture, quad) > BURNT_SHARE };
}

async function secondHand(
  picture: Raster,
  quad: Quad,
  scene: WideScene,
  random: Random,
): Promise<{ picture: Raster; quad: Quad }> {
  if (scene.copy) {
    const copied = tonerOf(picture, random.fork('toner'));
    const photographed = random.fork('copy').chance(0.5);
    return { picture: photographed ? paperUnderLamp(copied, random.fork('paper')) : copied, quad };
  }
  if (!scene.reshoot) return { picture, quad };
  const shown = await showOnScreen(picture, quad, random.fork('screen'));
  return { picture: shown.picture, quad: shown.quad ?? quad };
}

async function exposed(picture: Raster, scene: WideScene, random: Random): Promise<Raster> {
  const soft = await defocus(picture, scene.blurSigma);
  const shaken = shake(soft, scene.motion, random.fork('shake'));
  const noisy = sensorNoise(shaken, scene.noise, random.fork('noise'));
  return scene.earlierJpeg === undefined ? noisy : recompressed(noisy, scene.earlierJpeg);
}

/** Saved once before, as messengers do; a cut of a few pixels lets the blocks of both times lie askew. */
async function recompressed({ width, height, data }: Raster, quality: number): Promise<Raster> {
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
  return { width, height, data: await sharp(jpeg).removeAlpha().raw().toBuffer() };
}
