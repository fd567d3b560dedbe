/** Which line of a card's text is the number, and the strips of the picture that are read for it. */
import type { Point } from '../../../shared/recognition';
import type { TextLineOnView } from '../fields/dated-text';
import { rectangleCorners, type Quad } from '../picture/geometry';
import { warpQuad, type Raster } from '../picture/raster';
import type { TextBox } from './text-detection';
import { STRIP_HEIGHT, type ReadText } from './text-recognition';

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

/** The middle line of a row of text on an upright picture: y = centreY + slope * (x - centreX). */
export interface Baseline {
  readonly centreX: number;
  readonly centreY: number;
  readonly slope: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
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

/** Where the pieces of a line stand, for who reads dates and labels in it. */
export function lineOnView({ boxes, text }: TextLine): TextLineOnView {
  const pieces = boxes.map(({ box, reading }) => ({
    length: reading.text.length,
    left: box.centre.x - box.width / 2,
    right: box.centre.x + box.width / 2,
    centreY: box.centre.y,
    height: box.height,
  }));
  return { text, pieces };
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

const DIGIT = /[0-9OoIlSBbZ]/;
const FEWEST_DIGITS = 8;

/** Lines that may be the number, likeliest first: most digits, least else. */
export function numberLines(lines: readonly TextLine[]): TextLine[] {
  return lines
    .map((line) => ({ line, worth: Math.max(digitWorth(line.text), digitWorth(line.digits)) }))
    .filter(({ worth }) => worth >= FEWEST_DIGITS)
    .sort((a, b) => b.worth - a.worth)
    .map(({ line }) => line);
}

function digitWorth(text: string): number {
  const characters = [...text.replace(/\s/g, '')];
  const digits = characters.filter((character) => /[0-9]/.test(character)).length;
  const alike = characters.filter((character) => DIGIT.test(character)).length - digits;
  const others = characters.length - digits - alike;
  const date = (text.match(/\d\s?\/\s?\d/g) ?? []).length;
  return Math.min(19, digits + 0.5 * alike) - 0.7 * others - 4 * date;
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

/** The corners of the band of the picture along a baseline between two columns. */
export function bandQuad(baseline: Baseline, from: number, to: number, heightFactor: number): Quad {
  const half = (baseline.height * heightFactor) / 2;
  const yAt = (x: number): number => baseline.centreY + baseline.slope * (x - baseline.centreX);
  const corner = (x: number, dy: number): Point => ({ x, y: yAt(x) + dy });
  return [corner(from, -half), corner(to, -half), corner(to, half), corner(from, half)];
}

/** A strip of the recogniser's height out of the picture. */
export function cutBand(
  raster: Raster,
  baseline: Baseline,
  from: number,
  to: number,
  heightFactor: number,
): Raster {
  const quad = bandQuad(baseline, from, to, heightFactor);
  const width = Math.max(32, Math.round(((to - from) * STRIP_HEIGHT) / (baseline.height * heightFactor)));
  return warpQuad(raster, quad, width, STRIP_HEIGHT);
}

export function cutBox(raster: Raster, box: TextBox): Raster {
  const width = Math.max(16, Math.round((box.width * STRIP_HEIGHT) / box.height));
  return warpQuad(raster, rectangleCorners(box), width, STRIP_HEIGHT);
}
