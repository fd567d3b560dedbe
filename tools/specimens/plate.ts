/** Several cards on a scanner's plate: where they lie, and the picture of them. */
import type { Quad } from '../../src/adapters/local-engine/picture/geometry';
import type { Raster } from '../../src/adapters/local-engine/picture/raster';
import type { Rgb } from './art';
import { composeScene } from './camera';
import { renderCard } from './card-face';
import { defocus, sensorNoise } from './effects';
import { drawPlan } from './kinds';
import type { NumberMaker } from './numbers';
import type { CardPlan, Kind, ScenePlan } from './plan';
import { randomFrom, type Random } from './random';
import { plainPlate } from './tables';

export interface PlateCard {
  readonly quad: Quad;
  readonly card: CardPlan;
}

export interface Plate {
  readonly picture: Raster;
  readonly cards: readonly PlateCard[];
  readonly jpegQuality: number;
}

const COLOURS: readonly Rgb[] = [
  [247, 247, 245],
  [232, 232, 230],
  [168, 170, 172],
  [120, 121, 122],
  [24, 24, 26],
  [12, 12, 12],
];
/** A4 at 150 dots an inch, upright and lying, and what remains of it when only its upper half is scanned. */
const SIZES = [
  [1240, 1754],
  [1754, 1240],
  [1240, 877],
] as const;
/** The longer side of a card at 150 dots an inch. */
const CARD_LENGTH = 505;
const PROPORTION = 1284 / 810;
const KINDS_OF_CARDS: readonly Kind[] = ['flat', 'embossed', 'busy', 'flat', 'embossed'];

export async function drawPlate(seed: string, makeNumber: NumberMaker): Promise<Plate> {
  const random = randomFrom(seed);
  const [width, height] = random.pick(SIZES);
  const places = placesOn(width, height, random.fork('places'));
  const colour = random.pick(COLOURS);
  const scene = {
    ...drawPlan(`scanner-${seed}`, makeNumber).scene,
    width,
    height,
    shadow: random.between(0, 0.15),
  };
  let picture = plainPlate({ random: random.fork('plate'), width, height, cardColour: colour });
  const cards: PlateCard[] = [];
  for (const [at, quad] of places.entries()) {
    const card = cardFor(`${random.pick(KINDS_OF_CARDS)}-${seed}-${at}`, makeNumber);
    const { face } = await renderCard(card, random.fork(`face ${at}`));
    picture = await composeScene(picture, { face, quad }, scene);
    cards.push({ quad, card });
  }
  return { picture: await scanned(picture, scene, random), cards, jpegQuality: scene.jpegQuality };
}

function cardFor(seed: string, makeNumber: NumberMaker): CardPlan {
  const { card } = drawPlan(seed, makeNumber);
  if (!card) throw new Error(`Expected a card but the seed ${seed} is of an empty table`);
  return card;
}

async function scanned(picture: Raster, scene: ScenePlan, random: Random): Promise<Raster> {
  return sensorNoise(await defocus(picture, scene.blurSigma), scene.noise, random.fork('noise'));
}

/** Two to six cells of a grid, and in each a card put down by hand: nearly straight, some of them the other way round. */
function placesOn(width: number, height: number, random: Random): Quad[] {
  const room = 1.14;
  const columns = Math.floor(width / (CARD_LENGTH * room));
  const rows = Math.floor(height / ((CARD_LENGTH / PROPORTION) * room * 1.1));
  const cells = Array.from({ length: columns * rows }, (_none, at) => at);
  const wanted = Math.min(cells.length, random.whole(2, 6));
  while (cells.length > wanted) cells.splice(random.whole(0, cells.length - 1), 1);
  return cells.map((cell) => {
    const [cellWidth, cellHeight] = [width / columns, height / rows];
    const slackX = (cellWidth - CARD_LENGTH * 1.08) / 2;
    const slackY = (cellHeight - (CARD_LENGTH / PROPORTION) * 1.14) / 2;
    const x = ((cell % columns) + 0.5) * cellWidth + random.between(-slackX, slackX);
    const y = (Math.floor(cell / columns) + 0.5) * cellHeight + random.between(-slackY, slackY);
    const turn = random.between(-4, 4) + (random.chance(0.25) ? 180 : 0);
    return placed(x, y, (turn * Math.PI) / 180);
  });
}

function placed(x: number, y: number, angle: number): Quad {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [half, low] = [CARD_LENGTH / 2, CARD_LENGTH / PROPORTION / 2];
  return [
    [-half, -low],
    [half, -low],
    [half, low],
    [-half, low],
  ].map(([u = 0, v = 0]) => ({ x: x + u * cos - v * sin, y: y + u * sin + v * cos })) as unknown as Quad;
}
