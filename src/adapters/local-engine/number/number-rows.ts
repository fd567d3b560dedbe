/**
 * Numbers that stand in four rows of four digits, as on some portrait cards. The rows are laid end to end on a picture
 * of their own, which is then read like any other line.
 */
import type { Baseline } from '../text/strips';
import type { ReadBox } from '../text/text-line';
import { warpQuad, type Raster } from '../picture/raster';
import type { TextBox } from '../text/text-detection';

const ROWS = 4;
/** Differences that rows of one number may have, as shares of the height of a row. */
const MOST_INDENT = 0.6;
const MOST_UNEVENNESS = 0.35;
/** From one row to the next, in heights of a row. */
const NEAREST = 0.85;
const FARTHEST = 2.4;
/** Height of a row on the picture of rows, and the room between two, in pixels. */
const ROW_HEIGHT = 64;
const GAP = 26;
/** Room around each row as a factor of its box. */
const ROOM = 1.12;

export interface NumberRows {
  readonly picture: Raster;
  /** Where the one line of all digits stands on `picture`. */
  readonly line: Baseline;
  /** The block of rows on the view it was taken from. */
  readonly block: Baseline;
}

/** Undefined when no four rows of four digits stand below each other. */
export function findNumberRows(view: Raster, boxes: readonly ReadBox[]): NumberRows | undefined {
  const rows = findRows(boxes);
  return rows && { ...layEndToEnd(view, rows), block: blockOf(rows) };
}

function findRows(boxes: readonly ReadBox[]): TextBox[] | undefined {
  const likely = boxes
    .filter(({ reading }) => isRow(reading.text))
    .map(({ box }) => box)
    .sort((a, b) => a.centre.y - b.centre.y);
  for (const first of likely) {
    const rows = [first];
    for (const next of likely) if (rows.length < ROWS && follows(rows, next)) rows.push(next);
    if (rows.length === ROWS) return rows;
  }
  return undefined;
}

/** Three of four digits will do: look-alikes are settled by the whole number. */
function isRow(text: string): boolean {
  const characters = text.replace(/\s/g, '');
  return characters.length >= 3 && characters.length <= 5 && characters.replace(/\D/g, '').length >= 3;
}

function follows(rows: readonly TextBox[], next: TextBox): boolean {
  const last = rows.at(-1);
  if (!last || next.centre.y <= last.centre.y) return false;
  const { height } = last;
  const step = next.centre.y - last.centre.y;
  const before = rows.at(-2);
  const usualStep = before ? last.centre.y - before.centre.y : step;
  return (
    Math.abs(next.height - height) < MOST_UNEVENNESS * height &&
    Math.abs(next.centre.x - next.width / 2 - last.centre.x + last.width / 2) < MOST_INDENT * height &&
    step > NEAREST * height &&
    step < FARTHEST * height &&
    Math.abs(step - usualStep) < MOST_UNEVENNESS * height
  );
}

function layEndToEnd(view: Raster, rows: readonly TextBox[]): { picture: Raster; line: Baseline } {
  const height = Math.max(...rows.map((row) => row.height)) * ROOM;
  const widest = Math.max(...rows.map((row) => row.width)) + height * (ROOM - 1);
  const rowWidth = Math.round((widest * ROW_HEIGHT) / height);
  const width = ROWS * rowWidth + (ROWS - 1) * GAP + 2 * GAP;
  const tall = ROW_HEIGHT * 2;
  const data = new Uint8Array(width * tall * 3);
  const scale = height / ROW_HEIGHT;
  rows.forEach((row, index) => {
    const own = cutRow(view, row, (rowWidth + GAP) * scale, tall * scale, rowWidth + GAP, tall);
    const from = GAP / 2 + index * (rowWidth + GAP);
    for (let y = 0; y < tall; y++) {
      data.set(own.data.subarray(y * own.width * 3, (y + 1) * own.width * 3), (y * width + from) * 3);
    }
  });
  fillMargins(data, width, tall, GAP / 2);
  const line: Baseline = {
    centreX: width / 2,
    centreY: tall / 2,
    slope: 0,
    height: ROW_HEIGHT,
    left: GAP,
    right: width - GAP,
  };
  return { picture: { width, height: tall, data }, line };
}

/** What lies around the middle of a row on the view, along the row. */
function cutRow(
  view: Raster,
  row: TextBox,
  across: number,
  down: number,
  width: number,
  height: number,
): Raster {
  const cos = Math.cos(row.angle) / 2;
  const sin = Math.sin(row.angle) / 2;
  const corner = (x: number, y: number): { x: number; y: number } => ({
    x: row.centre.x + x * across * cos - y * down * sin,
    y: row.centre.y + x * across * sin + y * down * cos,
  });
  return warpQuad(view, [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)], width, height);
}

/** The outermost columns go on with the colour of their neighbours: a hard edge reads like a digit. */
function fillMargins(data: Uint8Array, width: number, height: number, margin: number): void {
  for (let y = 0; y < height; y++) {
    const row = y * width * 3;
    const first = data.slice(row + margin * 3, row + margin * 3 + 3);
    const last = data.slice(row + (width - margin - 1) * 3, row + (width - margin) * 3);
    for (let x = 0; x < margin; x++) {
      data.set(first, row + x * 3);
      data.set(last, row + (width - 1 - x) * 3);
    }
  }
}

function blockOf(rows: readonly TextBox[]): Baseline {
  const top = Math.min(...rows.map((row) => row.centre.y - row.height / 2));
  const bottom = Math.max(...rows.map((row) => row.centre.y + row.height / 2));
  const left = Math.min(...rows.map((row) => row.centre.x - row.width / 2));
  const right = Math.max(...rows.map((row) => row.centre.x + row.width / 2));
  return {
    centreX: (left + right) / 2,
    centreY: (top + bottom) / 2,
    slope: 0,
    height: bottom - top,
    left,
    right,
  };
}
