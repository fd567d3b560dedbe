/** Reads one upright, flat view of a card: its texts and its number. */
import { MAX_DIGITS, MIN_DIGITS } from '../../../shared/number';
import { bankInText } from './bank-names';
import type { Bank, BinTable } from '../../bin-table/bin-table';
import {
  alignDigits,
  digitClasses,
  digitsOfHead,
  digitsOfText,
  likeliestDigits,
  type DigitClasses,
} from '../number/ctc-digits';
import type { Models } from '../text/models';
import { decodeNumber, type CardClues, markContested, type NumberReading } from '../number/number-decoder';
import { numberLines } from '../number/number-line';
import { cutBand, cutBox, type Baseline } from '../text/strips';
import { baselineOf, groupLines, type ReadBox, type TextLine } from '../text/text-line';
import { findNumberRows } from '../number/number-rows';
import type { Raster } from '../picture/raster';
import { detectText, type TextBox } from '../text/text-detection';
import { readText, recogniseStrip } from '../text/text-recognition';
import { decodeByHeads } from '../number/decode-by-heads';
import { HEADS, type StripReading } from '../number/heads';
import {
  groupBounds,
  groupCrossCheck,
  stripCrossCheck,
  type DigitGroup,
  type CrossCheck,
} from '../number/cross-check';

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
  readonly found?: FoundNumber;
}

/** The likeliest number of a view, whether it will be accepted or not. */
export interface FoundNumber {
  readonly number: NumberReading;
  /** Where the number stands on the view. */
  readonly baseline: Baseline;
  /** Kept so that another view's cross-checks can be weighed together with these. */
  readonly crossChecks: readonly CrossCheck[];
  readonly clues: CardClues;
}

/** What the rest of the card tells about the number. */
interface CardContext {
  readonly boxes: readonly ReadBox[];
  readonly bank?: Bank;
}

const DETECTION_SIDE = 800;
const MOST_BOXES = 24;
const STEEPEST = (20 * Math.PI) / 180;
/** The card's very edge is no text; the band leaves out this share of the width on either side. */
const EDGE = 0.015;
/** Band heights as factors of the box height: the detector's boxes are tight on some prints and loose on others. */
const BAND_HEIGHTS = [1, 1.3] as const;
/** The line alone, with this room beside its first and last digit, both as factors of the box height. */
const LINE_HEIGHT = 1.1;
const LINE_ROOM = 0.6;
const GROUP_HEIGHT = 1.15;

/** `view` is upright; the two likeliest lines are read, then rows, then bands, each only while nothing likely was found. */
export async function readView(reader: ViewReader, view: Raster): Promise<ViewReading> {
  const found = await detectText(reader.models.detection, view, DETECTION_SIDE);
  const boxes = await readBoxes(reader, view, found);
  const lines = groupLines(boxes);
  const bank = bankInText(lines.map((line) => line.text).join('\n'), reader.bins.banks);
  const context = { boxes, ...(bank && { bank }) };
  let best: FoundNumber | undefined;
  for (const line of numberLines(lines).slice(0, 2)) {
    best = better(best, await readNumber(reader, view, baselineOf(line), context));
  }
  if (!best || !isLikely(best.number)) best = better(best, await readRows(reader, view, context));
  if (!best || !isLikely(best.number)) best = better(best, await scanBands(reader, view, context));
  return { lines, ...(best && { found: best }) };
}

function better(one: FoundNumber | undefined, other: FoundNumber | undefined): FoundNumber | undefined {
  if (!one || !other) return one ?? other;
  const [believed, left] = other.number.score > one.number.score ? [other, one] : [one, other];
  return { ...believed, number: markContested(believed.number, left.number) };
}

function isLikely(number: NumberReading): boolean {
  return number.digits.length >= 15 && number.meanLogProbability > -8;
}

async function readBoxes(reader: ViewReader, view: Raster, found: readonly TextBox[]): Promise<ReadBox[]> {
  const level = found
    .filter((box) => Math.abs(box.angle) < STEEPEST)
    .sort((a, b) => b.width - a.width)
    .slice(0, MOST_BOXES);
  // All at once: while the network reads one strip, the next are cut out.
  return Promise.all(
    level.map(async (box) => {
      const output = await recogniseStrip(reader.models, cutBox(view, box));
      return {
        box,
        reading: readText(output.text, reader.models.characters),
        digits: likeliestDigits(digitsOfHead(output.digits, true)),
      };
    }),
  );
}

async function readNumber(
  reader: ViewReader,
  view: Raster,
  baseline: Baseline,
  context: CardContext,
): Promise<FoundNumber | undefined> {
  const left = view.width * EDGE;
  const right = view.width * (1 - EDGE);
  const bands = await Promise.all(
    BAND_HEIGHTS.map((height) => readStrip(reader, cutBand(view, baseline, left, right, height))),
  );
  const { bank } = context;
  const clues = { printedPrefixes: printedPrefixes(context.boxes, baseline), ...(bank && { bank }) };
  const crossChecks = bands.flatMap(crossChecksOf);
  const first = decodeNumber(crossChecks, reader.bins, clues);
  const [band] = bands;
  if (!first || !band) return undefined;
  const places = alignDigits(band.digits, first.digits).map(
    ({ position }) => left + position * (right - left),
  );
  const room = baseline.height * LINE_ROOM;
  const from = Math.max(0, Math.min(baseline.left, places[0] ?? Infinity) - room);
  const to = Math.min(view.width, Math.max(baseline.right, places.at(-1) ?? -Infinity) + room);
  crossChecks.push(...crossChecksOf(await readStrip(reader, cutBand(view, baseline, from, to, LINE_HEIGHT))));
  const groups = await readGroups(reader, view, baseline, places);
  for (const head of HEADS) {
    const read = groups.map(({ strip, ...bounds }) => ({ ...bounds, strip: strip[head] }));
    crossChecks.push(groupCrossCheck(read, first.digits, head));
  }
  const number = decodeByHeads(crossChecks, reader.bins, clues) ?? first;
  return { number, baseline: { ...baseline, left: from, right: to }, crossChecks, clues };
}

function crossChecksOf(strip: StripReading): CrossCheck[] {
  return HEADS.map((head) => stripCrossCheck(strip[head], MIN_DIGITS, MAX_DIGITS, head));
}

function printedPrefixes(boxes: readonly ReadBox[], baseline: Baseline): string[] {
  return boxes
    .filter(({ box, reading }) => {
      const below = box.centre.y - baseline.centreY - baseline.slope * (box.centre.x - baseline.centreX);
      const small = box.height < 0.8 * baseline.height;
      const near = below > 0.3 * baseline.height && below < 2.5 * baseline.height;
      return (
        /^\d{4}$/.test(reading.text) &&
        small &&
        near &&
        box.centre.x < baseline.left + 0.35 * (baseline.right - baseline.left)
      );
    })
    .map(({ reading }) => reading.text);
}

/** Reads the digits in groups; `places` are the digits' middles along the view. */
async function readGroups(
  reader: ViewReader,
  view: Raster,
  baseline: Baseline,
  places: readonly number[],
): Promise<(Omit<DigitGroup, 'strip'> & { readonly strip: StripReading })[]> {
  const groups = groupBounds(places).map(async ([from, to]) => {
    const first = places[from] ?? 0;
    const last = places[to - 1] ?? first;
    const pitch = to - from > 1 ? (last - first) / (to - from - 1) : baseline.height * 0.7;
    // Half way to the neighbouring digit where there is one close by.
    const left = Math.max(first - pitch * 0.9, from > 0 ? (first + (places[from - 1] ?? 0)) / 2 : 0);
    const right = Math.min(
      last + pitch * 0.9,
      to < places.length ? (last + (places[to] ?? 0)) / 2 : view.width,
    );
    return {
      strip: await readStrip(reader, cutBand(view, baseline, left, right, GROUP_HEIGHT)),
      from,
      to,
    };
  });
  return Promise.all(groups);
}

async function readRows(
  reader: ViewReader,
  view: Raster,
  context: CardContext,
): Promise<FoundNumber | undefined> {
  const rows = findNumberRows(view, context.boxes);
  const found = rows && (await readNumber(reader, rows.picture, rows.line, { ...context, boxes: [] }));
  return found && { ...found, baseline: rows.block };
}

/** `dates` tells whether the slash is read too; else it counts as blank. */
export async function readStrip(reader: ViewReader, strip: Raster, dates = false): Promise<StripReading> {
  const { text, digits } = await recogniseStrip(reader.models, strip);
  return { digits: digitsOfHead(digits, dates), text: digitsOfText(text, reader.classes, dates) };
}

/** Where the number may stand, as shares of the height; portrait cards are freer. */
const SCAN_LANDSCAPE = { from: 0.47, to: 0.7, step: 0.045, height: 0.11 } as const;
const SCAN_PORTRAIT = { from: 0.3, to: 0.75, step: 0.035, height: 0.06 } as const;

/** The detector did not see the number (gold on gold): bands are read blindly, the two best with care. */
async function scanBands(
  reader: ViewReader,
  view: Raster,
  context: CardContext,
): Promise<FoundNumber | undefined> {
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
    bands.push({
      baseline,
      score: decodeNumber(crossChecksOf(strip), reader.bins)?.score ?? -Infinity,
    });
  }
  bands.sort((a, b) => b.score - a.score);
  let best: FoundNumber | undefined;
  for (const { baseline, score } of bands.slice(0, 2)) {
    if (score > -Infinity) best = better(best, await readNumber(reader, view, baseline, context));
  }
  return best;
}
