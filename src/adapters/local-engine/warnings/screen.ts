/**
 * -9114: the card was photographed from a screen. The screen's grid of pixels, or its fold at the sensor's own, lies
 * over the whole picture - over the card and over what is around it alike. A card's own print may be periodic, and so
 * may a table, but not both with the very same wave. Looking for recaptures by peaks in the spectrum is the way of
 * Muammar and Dragotti, "An investigation into aliasing in images recaptured from an LCD monitor using a digital
 * camera" (ICASSP 2013); asking for the peak on and off the card is ours, for the sake of few false warnings.
 *
 * A screen is never quite square to the camera, so that its wave is a little shorter on one side of the picture than on
 * the other. Small windows are therefore searched for one wave under perspective, as a Hough transform does for a line:
 * each place of a coarse net of perspectives is tried, and what the windows show where the wave should be is added up.
 * Only brightness is looked at: JPEG keeps colour at half the size, where fine waves are gone.
 */
import { insideQuad, type Quad } from '../picture/geometry';
import { toGrey, type Raster } from '../picture/raster';
import { logSpectra, WINDOW, type Place, type Plane } from './spectrum';

/**
 * How far the wave stands out of its neighbourhood: natural logarithm of power over power, mean of the windows. Of 418
 * generated cards with even seeds all 355 others have less than 1.3; of 57 screens with surroundings 54 have over 1.7.
 */
const LEAST_PROMINENCE = 1.6;
/** Cycles a window. Coarser waves cannot be told from plain shapes. */
const COARSEST = 7;
/** JPEG works in blocks of 8 pixels of the picture as given. */
const BLOCK = 8;
const MOST_WINDOWS = 24;
const LEAST_WINDOWS = 4;
/** Mean brightness of a window in which a wave can show: a screen's black rim has none, nor has what is burnt out. */
const DARKEST = 40;
const BRIGHTEST = 248;
/** What one window may add or take: a wave must be in many of them. */
const MOST_OF_ONE = 4;
const LEAST_OF_ONE = -1.5;
/** How much shorter waves get over a picture's width by perspective, as a share. */
const PERSPECTIVES = [-0.12, -0.08, -0.04, 0, 0.04, 0.08, 0.12] as const;
/** Perspective moves a peak from window to window; it is first looked for in this surrounding, in cycles a window. */
const STRAY = 2;
/** The likeliest frequencies are tried in all perspectives; some 25 of them lie around each wave. */
const MOST_TRIED = 60;
/** Where the neighbourhood of a wave begins and ends, in cycles a window. */
const NEAR = 3;
const FAR = 6;
/** A wave is a dot of the spectrum; edges, text and grain are lines through it, of one of these directions. */
const DIRECTIONS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [1, -1],
  [2, 1],
  [1, 2],
  [2, -1],
  [1, -2],
] as const;
const ALONG = [-5, -4, 4, 5] as const;

/**
 * `quad` is the card's outline on the photograph, `scale` the pixels of the picture as given per pixel of it. Without
 * enough surroundings there is nothing to compare.
 */
export function isFromScreen(photograph: Raster, quad: Quad, scale: number): boolean {
  const { width, height } = photograph;
  const plane = { width, height, data: toGrey(photograph) };
  const around = windowsOf(plane, scale, (point) => !insideQuad(quad, point, 4));
  const onCard = around && windowsOf(plane, scale, (point) => insideQuad(quad, point));
  if (!around || !onCard) return false;
  return likelyWaves(around, onCard).some((wave) =>
    PERSPECTIVES.some((x) =>
      PERSPECTIVES.some((y) => {
        const bent = { ...wave, x, y };
        return standsOut(around, bent) && standsOut(onCard, bent);
      }),
    ),
  );
}

interface Window {
  /** Its middle, from the picture's middle, in widths of the picture. */
  readonly x: number;
  readonly y: number;
  /** What each frequency has over its neighbourhood, as `logSpectra` orders them. */
  readonly over: Float32Array;
  /** The same with nothing where the waves of JPEG's blocks are. */
  readonly besideBlocks: Float32Array;
}

/** Windows whose corners, sides' middles and middle fit, evenly chosen; undefined when there are too few. */
function windowsOf(plane: Plane, scale: number, fits: (point: Place) => boolean): Window[] | undefined {
  // Neighbouring windows overlap by half, so that they share these points.
  const half = WINDOW / 2;
  const columns = Math.floor(plane.width / half) + 1;
  const rows = Math.floor(plane.height / half) + 1;
  const fitting = Array.from({ length: columns * rows }, (_none, at) =>
    fits({ x: (at % columns) * half, y: Math.floor(at / columns) * half }),
  );
  const offsets = [0, 1, 2].flatMap((down) => [0, 1, 2].map((across) => down * columns + across));
  const places: Place[] = [];
  for (let row = 0; row + 2 < rows; row++) {
    for (let column = 0; column + 2 < columns; column++) {
      const place = { x: column * half, y: row * half };
      const fit = offsets.every((offset) => fitting[row * columns + column + offset]);
      if (fit && isLit(plane, place)) places.push(place);
    }
  }
  if (places.length < LEAST_WINDOWS) return undefined;
  const every = Math.max(1, places.length / MOST_WINDOWS);
  const chosen = places.filter((_place, at) => Math.floor(at / every) !== Math.floor((at - 1) / every));
  const windows: Window[] = [];
  for (let at = 0; at < chosen.length; at += 2) {
    const pair = chosen.slice(at, at + 2);
    const [first, second = first] = pair;
    if (!first || !second) break;
    const spectra = logSpectra(plane, first, second);
    pair.forEach(({ x, y }, of) => {
      windows.push({
        x: (x + WINDOW / 2) / plane.width - 0.5,
        y: (y + WINDOW / 2 - plane.height / 2) / plane.width,
        ...overNeighbourhood(spectra[of] as Float32Array, scale),
      });
    });
  }
  return windows;
}

function isLit({ width, data }: Plane, { x: left, y: top }: Place): boolean {
  let sum = 0;
  for (let y = 0; y < WINDOW; y += 4) {
    for (let x = 0; x < WINDOW; x += 4) sum += data[(top + y) * width + left + x] as number;
  }
  const mean = sum / (WINDOW / 4) ** 2;
  return mean >= DARKEST && mean <= BRIGHTEST;
}

/** Each value less the mean of a square ring around it. */
function overNeighbourhood(spectrum: Float32Array, scale: number): Pick<Window, 'over' | 'besideBlocks'> {
  const wide = boxSums(spectrum, FAR);
  const narrow = boxSums(spectrum, NEAR);
  const count = (2 * FAR + 1) ** 2 - (2 * NEAR + 1) ** 2;
  const over = spectrum.map((value, at) => {
    const above = value - ((wide[at] as number) - (narrow[at] as number)) / count;
    return Math.max(LEAST_OF_ONE, Math.min(MOST_OF_ONE, above));
  });
  const ofBlocks = Array.from({ length: WINDOW }, (_none, at) => isOfBlocks(signed(at), scale));
  const besideBlocks = over.map((value, at) =>
    ofBlocks[at % WINDOW] && ofBlocks[Math.floor(at / WINDOW)] ? 0 : value,
  );
  return { over, besideBlocks };
}

function signed(at: number): number {
  return at > WINDOW / 2 ? at - WINDOW : at;
}

function isOfBlocks(cycles: number, scale: number): boolean {
  const apart = (WINDOW / BLOCK) * scale;
  const away = ((cycles % apart) + apart) % apart;
  return away <= 1 || away >= apart - 1;
}

/** Sums over squares that reach so far to each side; the spectrum goes on where it ends. */
function boxSums(values: Float32Array, reach: number): Float32Array {
  return lineSums(lineSums(values, reach, 1, WINDOW), reach, WINDOW, 1);
}

/** Sums along lines whose values lie `stride` apart; the next line begins `next` further on. */
function lineSums(values: Float32Array, reach: number, stride: number, next: number): Float32Array {
  const sums = new Float32Array(values.length);
  for (let line = 0; line < WINDOW; line++) {
    const start = line * next;
    let sum = 0;
    for (let k = -reach; k <= reach; k++) sum += values[start + wrapped(k) * stride] as number;
    for (let k = 0; k < WINDOW; k++) {
      sums[start + k * stride] = sum;
      sum += values[start + wrapped(k + reach + 1) * stride] as number;
      sum -= values[start + wrapped(k - reach) * stride] as number;
    }
  }
  return sums;
}

/** WINDOW is a power of two. */
function wrapped(cycles: number): number {
  return cycles & (WINDOW - 1);
}

interface Wave {
  /** Cycles a window in the middle of the picture. */
  readonly u: number;
  readonly v: number;
}

interface BentWave extends Wave {
  /** See PERSPECTIVES. */
  readonly x: number;
  readonly y: number;
}

/** Those near which the most windows, on the card and around it, show something, likeliest first. */
function likelyWaves(around: readonly Window[], onCard: readonly Window[]): Wave[] {
  const off = meanOfHighest(around);
  const on = meanOfHighest(onCard);
  const waves: (Wave & { readonly likely: number })[] = [];
  for (let v = -WINDOW / 2; v < WINDOW / 2; v++) {
    for (let u = 0; u <= WINDOW / 2; u++) {
      if (Math.hypot(u, v) < COARSEST) continue;
      const at = wrapped(v) * WINDOW + u;
      const likely = Math.min(off[at] as number, on[at] as number);
      if (likely >= LEAST_PROMINENCE) waves.push({ u, v, likely });
    }
  }
  return waves.sort((a, b) => b.likely - a.likely).slice(0, MOST_TRIED);
}

/** Mean over the windows of the highest value within STRAY of each frequency. */
function meanOfHighest(windows: readonly Window[]): Float32Array {
  const sums = new Float32Array(WINDOW * WINDOW);
  const acrossOnly = new Float32Array(WINDOW * WINDOW);
  for (const { besideBlocks } of windows) {
    for (let at = 0; at < besideBlocks.length; at++) {
      const row = at - (at % WINDOW);
      let highest = LEAST_OF_ONE;
      for (let d = -STRAY; d <= STRAY; d++) {
        const value = besideBlocks[row + wrapped(at + d)] as number;
        if (value > highest) highest = value;
      }
      acrossOnly[at] = highest;
    }
    for (let at = 0; at < besideBlocks.length; at++) {
      let highest = LEAST_OF_ONE;
      for (let d = -STRAY; d <= STRAY; d++) {
        const value = acrossOnly[(at + d * WINDOW) & (WINDOW * WINDOW - 1)] as number;
        if (value > highest) highest = value;
      }
      sums[at] = (sums[at] as number) + highest / windows.length;
    }
  }
  return sums;
}

/** What the windows show where the wave should be: the first terms of a grid's frequency under perspective. */
function meanAt(windows: readonly Window[], { u, v, x, y }: BentWave, of: 'over' | 'besideBlocks'): number {
  let sum = 0;
  for (const window of windows) {
    const nearer = x * window.x + y * window.y;
    const phase = u * window.x + v * window.y;
    const across = Math.round(u - u * nearer - x * phase);
    const down = Math.round(v - v * nearer - y * phase);
    sum += window[of][wrapped(down) * WINDOW + wrapped(across)] as number;
  }
  return sum / windows.length;
}

/** Whether it is far above its neighbourhood and above any line that runs through it. */
function standsOut(windows: readonly Window[], wave: BentWave): boolean {
  const height = meanAt(windows, wave, 'besideBlocks');
  if (height < LEAST_PROMINENCE) return false;
  return DIRECTIONS.every(([across, down]) => {
    const length = Math.hypot(across, down);
    let sum = 0;
    for (const away of ALONG) {
      const u = wave.u + (across * away) / length;
      const v = wave.v + (down * away) / length;
      sum += meanAt(windows, { ...wave, u, v }, 'over');
    }
    return height - sum / ALONG.length >= LEAST_PROMINENCE;
  });
}
