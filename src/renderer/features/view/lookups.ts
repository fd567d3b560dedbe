/** What is asked of the open view about rows that need not be on the screen. */
import type { Ref } from 'vue';
import { ROWS_AT_ONCE, type CardRow, type SeenCard, type ViewState } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { invoke } from '../../backend/backend';

export interface LookupsHost {
  readonly view: Readonly<Ref<ViewState | undefined>>;
  readonly heldAt: (index: number) => CardRow | undefined;
  /** Asks for what is seen again. */
  readonly reload: () => Promise<void>;
}

export function createLookups({ view, heldAt, reload }: LookupsHost) {
  /** Where a card stands in the view; undefined where it is not in it. */
  async function positionOf(cardId: CardId): Promise<number | undefined> {
    if (view.value === undefined) return undefined;
    const at: number | undefined = await invoke('view:position', { viewId: view.value.viewId, cardId });
    return at;
  }

  /** All rows of a stretch, asked for where some are not held. */
  async function rowsBetween(start: number, end: number): Promise<readonly SeenCard[]> {
    const held: SeenCard[] = [];
    for (let at = start; at < end; at++) {
      const row = heldAt(at);
      if (row) held.push(row);
    }
    return held.length < end - start ? [...held, ...(await askBetween(start, end))] : held;
  }

  async function askBetween(start: number, end: number): Promise<SeenCard[]> {
    const rows: SeenCard[] = [];
    for (let from = start; from < end && view.value; from += ROWS_AT_ONCE) {
      const to = Math.min(end, from + ROWS_AT_ONCE);
      const window = await invoke('view:rows', { viewId: view.value.viewId, from, to });
      rows.push(...window.rows);
    }
    // Main keeps fresh what was asked for last, which is this stretch and not what is seen.
    void reload();
    return rows;
  }

  return { positionOf, rowsBetween };
}
