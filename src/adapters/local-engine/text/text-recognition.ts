/** What a strip of text says: the recogniser's columns of class probabilities, as text and as digits. */
import type { Models } from './models';
import { resizeRaster, type Raster } from '../picture/raster';

/** The height that the network was trained on, in pixels. */
export const STRIP_HEIGHT = 48;
const NARROWEST = 32;
const WIDEST = 1280;

/** One head's answer for one strip: `columns` rows of `classes` probabilities. */
export interface HeadOutput {
  readonly columns: number;
  readonly classes: number;
  readonly probabilities: Float32Array;
}

export interface StripOutput {
  /** Over all characters. */
  readonly text: HeadOutput;
  /** Over the slash, the ten digits and blank, by the head that was trained on card numbers. */
  readonly digits: HeadOutput;
}

export interface ReadText {
  readonly text: string;
  /** Mean probability (0-1) of the characters read; 0 when there is none. */
  readonly confidence: number;
}

/**
 * Of a strip of any size whose text is upright; what is wider than 1280 pixels at the height of 48 is squeezed. Throws when
 * the model answers fewer than its two heads.
 */
export async function recogniseStrip(models: Models, strip: Raster): Promise<StripOutput> {
  const natural = Math.round((strip.width * STRIP_HEIGHT) / strip.height / 8) * 8;
  const width = Math.min(WIDEST, Math.max(NARROWEST, natural));
  const small = await resizeRaster(strip, width, STRIP_HEIGHT);
  const heads = await models.recognition.run(toStripInput(small), [1, 3, STRIP_HEIGHT, width]);
  const [text, digits] = heads.map(({ data, shape: [, columns = 0, classes = 0] }) => {
    return { columns, classes, probabilities: data };
  });
  if (!text || !digits) throw new Error(`Expected two heads of the recogniser but received ${heads.length}`);
  return { text, digits };
}

function toStripInput({ data, width, height }: Raster): Float32Array {
  const plane = width * height;
  const input = new Float32Array(plane * 3);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < plane; i++) input[c * plane + i] = (data[i * 3 + 2 - c] as number) / 127.5 - 1;
  }
  return input;
}

/** Greedy reading: the likeliest class of each column, repeats and blanks dropped. */
export function readText(output: HeadOutput, characters: readonly string[]): ReadText {
  const { text, confidence } = readWithPlaces(output, characters);
  return { text, confidence };
}

export interface PlacedReading extends ReadText {
  /** Where each character of the text was read, as a share (0-1) of the strip's width. */
  readonly at: readonly number[];
}

/** The same, with the places of the characters. */
export function readWithPlaces(output: HeadOutput, characters: readonly string[]): PlacedReading {
  let text = '';
  const at: number[] = [];
  let sum = 0;
  let count = 0;
  let previous = 0;
  for (let column = 0; column < output.columns; column++) {
    const offset = column * output.classes;
    let best = 0;
    let bestProbability = 0;
    for (let k = 0; k < output.classes; k++) {
      const probability = output.probabilities[offset + k] as number;
      if (probability <= bestProbability) continue;
      best = k;
      bestProbability = probability;
      // A column's probabilities add up to one: none of the thousands that follow is likelier.
      if (probability > 0.51) break;
    }
    if (best !== 0 && best !== previous) {
      const character = characters[best] ?? '';
      text += character;
      for (const _unit of character) at.push((column + 0.5) / output.columns);
      sum += bestProbability;
      count++;
    }
    previous = best;
  }
  return { text, at, confidence: count === 0 ? 0 : sum / count };
}
