/** Reads one upright, flat view of a card: its texts and its number. */
import type { BinTable } from './bin-table';
import { digitClasses, toDigitColumns, type DigitClasses, type DigitColumns } from './ctc-digits';
import type { Models } from './models';
import { decodeNumber, type NumberReading } from './number-decoder';
import {
  baselineOf,
  cutBand,
  cutBox,
  groupLines,
  numberLines,
  type Baseline,
  type ReadBox,
  type TextLine,
} from './number-line';
import type { Raster } from './raster';
import { detectText, type TextBox } from './text-detection';
import { readText, recogniseStrip } from './text-recognition';

export interface ViewReader {
  readonly models: Models;
  readonly bins: BinTable;
  readonly classes: DigitClasses;
}

export function createViewReader(models: Models, bins: BinTable): ViewReader {
  return { models, bins, classes: digitClasses(models.characters) };
}

export interface ViewReading {
  readonly lines: readonly TextLine[];
  readonly number?: NumberReading;
  /** Where the number stands on the view. */
  readonly baseline?: Baseline;
}

const DETECTION_SIDE = 960;
const MOST_BOXES = 28;
const STEEPEST = (20 * Math.PI) / 180;
/** The card's very edge is no text; the band leaves out this share of the width on either side. */
const EDGE = 0.015;
/** Band heights as factors of the box height: the detector's boxes are tight on some prints and loose on others. */
const BAND_HEIGHTS = [1, 1.3] as const;

export async function readView(reader: ViewReader, view: Raster): Promise<ViewReading> {
  const found = await detectText(reader.models.detection, view, DETECTION_SIDE);
  const boxes = await readBoxes(reader, view, found);
  const lines = groupLines(boxes);
  let best: { number: NumberReading; baseline: Baseline } | undefined;
  for (const line of numberLines(lines).slice(0, 2)) {
    const baseline = baselineOf(line);
    const number = await readNumber(reader, view, baseline);
    if (number && number.score > (best?.number.score ?? -Infinity)) best = { number, baseline };
  }
  if (!best || !isLikely(best.number)) {
    const scanned = await scanBands(reader, view);
    if (scanned && scanned.number.score > (best?.number.score ?? -Infinity)) best = scanned;
  }
  return { lines, ...best };
}

function isLikely(number: NumberReading): boolean {
  return number.digits.length >= 15 && number.acoustic > -8;
}

async function readBoxes(reader: ViewReader, view: Raster, found: readonly TextBox[]): Promise<ReadBox[]> {
  const level = found
    .filter((box) => Math.abs(box.angle) < STEEPEST)
    .sort((a, b) => b.width - a.width)
    .slice(0, MOST_BOXES);
  const boxes: ReadBox[] = [];
  for (const box of level) {
    const output = await recogniseStrip(reader.models, cutBox(view, box));
    boxes.push({ box, reading: readText(output, reader.models.characters) });
  }
  return boxes;
}

async function readNumber(
  reader: ViewReader,
  view: Raster,
  baseline: Baseline,
): Promise<NumberReading | undefined> {
  const strips: DigitColumns[] = [];
  for (const factor of BAND_HEIGHTS) {
    strips.push(
      await readStrip(reader, cutBand(view, baseline, view.width * EDGE, view.width * (1 - EDGE), factor)),
    );
  }
  const from = Math.max(0, baseline.left - baseline.height * 0.4);
  const to = Math.min(view.width, baseline.right + baseline.height * 0.4);
  strips.push(await readStrip(reader, cutBand(view, baseline, from, to, 1.1)));
  return decodeNumber(strips, reader.bins);
}

async function readStrip(reader: ViewReader, strip: Raster): Promise<DigitColumns> {
  return toDigitColumns(await recogniseStrip(reader.models, strip), reader.classes);
}

/** Where the number may stand, as shares of the height; portrait cards are freer. */
const SCAN_LANDSCAPE = { from: 0.47, to: 0.7, step: 0.045, height: 0.11 } as const;
const SCAN_PORTRAIT = { from: 0.3, to: 0.75, step: 0.035, height: 0.06 } as const;

/** The detector did not see the number (gold on gold): bands are read blindly, the two best with care. */
async function scanBands(reader: ViewReader, view: Raster) {
  const scan = view.width >= view.height ? SCAN_LANDSCAPE : SCAN_PORTRAIT;
  const bands: { baseline: Baseline; score: number }[] = [];
  for (let share = scan.from; share <= scan.to; share += scan.step) {
    const baseline: Baseline = {
      centreX: view.width / 2,
      centreY: view.height * share,
      slope: 0,
      height: view.height * scan.height,
      left: view.width * 0.05,
      right: view.width * 0.95,
    };
    const strip = await readStrip(
      reader,
      cutBand(view, baseline, view.width * EDGE, view.width * (1 - EDGE), 1),
    );
    bands.push({ baseline, score: decodeNumber([strip], reader.bins)?.score ?? -Infinity });
  }
  bands.sort((a, b) => b.score - a.score);
  let best: { number: NumberReading; baseline: Baseline } | undefined;
  for (const { baseline, score } of bands.slice(0, 2)) {
    if (score === -Infinity) continue;
    const number = await readNumber(reader, view, baseline);
    if (number && number.score > (best?.number.score ?? -Infinity)) best = { number, baseline };
  }
  return best;
}
