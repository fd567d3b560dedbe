/**
 * -9114: the card was photographed from a screen. The screen's grid of pixels, and its beat with the sensor's, lies
 * over the whole picture - over the card and over what is around it alike. A card's own print may be periodic, and so
 * may a table, but not both with the very same wave. Looking for recaptures by peaks in the spectrum is the way of
 * Muammar and Dragotti, "An investigation into aliasing in images recaptured from an LCD monitor using a digital
 * camera" (ICASSP 2013); asking for the peak on and off the card is ours, for the sake of few false warnings.
 */
import { insideQuad, type Quad } from '../geometry';
import type { Raster } from '../raster';
import { logSpectra, WINDOW, type Plane } from './spectrum';

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
/** The neighbourhood a peak is held against: a ring of these radii, of whose 120 values a fifth may be higher. */
const RING_FROM = 4;
const RING_TO = 6;
const RING_HIGHER = 24;

/** `quad` is the card's outline on the photograph. Without enough surroundings there is nothing to compare. */
export function isFromScreen(photograph: Raster, quad: Quad): boolean {
  const planes = planesOf(photograph);
  const around = meanSpectra(planes, (x, y) => isAround(quad, x, y));
  const onCard = around && meanSpectra(planes, (x, y) => isOnCard(quad, x, y));
  if (!around || !onCard) return false;
  return [0, 1].some((plane) => haveCommonWave(around[plane], onCard[plane]));
}

/** Brightness, and what red and blue have over green: the colour fringes of sub-pixels show in the latter. */
function planesOf({ width, height, data }: Raster): [Plane, Plane] {
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

/** Whether the very same wave stands out of both spectra. */
function haveCommonWave(around: Float32Array | undefined, onCard: Float32Array | undefined): boolean {
  if (!around || !onCard) return false;
  for (let v = -WINDOW / 2; v < WINDOW / 2; v++) {
    for (let u = 0; u <= WINDOW / 2; u++) {
      if (Math.hypot(u, v) < COARSEST || (isOfBlocks(u) && isOfBlocks(v))) continue;
      if (isPeak(around, u, v) && standsOut(around, u, v) && standsOut(onCard, u, v)) return true;
    }
  }
  return false;
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

/** Means of the log spectra of windows that fit, evenly chosen, a plane each; undefined when too few do. */
function meanSpectra(
  [first, second]: readonly [Plane, Plane],
  fits: (x: number, y: number) => boolean,
): Float32Array[] | undefined {
  const places: (readonly [x: number, y: number])[] = [];
  const step = WINDOW / 4;
  for (let y = 0; y + WINDOW <= first.height; y += step) {
    for (let x = 0; x + WINDOW <= first.width; x += step) if (fits(x, y)) places.push([x, y]);
  }
  if (places.length < LEAST_WINDOWS) return undefined;
  const every = Math.max(1, places.length / MOST_WINDOWS);
  const sums = [new Float32Array(WINDOW * WINDOW), new Float32Array(WINDOW * WINDOW)];
  let count = 0;
  for (let at = 0; at < places.length; at += every, count++) {
    const [x, y] = places[Math.floor(at)] ?? [0, 0];
    logSpectra(first, second, x, y).forEach((spectrum, plane) => {
      const sum = sums[plane] as Float32Array;
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (spectrum[i] as number);
    });
  }
  return sums.map((sum) => sum.map((value) => value / count));
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

/** Whether the strongest within the tolerance is far above its wider neighbourhood, but for a few values there. */
function standsOut(spectrum: Float32Array, u: number, v: number): boolean {
  let here = -Infinity;
  for (let dv = -TOLERANCE; dv <= TOLERANCE; dv++) {
    for (let du = -TOLERANCE; du <= TOLERANCE; du++) here = Math.max(here, at(spectrum, u + du, v + dv));
  }
  const low = here - LEAST_PROMINENCE;
  let higher = 0;
  for (let dv = -RING_TO; dv <= RING_TO; dv++) {
    for (let du = -RING_TO; du <= RING_TO; du++) {
      if (Math.max(Math.abs(du), Math.abs(dv)) < RING_FROM || at(spectrum, u + du, v + dv) <= low) continue;
      if (++higher >= RING_HIGHER) return false;
    }
  }
  return true;
}
