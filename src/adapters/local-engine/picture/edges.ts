/** Thin edges of a small colour picture, for finding the card's straight sides. */
import type { Raster } from './raster';
import { everyNth, quantile } from './statistics';

export interface EdgeMap {
  readonly width: number;
  readonly height: number;
  /** Gradient strength where the pixel is on a thinned edge, 0 elsewhere. */
  readonly strength: Float32Array;
  /** Direction of the gradient (across the edge), radians. */
  readonly direction: Float32Array;
  /** Strength that counts as a full vote: edges above it are not more of an edge. */
  readonly full: number;
}

/** Share of all pixels whose gradient is taken for noise. */
const NOISE_SHARE = 0.8;
/** Every seventh pixel is enough to know the noise. */
const SAMPLED = 7;
/** Gradients (sum of Sobel weights x brightness) below this are noise on any picture. */
const LEAST_STRENGTH = 24;

/** Gradients are taken in each colour channel and the strongest wins, so that red on green of equal brightness shows. */
export function findEdges(raster: Raster): EdgeMap {
  const { width, height } = raster;
  const magnitude = new Float32Array(width * height);
  const direction = new Float32Array(width * height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) gradientAt(raster, x, y, magnitude, direction);
  }
  const floor = Math.max(LEAST_STRENGTH, quantile(everyNth(magnitude, SAMPLED), NOISE_SHARE));
  const strength = thin(magnitude, direction, width, height, floor);
  return { width, height, strength, direction, full: floor * 2.5 };
}

function gradientAt(
  { data, width }: Raster,
  x: number,
  y: number,
  magnitude: Float32Array,
  direction: Float32Array,
): void {
  const row = width * 3;
  let best = -1;
  let bestX = 0;
  let bestY = 0;
  for (let c = 0; c < 3; c++) {
    const i = (y * width + x) * 3 + c;
    const a = data[i - row - 3] as number;
    const b = data[i - row] as number;
    const d = data[i - row + 3] as number;
    const e = data[i - 3] as number;
    const f = data[i + 3] as number;
    const g = data[i + row - 3] as number;
    const h = data[i + row] as number;
    const k = data[i + row + 3] as number;
    const gx = d + 2 * f + k - a - 2 * e - g;
    const gy = g + 2 * h + k - a - 2 * b - d;
    const size = gx * gx + gy * gy;
    if (size > best) {
      best = size;
      bestX = gx;
      bestY = gy;
    }
  }
  magnitude[y * width + x] = Math.sqrt(best);
  direction[y * width + x] = Math.atan2(bestY, bestX);
}

/** Keeps a pixel only where no neighbour across the edge is stronger. */
function thin(
  magnitude: Float32Array,
  direction: Float32Array,
  width: number,
  height: number,
  floor: number,
): Float32Array {
  const strength = new Float32Array(width * height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const here = magnitude[at] as number;
      if (here < floor) continue;
      const angle = direction[at] as number;
      const step = Math.round(Math.cos(angle)) + Math.round(Math.sin(angle)) * width;
      if (here >= (magnitude[at + step] as number) && here > (magnitude[at - step] as number))
        strength[at] = here;
    }
  }
  return strength;
}
