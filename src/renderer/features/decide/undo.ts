/** Takes back what was done last, and does it again; what it was about is shown. */
import { shallowRef } from 'vue';
import type { UndoState } from '../../../shared/ipc';
import { invoke, listen } from '../../backend/backend';
import { translate, type MessageKey } from '../../messages/i18n';
import { useToasts } from '../../ui/toast-store';
import { useCard } from '../open-card/card-store';
import { useView } from '../view/view-store';

export function createUndo({ leaveQuestion }: { readonly leaveQuestion: () => void }) {
  const view = useView();
  const card = useCard();
  const toasts = useToasts();
  const undoState = shallowRef<UndoState>({});

  async function start(): Promise<void> {
    listen('edit:changed', (state) => (undoState.value = state));
    undoState.value = await invoke('edit:state', undefined);
  }

  async function step(channel: 'edit:undo' | 'edit:redo', text: MessageKey): Promise<void> {
    leaveQuestion();
    try {
      const answer = await invoke(channel, undefined);
      if (!answer.ok) return toasts.failed(answer.error);
      undoState.value = answer.value.state;
      toasts.done(translate(text));
      const { cardId } = answer.value;
      const at = cardId === undefined ? undefined : await view.positionOf(cardId);
      if (cardId !== undefined && at !== undefined) view.focusCard(cardId, at);
      if (card.openId !== undefined) await card.show(cardId ?? card.openId, true);
    } catch (error) {
      toasts.broke(error);
    }
  }
  const undoOnce = () => step('edit:undo', 'decide.undone');
  const redoOnce = () => step('edit:redo', 'decide.redone');

  return { undoState, undoOnce, redoOnce, start };
}
