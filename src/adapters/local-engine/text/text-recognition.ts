/** What a strip of text says: the recogniser's columns of class probabilities, as text and as digits. */
import type { Models, NetworkOutput } from './models';
import { resizeRaster, fillPlanes, type Raster } from '../picture/raster';

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

/** From -1 to 1. */
const LEVELS = Float32Array.from({ length: 256 }, (_none, level) => level / 127.5 - 1);

export interface ReadText {
  readonly text: string;
  /** Mean probability (0-1) of the characters read; 0 when there is none. */
  readonly confidence: number;
}

/** At the recogniser's height, in the steps that it works in. */
export function stripWidth({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.max(NARROWEST, Math.round((width * STRIP_HEIGHT) / height / 8) * 8);
}

/**
 * Of a strip of any size whose text is upright; what is wider than 1280 pixels at the height of 48 is squeezed. Throws when
 * the model answers fewer than its two heads.
 */
export async function recogniseStrip(models: Models, strip: Raster): Promise<StripOutput> {
  const { text, shared } = await runRecogniser(models, strip);
  const [digits] = await models.digits.run((input) => input.set(shared.data), shared.shape);
  if (!digits) throw new Error('Expected an answer of the head for digits but received none');
  return { text, digits: headOutput(digits) };
}

/** The same by the general head alone. */
export async function recogniseText(models: Models, strip: Raster): Promise<HeadOutput> {
  return (await runRecogniser(models, strip)).text;
}

async function runRecogniser(
  models: Models,
  strip: Raster,
): Promise<{ readonly text: HeadOutput; readonly shared: NetworkOutput }> {
  const width = Math.min(WIDEST, stripWidth(strip));
  const small = await resizeRaster(strip, width, STRIP_HEIGHT);
  const outputs = await models.recognition.run(
    (input) => fillPlanes(input, small, [LEVELS, LEVELS, LEVELS]),
    [1, 3, STRIP_HEIGHT, width],
  );
  const [text, shared] = outputs;
  if (!text || !shared)
    throw new Error(`Expected two outputs of the recogniser but received ${outputs.length}`);
  return { text: headOutput(text), shared };
}

function headOutput({ data, shape: [, columns = 0, classes = 0] }: NetworkOutput): HeadOutput {
  return { columns, classes, probabilities: data };
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
