/**
 * -9112: a lamp is mirrored in the card. Light that clips all three channels makes a spot of even white; what tells it
 * from white print is that it is burnt out, where print is only bright, and its hem, which fades over millimetres where
 * print ends at a line. Clipping as the sign of highlights is common ground (Morgand and Tamaazousti, "Generic and
 * real-time detection of specular reflections in images", VISAPP 2014, threshold brightness and saturation likewise);
 * the hem is ours.
 */
import { resizeRaster, type Raster } from '../picture/raster';
import { findRegions, type Region } from '../picture/regions';

/** The card's longer side in pixels while it is measured: some 3 a millimetre. */
const LONG_SIDE = 256;
/** The darkest channel of a pixel in a spot; JPEG takes a little off what is clipped. */
const CLIPPED = 246;
/** The darkest channel of what is burnt out for sure: bright print and a thin sheen stay below. */
const BURNT = 252;
/** Shares of the card that a spot burns out and covers: smaller ones hide nothing, larger ones are white cards. */
const SMALLEST = 0.004;
const LARGEST = 0.3;
/** Just outside the spot (pixels) it is still so bright, and further out no longer: a white card stays bright. */
const HEM_AT = 2;
const HEM_BRIGHTNESS = 205;
const FADED_AT = 18;
const FADED_BRIGHTNESS = 225;
/** The share of the spot's outline of which this is true. */
const LEAST_HEM = 0.5;

/** `card` is the card laid flat. */
export async function isReflecting(card: Raster): Promise<boolean> {
  return (await largestReflection(card)) >= SMALLEST;
}

/** Share of the card under the largest spot with a hem; 0 when there is none. */
async function largestReflection(card: Raster): Promise<number> {
  const factor = LONG_SIDE / Math.max(card.width, card.height);
  const width = Math.round(card.width * factor);
  const height = Math.round(card.height * factor);
  const { data } = await resizeRaster(card, width, height);
  const darkest = new Uint8Array(width * height);
  for (let at = 0; at < darkest.length; at++) {
    darkest[at] = Math.min(data[at * 3] as number, data[at * 3 + 1] as number, data[at * 3 + 2] as number);
  }
  let largest = 0;
  const isClipped = (at: number): boolean => (darkest[at] as number) >= CLIPPED;
  for (const spot of findRegions(width, height, 'sides', isClipped)) {
    const share = spot.length / darkest.length;
    const burnt = spot.filter((at) => (darkest[at] as number) >= BURNT).length / darkest.length;
    if (burnt < SMALLEST || share > LARGEST || share < largest) continue;
    const shareAround = shareAroundIn(spot, darkest, width, height);
    const hasHem = shareAround(HEM_AT, (brightness) => brightness >= HEM_BRIGHTNESS) >= LEAST_HEM;
    const fades = shareAround(FADED_AT, (brightness) => brightness < FADED_BRIGHTNESS) >= LEAST_HEM;
    if (hasHem && fades) largest = share;
  }
  return largest;
}

/** The pixels `step` to the left, right, up and down that are in the picture. */
function neighboursOf(at: number, step: number, width: number, height: number): number[] {
  const x = at % width;
  const y = (at - x) / width;
  const found: number[] = [];
  if (x >= step) found.push(at - step);
  if (x + step < width) found.push(at + step);
  if (y >= step) found.push(at - step * width);
  if (y + step < height) found.push(at + step * width);
  return found;
}

type ShareAround = (distance: number, fits: (brightness: number) => boolean) => number;

/** Answers which share of the places at a distance outside the spot fits. */
function shareAroundIn(spot: Region, darkest: Uint8Array, width: number, height: number): ShareAround {
  const own = new Set(spot);
  const outline = spot.filter((at) => !neighboursOf(at, 1, width, height).every((next) => own.has(next)));
  return (distance, fits) => {
    let outside = 0;
    let fitting = 0;
    for (const at of outline) {
      for (const next of neighboursOf(at, distance, width, height)) {
        if (own.has(next)) continue;
        outside++;
        if (fits(darkest[next] as number)) fitting++;
      }
    }
    return outside === 0 ? 0 : fitting / outside;
  };
}
