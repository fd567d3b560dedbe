/**
 * A second look for the expiry date: embossed dates are small and the detector often cuts them badly. The card below
 * the number is read again, as digits and slash only.
 */
import { readStrip, type ViewReader, type ViewReading } from './card-view';
import { searchDigits } from './ctc-digits';
import { cutBand, type Baseline, type ReadBox } from './number-line';
import type { Raster } from './raster';

const BEAM_WIDTH = 24;
/** Dates are looked for in this many of a strip's likeliest readings. */
const READINGS = 4;
/** Two dates may stand beside each other, with the holder's number. */
const LONGEST = 24;
const DATE = /(?<![\d/])\d{2}\/(?:20)?\d{2}(?![\d/])/;

/** Readings that hold a date, likeliest strip first; empty when there is none. */
export async function lookForDates(
  reader: ViewReader,
  view: Raster,
  reading: ViewReading,
): Promise<string[]> {
  const number = reading.found?.baseline;
  if (!number) return [];
  const boxes = reading.lines.flatMap((line) => line.boxes);
  const found: string[] = [];
  for (const { baseline, from, to } of [...besideLabels(boxes, number), ...bandsBelow(view, number)]) {
    const { head, text } = await readStrip(reader, cutBand(view, baseline, from, to, 1), true);
    const dated = [head, text]
      .flatMap((strip) => searchDigits(strip, BEAM_WIDTH, LONGEST).slice(0, READINGS))
      .find(([reading]) => DATE.test(reading));
    if (dated) found.push(dated[0]);
    if (found.length >= 2) break;
  }
  return found;
}

interface Place {
  readonly baseline: Baseline;
  readonly from: number;
  readonly to: number;
}

/** Boxes below the number that hold a digit or two and are as high as a date. */
function besideLabels(boxes: readonly ReadBox[], number: Baseline): Place[] {
  return boxes
    .filter(({ box, reading }) => {
      const below = box.centre.y - number.centreY;
      const aDate = /\d.*\d/.test(reading.text) || /\d[^\d\s]{0,2}\d?\//.test(reading.text);
      return aDate && below > 0.5 * number.height && below < 5 * number.height && box.width < 9 * box.height;
    })
    .flatMap(({ box }) => [1, 1.25].map((grow) => placeOf(box, grow)));
}

function placeOf(box: ReadBox['box'], grow: number): Place {
  const half = box.width / 2 + box.height * 0.25;
  const baseline: Baseline = {
    centreX: box.centre.x,
    centreY: box.centre.y,
    slope: Math.tan(box.angle),
    height: box.height * grow,
    left: box.centre.x - half,
    right: box.centre.x + half,
  };
  return { baseline, from: baseline.left, to: baseline.right };
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
