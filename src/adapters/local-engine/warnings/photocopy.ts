/**
 * -9113: a photocopy lies there instead of the card. Two ways to know one: the whole picture is without colour (a
 * black-and-white reproduction, whoever made it), or the card alone is without colour and has the grain of toner or of
 * a dot screen in its middle tones (a grey copy photographed in colour). A colour copy is not seen.
 *
 * Colour is measured as chroma (Cb, Cr of Rec. 601) against the card's median, so that a lamp's tint is no colour.
 * Lampert, Mei and Breuel, "Printing technique classification for document counterfeit detection" (CIS 2006), tell
 * laser print from other print by such noise in what should be even; the figures here are our own.
 */
import { resizeRaster, toGrey, type Raster } from '../picture/raster';
import { quantile } from '../picture/statistics';

/** Chroma (0-255 scale) that all but 2 % of a picture without colour stays below. */
const NO_COLOUR = 1.5;
/** The same of a card photographed in colour: the camera's own noise and tint. */
const LITTLE_COLOUR = 4;
/** Deviation (grey levels) of single pixels from their surroundings in the calmest middle tones. */
const LEAST_GRAIN = 7;

/** `card` is the card laid flat, `photograph` all of the picture. */
export async function isPhotocopy(card: Raster, photograph: Raster): Promise<boolean> {
  if ((await colourfulness(photograph)) < NO_COLOUR) return true;
  return (await colourfulness(card)) < LITTLE_COLOUR && grain(card) >= LEAST_GRAIN;
}

/** Chroma's distance from its median that 98 % of the picture stays below; averaging takes the sensor's noise out. */
async function colourfulness(raster: Raster): Promise<number> {
  const { data } = await resizeRaster(raster, 80, 50);
  const cb: number[] = [];
  const cr: number[] = [];
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    const light = 0.299 * red + 0.587 * green + 0.114 * blue;
    cb.push(0.564 * (blue - light));
    cr.push(0.713 * (red - light));
  }
  const [middleCb, middleCr] = [quantile(cb, 0.5), quantile(cr, 0.5)];
  return quantile(
    cb.map((value, at) => Math.hypot(value - middleCb, (cr[at] as number) - middleCr)),
    0.98,
  );
}

const BLOCK = 8;

/** Of the blocks in the middle tones the calmer third decides: text and picture are in the others. */
function grain(card: Raster): number {
  const grey = toGrey(card);
  const deviations: number[] = [];
  for (let y = BLOCK; y + BLOCK < card.height; y += BLOCK) {
    for (let x = BLOCK; x + BLOCK < card.width; x += BLOCK) {
      const { mean, deviation } = blockOf(grey, card.width, x, y);
      if (mean > 50 && mean < 205) deviations.push(deviation);
    }
  }
  return quantile(deviations, 0.33);
}

/** Mean of the block, and the root mean square of its pixels against the mean of the four at distance 2. */
function blockOf(
  grey: Float32Array,
  width: number,
  left: number,
  top: number,
): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (let y = top; y < top + BLOCK; y++) {
    for (let x = left; x < left + BLOCK; x++) {
      const at = y * width + x;
      const around =
        (grey[at - 2] as number) +
        (grey[at + 2] as number) +
        (grey[at - 2 * width] as number) +
        (grey[at + 2 * width] as number);
      const own = grey[at] as number;
      sum += own;
      squares += (own - around / 4) ** 2;
    }
  }
  return { mean: sum / BLOCK ** 2, deviation: Math.sqrt(squares / BLOCK ** 2) };
}
