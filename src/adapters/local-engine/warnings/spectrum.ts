/** Power spectra of square windows of a picture, for the traces that grids leave in it. */

/** Pixels along a window's side; a power of two. */
export const WINDOW = 64;

/** One value a pixel, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A window's left upper pixel. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Added to each power: what a noise of an eighth of a grey level has. In less there is nothing to find. */
const FLOOR = 10;

const cosines = Float64Array.from({ length: WINDOW / 2 }, (_none, k) => Math.cos((2 * Math.PI * k) / WINDOW));
const sines = Float64Array.from({ length: WINDOW / 2 }, (_none, k) => -Math.sin((2 * Math.PI * k) / WINDOW));
const taper = Float64Array.from(
  { length: WINDOW },
  (_none, k) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (k + 0.5)) / WINDOW),
);

/**
 * Natural logarithm of the power at each frequency of two windows of a plane, frequency (u, v) in cycles a window at
 * [v * WINDOW + u], both counted modulo WINDOW. Only the left half (u up to WINDOW / 2) is of use: the rest mirrors it.
 * One complex transform serves both: the first window is its real part, the second its imaginary part, and the even
 * and odd halves of the result are taken apart again.
 */
export function logSpectra(plane: Plane, first: Place, second: Place): [Float32Array, Float32Array] {
  const real = tapered(plane, first);
  const imaginary = tapered(plane, second);
  for (let y = 0; y < WINDOW; y++) transform(real, imaginary, y * WINDOW, 1);
  for (let x = 0; x < WINDOW; x++) transform(real, imaginary, x, WINDOW);
  const spectra: [Float32Array, Float32Array] = [
    new Float32Array(real.length),
    new Float32Array(real.length),
  ];
  for (let v = 0; v < WINDOW; v++) {
    for (let u = 0; u < WINDOW; u++) {
      const at = v * WINDOW + u;
      const mirrored = ((WINDOW - v) % WINDOW) * WINDOW + ((WINDOW - u) % WINDOW);
      const [re, im] = [real[at] as number, imaginary[at] as number];
      const [otherRe, otherIm] = [real[mirrored] as number, imaginary[mirrored] as number];
      spectra[0][at] = Math.log(((re + otherRe) ** 2 + (im - otherIm) ** 2) / 4 + FLOOR);
      spectra[1][at] = Math.log(((im + otherIm) ** 2 + (otherRe - re) ** 2) / 4 + FLOOR);
    }
  }
  return spectra;
}

/** The window less its mean, fading out towards its sides. */
function tapered(plane: Plane, { x: left, y: top }: Place): Float64Array {
  const values = new Float64Array(WINDOW * WINDOW);
  let mean = 0;
  for (let y = 0; y < WINDOW; y++) {
    for (let x = 0; x < WINDOW; x++) mean += plane.data[(top + y) * plane.width + left + x] as number;
  }
  mean /= WINDOW * WINDOW;
  for (let y = 0; y < WINDOW; y++) {
    for (let x = 0; x < WINDOW; x++) {
      const value = (plane.data[(top + y) * plane.width + left + x] as number) - mean;
      values[y * WINDOW + x] = value * (taper[x] as number) * (taper[y] as number);
    }
  }
  return values;
}

/** In-place fast Fourier transform (radix 2) of the WINDOW values at start, start + stride, ... */
function transform(real: Float64Array, imaginary: Float64Array, start: number, stride: number): void {
  for (let i = 1, j = 0; i < WINDOW; i++) {
    let bit = WINDOW >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      swap(real, start + i * stride, start + j * stride);
      swap(imaginary, start + i * stride, start + j * stride);
    }
  }
  for (let size = 2; size <= WINDOW; size *= 2) {
    const half = size / 2;
    const turn = WINDOW / size;
    for (let from = 0; from < WINDOW; from += size) {
      for (let k = 0; k < half; k++) {
        const cos = cosines[k * turn] as number;
        const sin = sines[k * turn] as number;
        const a = start + (from + k) * stride;
        const b = a + half * stride;
        const re = (real[b] as number) * cos - (imaginary[b] as number) * sin;
        const im = (real[b] as number) * sin + (imaginary[b] as number) * cos;
        real[b] = (real[a] as number) - re;
        imaginary[b] = (imaginary[a] as number) - im;
        real[a] = (real[a] as number) + re;
        imaginary[a] = (imaginary[a] as number) + im;
      }
    }
  }
}

function swap(values: Float64Array, a: number, b: number): void {
  const kept = values[a] as number;
  values[a] = values[b] as number;
  values[b] = kept;
}
