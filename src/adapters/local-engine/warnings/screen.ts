/**
 * -9114: the card was photographed from a screen. The screen's grid of pixels, and its beat with the sensor's, lies
 * over the whole picture - over the card and over what is around it alike. A card's own print may be periodic, and so
 * may a table, but not both with the very same wave. Looking for recaptures by peaks in the spectrum is the way of
 * Muammar and Dragotti, "An investigation into aliasing in images recaptured from an LCD monitor using a digital
 * camera" (ICASSP 2013); asking for the peak on and off the card is ours, for the sake of few false warnings.
 */
import { insideQuad, type Quad } from '../geometry';
import type { Raster } from '../raster';
import { logSpectrum, WINDOW, type Plane } from './spectrum';

/** Natural logarithm of power over power: set between the even seeds' strongest other picture and weakest re-shot one. */
const LEAST_PROMINENCE = 4;
/** Cycles a window. Coarser waves cannot be told from plain shapes. */
const COARSEST = 12;
/** JPEG works in blocks of 8 pixels: its own waves are these many cycles a window apart. */
const BLOCK_CYCLES = WINDOW / 8;
const MOST_WINDOWS = 7;
const LEAST_WINDOWS = 2;
/** A peak may fall between two frequencies and moves a little with perspective. */
const TOLERANCE = 1;
/** The neighbourhood a peak is held against: a ring of these radii, and of it this quantile. */
const RING_FROM = 4;
const RING_TO = 6;
const RING_QUANTILE = 0.8;

/** `quad` is the card's outline on the photograph. */
export function isFromScreen(photograph: Raster, quad: Quad): boolean {
  return screenProminence(photograph, quad) >= LEAST_PROMINENCE;
}

/** How far the strongest wave that runs over card and surroundings stands out; 0 when there is nothing to compare. */
function screenProminence(photograph: Raster, quad: Quad): number {
  return Math.max(...planesOf(photograph).map((plane) => commonProminence(plane, quad)));
}

/** Brightness, and what red and blue have over green: the colour fringes of sub-pixels show in the latter. */
function planesOf({ width, height, data }: Raster): Plane[] {
  const light = new Float32Array(width * height);
  const colour = new Float32Array(width * height);
  for (let at = 0; at < light.length; at++) {
    const red = data[at * 3] as number;
    const green = data[at * 3 + 1] as number;
    const blue = data[at * 3 + 2] as number;
    light[at] = red + green + blue;
    colour[at] = red + blue - 2 * green;
  }
  return [
    { width, height, data: light },
    { width, height, data: colour },
  ];
}

function commonProminence(plane: Plane, quad: Quad): number {
  const around = meanSpectrum(plane, (x, y) => isAround(quad, x, y));
  const onCard = around && meanSpectrum(plane, (x, y) => isOnCard(quad, x, y));
  if (!around || !onCard) return 0;
  let most = 0;
  for (let v = -WINDOW / 2; v < WINDOW / 2; v++) {
    for (let u = 0; u <= WINDOW / 2; u++) {
      if (Math.hypot(u, v) < COARSEST || (isOfBlocks(u) && isOfBlocks(v))) continue;
      if (!isPeak(around, u, v)) continue;
      const here = prominenceAt(around, u, v);
      if (here > most) most = Math.max(most, Math.min(here, prominenceAt(onCard, u, v)));
    }
  }
  return most;
}

function isOfBlocks(cycles: number): boolean {
  const away = ((cycles % BLOCK_CYCLES) + BLOCK_CYCLES) % BLOCK_CYCLES;
  return away <= 1 || away >= BLOCK_CYCLES - 1;
}

function windowPoints(x: number, y: number): { x: number; y: number }[] {
  const shares = [0, 0.5, 1];
  return shares.flatMap((down) => shares.map((across) => ({ x: x + across * WINDOW, y: y + down * WINDOW })));
}

function isOnCard(quad: Quad, x: number, y: number): boolean {
  return windowPoints(x, y).every((point) => insideQuad(quad, point));
}

/** Nothing of the card, nor of its edge's shadow. */
function isAround(quad: Quad, x: number, y: number): boolean {
  return windowPoints(x, y).every((point) => !insideQuad(quad, point, 4));
}

/** Mean of the log spectra of windows that fit, evenly chosen; undefined when too few do. */
function meanSpectrum(plane: Plane, fits: (x: number, y: number) => boolean): Float32Array | undefined {
  const places: (readonly [x: number, y: number])[] = [];
  const step = WINDOW / 4;
  for (let y = 0; y + WINDOW <= plane.height; y += step) {
    for (let x = 0; x + WINDOW <= plane.width; x += step) if (fits(x, y)) places.push([x, y]);
  }
  if (places.length < LEAST_WINDOWS) return undefined;
  const every = Math.max(1, places.length / MOST_WINDOWS);
  const sum = new Float32Array(WINDOW * WINDOW);
  let count = 0;
  for (let at = 0; at < places.length; at += every, count++) {
    const [x, y] = places[Math.floor(at)] ?? [0, 0];
    logSpectrum(plane, x, y).forEach((value, i) => (sum[i] = (sum[i] as number) + value));
  }
  return sum.map((value) => value / count);
}

function at(spectrum: Float32Array, u: number, v: number): number {
  return spectrum[((v + WINDOW) % WINDOW) * WINDOW + ((u + WINDOW) % WINDOW)] as number;
}

function isPeak(spectrum: Float32Array, u: number, v: number): boolean {
  const here = at(spectrum, u, v);
  return (
    here >= at(spectrum, u - 1, v) &&
    here >= at(spectrum, u + 1, v) &&
    here >= at(spectrum, u, v - 1) &&
    here >= at(spectrum, u, v + 1)
  );
}

/** The strongest within the tolerance over its wider neighbourhood. */
function prominenceAt(spectrum: Float32Array, u: number, v: number): number {
  let here = -Infinity;
  const ring: number[] = [];
  for (let dv = -RING_TO; dv <= RING_TO; dv++) {
    for (let du = -RING_TO; du <= RING_TO; du++) {
      const away = Math.max(Math.abs(du), Math.abs(dv));
      if (away <= TOLERANCE) here = Math.max(here, at(spectrum, u + du, v + dv));
      if (away >= RING_FROM) ring.push(at(spectrum, u + du, v + dv));
    }
  }
  ring.sort((a, b) => a - b);
  return here - (ring[Math.floor(ring.length * RING_QUANTILE)] as number);
}
