/** What is shown of the open card: what was held of it, or what main answered last. */
import { shallowRef, type Ref } from 'vue';
import type { CardDetail } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { invoke } from '../../backend/backend';
import { useToasts } from '../../ui/toast-store';
import type { HeldDetails } from './ahead';

export interface DetailHost {
  readonly openId: Readonly<Ref<CardId | undefined>>;
  readonly held: HeldDetails;
  /** The card cannot be had any more. */
  readonly close: () => void;
}

export function createDetail({ openId, held, close }: DetailHost) {
  const toasts = useToasts();
  const detail = shallowRef<CardDetail>();
  let asked = 0;

  async function load(id: CardId): Promise<void> {
    const mine = ++asked;
    try {
      const answer = await invoke('cards:detail', { cardId: id });
      if (mine !== asked || openId.value !== id) return;
      if (!answer.ok) {
        toasts.failed(answer.error);
        close();
        return;
      }
      held.put(answer.value);
      detail.value = answer.value;
    } catch (error) {
      toasts.broke(error);
    }
  }

  /** Shows what is held; whatever is still asked for comes too late. */
  function showHeld(ready: CardDetail): void {
    asked += 1;
    detail.value = ready;
  }

  return { detail, load, showHeld };
}
