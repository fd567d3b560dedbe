/** The strips that the numbers of a screen were read from: which are decoded there, and whether digits can be read off them. */
import { shallowRef } from 'vue';
import type { CardRow, SeenCard } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';

/** A strip this wide for its height is one line of digits; a block of rows is squeezed out of all shape on the wall. */
const LEAST_ASPECT = 4;

interface Strip {
  readonly revision: number;
  readonly legible: boolean;
}

/** `shown`: the cards of the screen. */
export function createStrips(shown: () => readonly CardRow[]) {
  const strips = shallowRef<ReadonlyMap<CardId, Strip>>(new Map());

  /** A strip was decoded on the screen. */
  function painted({ id, revision }: SeenCard, width: number, height: number): void {
    const here = new Map([...strips.value].filter(([known]) => shown().some((row) => row.id === known)));
    strips.value = here.set(id, { revision, legible: width >= LEAST_ASPECT * height });
  }

  function isLegible({ id, revision }: SeenCard): boolean {
    const strip = strips.value.get(id);
    return strip?.revision === revision && strip.legible;
  }

  function drop(): void {
    strips.value = new Map();
  }

  return { painted, isLegible, drop };
}
