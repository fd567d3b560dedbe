/** The whole numbers of one screen of the wall. They are kept for this screen only and dropped with it. */
import { shallowRef } from 'vue';
import type { CardRow, WallCard } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { invoke } from '../../backend/backend';

export interface NumbersHost {
  /** The cards of the screen that have a number. */
  readonly rows: () => readonly CardRow[];
  readonly broke: (error: unknown) => void;
}

export function createNumbers({ rows, broke }: NumbersHost) {
  const numbers = shallowRef<ReadonlyMap<CardId, WallCard>>(new Map());
  let asking = false;

  /** Undefined where it is of an older card than the row. */
  function numberOf({ id, revision }: CardRow): WallCard | undefined {
    const number = numbers.value.get(id);
    return number?.revision === revision ? number : undefined;
  }

  function stillOnScreen(shown: readonly CardRow[]): Map<CardId, WallCard> {
    const here = new Map<CardId, WallCard>();
    for (const { id, revision } of shown) {
      const known = numbers.value.get(id);
      if (known && known.revision >= revision) here.set(id, known);
    }
    return here;
  }

  /** Asks for the numbers of this screen that are not there yet; each is written to the audit log, so none is asked for ahead. */
  async function fill(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      for (;;) {
        const shown = rows();
        const here = stillOnScreen(shown);
        const missing = shown.filter(({ id }) => !here.has(id)).map(({ id }) => id);
        if (missing.length === 0) {
          if (here.size !== numbers.value.size) numbers.value = here;
          return;
        }
        for (const card of await invoke('cards:wall', { ids: missing })) here.set(card.id, card);
        numbers.value = here;
        // A card whose number went away meanwhile is not asked for again at once.
        if (missing.some((id) => !here.has(id))) return;
      }
    } catch (error) {
      broke(error);
    } finally {
      asking = false;
    }
  }

  function drop(): void {
    numbers.value = new Map();
  }

  return { numberOf, fill, drop };
}
