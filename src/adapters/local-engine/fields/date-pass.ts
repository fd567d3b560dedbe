/**
 * A second look for the expiry date: embossed dates are small, and the detector often cuts them badly or misses them.
 * Places where a date may stand are read again, as digits and slash only: boxes that look like one, what stands beside
 * the words "valid thru", and bands below the number.
 */
import { readStrip, type ViewReader, type ViewReading } from './card-view';
import { alignDigits, logProbability, searchDigits, type DigitColumns } from '../number/ctc-digits';
import { HEAD_WEIGHTS, type StripReading } from '../number/heads';
import { datesIn, namesExpiry } from './dated-text';
import { isPossible } from './expiry';
import { cutBand, type Baseline } from '../text/strips';
import type { ReadBox, TextLineOnView } from '../text/text-line';
import type { Raster } from '../picture/raster';

const BEAM_WIDTH = 24;
/** Dates are looked for in this many of a strip's likeliest readings. */
const READINGS = 2;
/** Two dates may stand beside each other, with the holder's number. */
const LONGEST = 24;
const DATE = /(?<![\d/])\d{2}\/(?:20)?\d{2}(?![\d/])/;
/** Dates enough to choose from. */
const MOST_DATES = 2;

/**
 * Readings that hold a date, likeliest strip first; empty when there is none. Where no date is `expected`, only one
 * that is told by a box or a label and is much likelier than any other: a wrong date is worse than none.
 */
export async function lookForDates(
  reader: ViewReader,
  view: Raster,
  reading: ViewReading,
  now: Date,
  expected: boolean,
): Promise<TextLineOnView[]> {
  const number = reading.found?.baseline;
  if (!number) return [];
  const boxes = reading.lines.flatMap((line) => line.boxes).filter(({ box }) => isBelow(box, number));
  const read = (places: readonly Place[], how: How) => readPlaces(reader, view, places, how, now);
  // Later places are for what the earlier ones did not show.
  for (const places of [datesBoxes(boxes), besideLabels(boxes)]) {
    const found = await read(places, expected ? 'likely' : 'surely');
    if (found.length > 0) return found;
  }
  return expected ? read(bandsBelow(view, number), 'blindly') : [];
}

/**
 * likely: a date fills the place. surely: one may stand there, if no other is nearly as likely. blindly: a band is wide
 * and full of other things, in which the head for digits sees digits too.
 */
type How = 'likely' | 'surely' | 'blindly';

async function readPlaces(
  reader: ViewReader,
  view: Raster,
  places: readonly Place[],
  how: How,
  now: Date,
): Promise<TextLineOnView[]> {
  const found: TextLineOnView[] = [];
  for (const place of places) {
    const { baseline, from, to } = place;
    if (to - from < baseline.height) continue;
    const strip = await readStrip(reader, cutBand(view, baseline, from, to, 1), true);
    const dated = dateOn(strip, how, now);
    if (dated) found.push(lineOf(dated, how === 'blindly' ? strip.text : strip.digits, place));
    if (found.length >= MOST_DATES) break;
  }
  return found;
}

/** What was read of a place, where its first and last characters stand. */
function lineOf(text: string, strip: DigitColumns, { baseline, from, to }: Place): TextLineOnView {
  const at = alignDigits(strip, text).map(({ position }) => from + position * (to - from));
  const [first = from, last = to] = [at[0], at.at(-1)];
  const half = (last - first) / Math.max(1, text.length - 1) / 2;
  const centreY = baseline.centreY + baseline.slope * ((first + last) / 2 - baseline.centreX);
  const { height } = baseline;
  return { text, runs: [{ length: text.length, left: first - half, right: last + half, centreY, height }] };
}

function dateOn(strip: StripReading, how: How, now: Date): string | undefined {
  if (how === 'surely') return likeliestDate(strip, now);
  const read = datesRead(how === 'likely' ? [strip.digits, strip.text] : [strip.text]);
  return (
    read.find((reading) => holdsPossible(reading, now)) ??
    (how === 'likely' ? likeliestDate(strip, now) : undefined) ??
    read[0]
  );
}

function datesRead(strips: readonly DigitColumns[]): string[] {
  return strips
    .flatMap((strip) => searchDigits(strip, BEAM_WIDTH, LONGEST).slice(0, READINGS))
    .map(([reading]) => reading)
    .filter((reading) => DATE.test(reading));
}

function holdsPossible(reading: string, now: Date): boolean {
  return datesIn(reading).some(({ date }) => isPossible(date, now));
}

/** A date that is no more than a guess is none: least log-probability, and how much likelier than the next. */
const LEAST_LIKELY = -4;
const LEAST_MARGIN = 3;
const YEARS_BACK = 6;
const YEARS_AHEAD = 30;

/** Of all dates that a card may show, the one that the strip says, where the strip taken by itself says none. */
function likeliestDate(strip: StripReading, now: Date): string | undefined {
  const year = now.getFullYear() % 100;
  const dates = Array.from(
    { length: YEARS_BACK + YEARS_AHEAD + 1 },
    (_, at) => year - YEARS_BACK + at,
  ).flatMap((of) => Array.from({ length: 12 }, (_, month) => `${twoDigits(month + 1)}/${twoDigits(of)}`));
  const [best, second] = dates
    .map((date) => ({ date, score: scoreOf(strip, date) }))
    .sort((a, b) => b.score - a.score);
  if (!best || !second || best.score < LEAST_LIKELY || best.score - second.score < LEAST_MARGIN)
    return undefined;
  return best.date;
}

/** Log-probability of a date, mean of the heads by their weights. */
function scoreOf(strip: StripReading, date: string): number {
  const [digits, text] = [logProbability(strip.digits, date), logProbability(strip.text, date)];
  const { digits: digitsWeight, text: textWeight } = HEAD_WEIGHTS;
  return (digitsWeight * digits + textWeight * text) / (digitsWeight + textWeight);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

interface Place {
  readonly baseline: Baseline;
  readonly from: number;
  readonly to: number;
}

function isBelow(box: ReadBox['box'], number: Baseline): boolean {
  const below = box.centre.y - number.centreY - number.slope * (box.centre.x - number.centreX);
  return below > 0.5 * number.height && below < 5 * number.height;
}

/** Boxes with a slash or a few digits that are as long as a date. */
function datesBoxes(boxes: readonly ReadBox[]): Place[] {
  return boxes
    .filter(({ box, reading, digits }) => {
      const aDate = /\d.*\d/.test(reading.text) || /\//.test(reading.text) || /\d{2}.?\d/.test(digits);
      return aDate && box.width > 1.5 * box.height && box.width < 9 * box.height;
    })
    .flatMap(({ box }) => {
      const half = box.width / 2 + box.height * 0.25;
      return [1, 1.25].map((grow) =>
        place(box.centre.x - half, box.centre.x + half, box.centre.y, box.height * grow, Math.tan(box.angle)),
      );
    });
}

/** The date beside a label, in heights of the label: how far it reaches, and how high the strip is. */
const DATE_REACH = 10;
const DATE_HEIGHTS = [1.7, 2.3] as const;

/** Labels stand in one line or two; the date has the height of both and stands to their right. */
function besideLabels(boxes: readonly ReadBox[]): Place[] {
  return boxes
    .filter(({ reading, digits }) => namesExpiry(reading.text) && digits.length < 4)
    .flatMap(({ box }) => {
      const second = boxes.find(
        ({ box: other }) =>
          other !== box &&
          Math.abs(other.centre.x - box.centre.x) < box.width / 2 &&
          Math.abs(other.centre.y - box.centre.y) < 1.6 * box.height &&
          other.height < 1.5 * box.height,
      )?.box;
      const right = Math.max(box.centre.x + box.width / 2, second ? second.centre.x + second.width / 2 : 0);
      const centreY = second ? (box.centre.y + second.centre.y) / 2 : box.centre.y;
      return DATE_HEIGHTS.map((grow) =>
        place(right, right + DATE_REACH * box.height, centreY, box.height * grow, Math.tan(box.angle)),
      );
    });
}

function place(from: number, to: number, centreY: number, height: number, slope: number): Place {
  return { baseline: { centreX: (from + to) / 2, centreY, slope, height, left: from, right: to }, from, to };
}

/** Where dates stand as multiples of the number's height below it, and how high their bands are. */
const BANDS = [1.1, 1.45, 1.8, 2.15] as const;
const BAND_HEIGHT = 0.85;

function bandsBelow(view: Raster, number: Baseline): Place[] {
  return BANDS.map((below) => ({
    baseline: {
      ...number,
      centreY: number.centreY + below * number.height,
      height: number.height * BAND_HEIGHT,
    },
    from: view.width * 0.18,
    to: view.width * 0.72,
  })).filter(({ baseline }) => baseline.centreY + baseline.height / 2 < view.height);
}
