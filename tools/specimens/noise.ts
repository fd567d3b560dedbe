import type { Random } from './random';

/** One number a pixel, 0-1, row by row. */
export type Field = Float32Array;

export interface NoiseShape {
  /** Pixels from one lattice point to the next, of the coarsest octave. */
  readonly cellX: number;
  readonly cellY: number;
  readonly octaves: number;
}

/** Smooth noise summed over octaves, each half as large and half as strong, stretched to fill 0-1 roughly. */
export function fractalNoise(random: Random, width: number, height: number, shape: NoiseShape): Field {
  const field = new Float32Array(width * height);
  let strength = 0.5;
  for (let octave = 0; octave < shape.octaves; octave++) {
    const shrink = 2 ** octave;
    addOctave(field, random, width, height, shape.cellX / shrink, shape.cellY / shrink, strength);
    strength /= 2;
  }
  return field;
}

function addOctave(
  field: Field,
  random: Random,
  width: number,
  height: number,
  cellX: number,
  cellY: number,
  strength: number,
): void {
  const columns = Math.ceil(width / cellX) + 2;
  const rows = Math.ceil(height / cellY) + 2;
  const lattice = Float32Array.from({ length: columns * rows }, () => random.next());
  const ease = (t: number): number => t * t * (3 - 2 * t);
  const left = new Int32Array(width);
  const share = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    left[x] = Math.floor(x / cellX);
    share[x] = ease(x / cellX - Math.floor(x / cellX));
  }
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / cellY);
    const down = ease(y / cellY - row);
    for (let x = 0; x < width; x++) {
      const at = row * columns + (left[x] as number);
      const across = share[x] as number;
      const top = mix(lattice[at] as number, lattice[at + 1] as number, across);
      const bottom = mix(lattice[at + columns] as number, lattice[at + columns + 1] as number, across);
      field[y * width + x] = (field[y * width + x] as number) + strength * mix(top, bottom, down);
    }
  }
}

export function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

export function clamp(value: number, low = 0, high = 1): number {
  return value < low ? low : value > high ? high : value;
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothStep(low: number, high: number, value: number): number {
  const t = clamp((value - low) / (high - low));
  return t * t * (3 - 2 * t);
}
