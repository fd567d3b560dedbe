/** The cards around the open one, got ready once that card itself is on the stage. */
import { shallowRef, type Ref } from 'vue';
import type { CardRow } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { invoke } from '../../backend/backend';
import { useToasts } from '../../ui/toast-store';
import { useView } from '../view/view-store';
import { isSettled, positionsAround, type HeldDetails } from './ahead';

export interface NeighboursHost {
  readonly openId: Readonly<Ref<CardId | undefined>>;
  readonly held: HeldDetails;
}

export function createNeighbours({ openId, held }: NeighboursHost) {
  const view = useView();
  const toasts = useToasts();
  /** Rows around the open card whose pictures are kept ready. */
  const neighbours = shallowRef<readonly CardRow[]>([]);

  async function lookAhead(): Promise<void> {
    const id = openId.value;
    try {
      const rows: CardRow[] = [];
      for (const at of positionsAround(view.focus, view.total)) {
        const row = await view.bringRow(at);
        if (row && isSettled(row)) rows.push(row);
      }
      if (id === undefined || openId.value !== id) return;
      neighbours.value = rows;
      for (const row of rows) {
        if (held.of(row)) continue;
        const answer = await invoke('cards:detail', { cardId: row.id });
        if (openId.value !== id) return;
        if (answer.ok) held.put(answer.value);
      }
    } catch (error) {
      toasts.broke(error);
    }
  }

  return { neighbours, lookAhead };
}
