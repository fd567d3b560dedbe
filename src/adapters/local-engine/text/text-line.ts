/** Lines of text on an upright picture of a card: which boxes stand beside each other, and where each character is. */
import type { Baseline } from './strips';
import type { TextBox } from './text-detection';
import type { ReadText } from './text-recognition';

/** A stretch of text on an upright view, in pixels. */
export interface Span {
  readonly left: number;
  readonly right: number;
  readonly centreY: number;
  readonly height: number;
}

/** A line of text; its runs are those of `text` between single spaces, each with its characters spread evenly. */
export interface TextLineOnView {
  readonly text: string;
  readonly runs: readonly (Span & { readonly length: number })[];
}

/** A box of the detector and what the two heads read in it. */
export interface ReadBox {
  readonly box: TextBox;
  readonly reading: ReadText;
  /** Digits and slashes that the head for digits sees in it. */
  readonly digits: string;
}

/** Boxes that stand beside each other, from left to right. */
export interface TextLine {
  readonly boxes: readonly ReadBox[];
  readonly text: string;
  /** The same line by the head for digits. */
  readonly digits: string;
}

/** Joins the boxes of an upright picture to lines: about the same height, middles less than half a height apart. */
export function groupLines(boxes: readonly ReadBox[]): TextLine[] {
  const remaining = [...boxes].sort((a, b) => a.box.centre.x - b.box.centre.x);
  const lines: ReadBox[][] = [];
  for (const next of remaining) {
    const line = lines.find((candidate) => joins(candidate.at(-1), next));
    if (line) line.push(next);
    else lines.push([next]);
  }
  return lines.map((line) => ({
    boxes: line,
    text: line.map(({ reading }) => reading.text).join(' '),
    digits: line.map(({ digits }) => digits).join(' '),
  }));
}

/** Where the runs of a line stand, for who reads dates and labels in it. */
export function lineOnView({ boxes, text }: TextLine): TextLineOnView {
  const runs = boxes.map(({ box, reading }) => ({
    length: reading.text.length,
    left: box.centre.x - box.width / 2,
    right: box.centre.x + box.width / 2,
    centreY: box.centre.y,
    height: box.height,
  }));
  return { text, runs };
}

function joins(last: ReadBox | undefined, next: ReadBox): boolean {
  if (!last) return false;
  const a = last.box;
  const b = next.box;
  const smaller = Math.min(a.height, b.height);
  if (Math.max(a.height, b.height) > 1.8 * smaller) return false;
  if (b.centre.x - b.width / 2 < a.centre.x + a.width / 4) return false;
  const slope = Math.tan(a.width > b.width ? a.angle : b.angle);
  const expected = a.centre.y + slope * (b.centre.x - a.centre.x);
  return Math.abs(b.centre.y - expected) < 0.5 * smaller;
}

/** A line through the boxes' middles, each with the weight of its width. */
export function baselineOf(line: TextLine): Baseline {
  let weight = 0;
  let sumX = 0;
  let sumY = 0;
  let sumHeight = 0;
  for (const { box } of line.boxes) {
    weight += box.width;
    sumX += box.width * box.centre.x;
    sumY += box.width * box.centre.y;
    sumHeight += box.width * box.height;
  }
  const centreX = sumX / weight;
  const centreY = sumY / weight;
  let xx = 0;
  let xy = 0;
  for (const { box } of line.boxes) {
    const dx = box.centre.x - centreX;
    // A box knows its own slope too: counts like a second sample at half its width.
    xx += box.width * (dx * dx + (box.width * box.width) / 12);
    xy += box.width * (dx * (box.centre.y - centreY) + (Math.tan(box.angle) * box.width * box.width) / 12);
  }
  return {
    centreX,
    centreY,
    slope: xx === 0 ? 0 : xy / xx,
    height: sumHeight / weight,
    left: Math.min(...line.boxes.map(({ box }) => box.centre.x - box.width / 2)),
    right: Math.max(...line.boxes.map(({ box }) => box.centre.x + box.width / 2)),
  };
}

/** Where the characters from `from` up to `to` stand. */
export function spanOf({ runs }: TextLineOnView, from: number, to: number): Span {
  const spans: Span[] = [];
  let start = 0;
  for (const { length, left, right, centreY, height } of runs) {
    const [first, last] = [Math.max(from, start), Math.min(to, start + length)];
    if (first < last) {
      const at = (index: number): number => left + ((right - left) * (index - start)) / length;
      spans.push({ left: at(first), right: at(last), centreY, height });
    }
    start += length + 1;
  }
  const mean = (of: (span: Span) => number): number =>
    spans.reduce((sum, span) => sum + of(span), 0) / Math.max(1, spans.length);
  return {
    left: Math.min(...spans.map(({ left }) => left)),
    right: Math.max(...spans.map(({ right }) => right)),
    centreY: mean(({ centreY }) => centreY),
    height: mean(({ height }) => height),
  };
}
