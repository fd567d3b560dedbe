/** Puts the card on the table and the camera over it: where the corners fall, shadow, light and the card's own edge. */
import sharp from 'sharp';
import {
  applyHomography,
  homographyBetween,
  rectangleQuad,
  type Homography,
  type Quad,
} from '../../src/adapters/local-engine/picture/geometry';
import { resizeRaster, type Raster } from '../../src/adapters/local-engine/picture/raster';
import { CORNER_RADIUS } from './layout';
import { clamp, mix } from './noise';
import type { ScenePlan } from './plan';

/** Distance from the lens to the card, in lengths of the card: a telephone held over a desk. */
const CAMERA_DISTANCE = 2.4;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Corners of the card in the picture: top left, top right, bottom right, bottom left of the upright card. */
export function poseCard(card: Size, scene: ScenePlan): Quad {
  const length = Math.max(card.width, card.height);
  const flat = rectangleQuad(card.width / length, card.height / length).map(({ x, y }) =>
    project(x - card.width / length / 2, y - card.height / length / 2, scene),
  );
  const xs = flat.map(({ x }) => x);
  const ys = flat.map(({ y }) => y);
  const [minX, maxX, minY, maxY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = scene.fill * Math.min(scene.width / (maxX - minX), scene.height / (maxY - minY));
  const centreX = scene.width * (0.5 + scene.shift[0]) - (scale * (minX + maxX)) / 2;
  const centreY = scene.height * (0.5 + scene.shift[1]) - (scale * (minY + maxY)) / 2;
  const lift = scene.outside > 0 ? scale * minY + centreY + scene.outside * scale * (maxY - minY) : 0;
  return flat.map(({ x, y }) => ({
    x: x * scale + centreX,
    y: y * scale + centreY - lift,
  })) as unknown as Quad;
}

function project(x: number, y: number, scene: ScenePlan): { x: number; y: number } {
  const radians = Math.PI / 180;
  const turn = scene.rotation * radians;
  const turnedX = x * Math.cos(turn) - y * Math.sin(turn);
  const turnedY = x * Math.sin(turn) + y * Math.cos(turn);
  const axis = scene.tiltTowards * radians;
  const along = turnedX * Math.cos(axis) + turnedY * Math.sin(axis);
  const across = -turnedX * Math.sin(axis) + turnedY * Math.cos(axis);
  const depth = CAMERA_DISTANCE + along * Math.sin(scene.tilt * radians);
  const seenAlong = (along * Math.cos(scene.tilt * radians)) / depth;
  const seenAcross = across / depth;
  return {
    x: seenAlong * Math.cos(axis) - seenAcross * Math.sin(axis),
    y: seenAlong * Math.sin(axis) + seenAcross * Math.cos(axis),
  };
}

export interface PlacedCard {
  readonly face: Raster;
  /** Radius of the round corners in pixels of the face; that of a face at 15 pixels a millimetre when absent. */
  readonly cornerRadius?: number;
  readonly quad: Quad;
}

/** The longer side of the card in pixels of the picture. */
function seenLength(quad: Quad): number {
  const side = (a: number, b: number): number =>
    Math.hypot((quad[a]?.x ?? 0) - (quad[b]?.x ?? 0), (quad[a]?.y ?? 0) - (quad[b]?.y ?? 0));
  return Math.max(side(0, 1), side(1, 2), side(2, 3), side(3, 0));
}

export async function composeScene(
  table: Raster,
  card: PlacedCard | undefined,
  scene: ScenePlan,
): Promise<Raster> {
  if (!card) return table;
  const { width, height } = table;
  const shrink = Math.min(1, (seenLength(card.quad) * 1.15) / Math.max(card.face.width, card.face.height));
  const face = await resizeRaster(
    card.face,
    Math.round(card.face.width * shrink),
    Math.round(card.face.height * shrink),
  );
  const toCard = homographyBetween(card.quad, rectangleQuad(face.width, face.height));
  if (!toCard) throw new Error('Expected four corners of a card but received corners on a line');
  const cover = coverage(toCard, face, (card.cornerRadius ?? CORNER_RADIUS) * shrink, width, height);
  const contact = await shadowOf(cover, width, height, 5);
  const wide = await shadowOf(cover, width, height, 26);
  const reach = Math.round(seenLength(card.quad) * 0.012);
  const data = new Uint8Array(table.data);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const share = (cover[at] as number) / 255;
      const near = shaded(contact, x - 3, y - 3, width, height);
      const far = shaded(wide, x - reach, y - reach * 2, width, height);
      const dim = 1 - scene.shadow * clamp(0.45 * near + 0.6 * far);
      const colour = share > 0 ? sample(face, applyHomography(toCard, { x: x + 0.5, y: y + 0.5 })) : BLACK;
      for (let c = 0; c < 3; c++) {
        const under = (table.data[at * 3 + c] as number) * dim;
        data[at * 3 + c] = mix(under, colour[c] as number, share) + 0.5;
      }
    }
  }
  return { width, height, data };
}

const BLACK = [0, 0, 0] as const;

function sample({ width, height, data }: Raster, { x, y }: { x: number; y: number }): readonly number[] {
  const px = clamp(x - 0.5, 0, width - 1.001);
  const py = clamp(y - 0.5, 0, height - 1.001);
  const at = (Math.floor(py) * width + Math.floor(px)) * 3;
  const across = px - Math.floor(px);
  const down = py - Math.floor(py);
  return [0, 1, 2].map((c) =>
    mix(
      mix(data[at + c] as number, data[at + 3 + c] as number, across),
      mix(data[at + width * 3 + c] as number, data[at + width * 3 + 3 + c] as number, across),
      down,
    ),
  );
}

/** 0-255: how much of each pixel the card with its round corners covers. */
function coverage(toCard: Homography, face: Size, radius: number, width: number, height: number): Uint8Array {
  const cover = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = applyHomography(toCard, { x: x + 0.5, y: y + 0.5 });
      const dx = Math.abs(at.x - face.width / 2) - face.width / 2 + radius;
      const dy = Math.abs(at.y - face.height / 2) - face.height / 2 + radius;
      const outside = Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
      cover[y * width + x] = 255 * clamp(0.5 - outside) + 0.5;
    }
  }
  return cover;
}

async function shadowOf(
  cover: Uint8Array,
  width: number,
  height: number,
  sigma: number,
): Promise<Uint8Array> {
  return sharp(cover, { raw: { width, height, channels: 1 } })
    .blur(sigma)
    .extractChannel(0)
    .raw()
    .toBuffer();
}

function shaded(shadow: Uint8Array, x: number, y: number, width: number, height: number): number {
  return (shadow[clamp(y, 0, height - 1) * width + clamp(x, 0, width - 1)] as number) / 255;
}
