/** Chance that can be repeated: the same seed gives the same picture on any machine with the same fonts and libvips. */

export interface Random {
  /** In [0, 1). */
  next(): number;
  between(low: number, high: number): number;
  /** Both ends are included. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Mean 0, deviation 1. */
  gauss(): number;
  /** A stream of its own, so that more draws in one part of a picture do not change the others. */
  fork(label: string): Random;
}

export function randomFrom(seed: string): Random {
  let state = hashText(seed);
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + (high - low) * next();
  return {
    next,
    between,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => pickFrom(list, next()),
    gauss: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    fork: (label) => randomFrom(`${seed}/${label}`),
  };
}

function pickFrom<T>(list: readonly T[], at: number): T {
  const picked = list[Math.floor(at * list.length)];
  if (picked === undefined) throw new Error('Expected a list with something in it but received an empty one');
  return picked;
}

/** FNV-1a with a last stir, so that seeds that differ in their last letter start far apart. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
