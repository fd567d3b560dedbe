/**
 * How sharp the card is, 0-100. The variance of the Laplacian (how much fine detail) is divided by the variance of
 * the brightness (how much contrast there is to have detail of), so that a pale card is not called blurred.
 */
import { resizeRaster, toGrey, type Raster } from './raster';

/** Measured at one size, whatever the picture's own: 512 pixels along the longer side. */
const MEASURED_SIDE = 512;
/** Sharp photographs have ratios about 1 and more, blurred ones about 0.02; the scale between is logarithmic. */
const BLURRED = 0.01;
const SHARP = 1;

export async function measureQuality(card: Raster): Promise<number> {
  const factor = MEASURED_SIDE / Math.max(card.width, card.height);
  const small = await resizeRaster(card, Math.round(card.width * factor), Math.round(card.height * factor));
  const grey = toGrey(small);
  const ratio = laplacianVariance(grey, small.width, small.height) / Math.max(1, variance(grey));
  const share = Math.log(Math.max(ratio, 1e-6) / BLURRED) / Math.log(SHARP / BLURRED);
  return Math.round(100 * Math.min(1, Math.max(0, share)));
}

function variance(values: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return squares / values.length - mean * mean;
}

function laplacianVariance(grey: Float32Array, width: number, height: number): number {
  const edges = new Float32Array((width - 2) * (height - 2));
  let out = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      edges[out++] =
        4 * (grey[at] as number) -
        (grey[at - 1] as number) -
        (grey[at + 1] as number) -
        (grey[at - width] as number) -
        (grey[at + width] as number);
    }
  }
  return variance(edges);
}
