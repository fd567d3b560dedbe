/** The whole number of the card under the person's eyes: shown and hidden by a key, or with every card that is opened. */
import { ref, type Ref } from 'vue';
import type { CardRow, RevealedNumber } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { invoke } from '../../backend/backend';
import { useToasts } from '../../ui/toast-store';
import { createRevealedNumber } from './revealed-number';

export interface WholeNumberHost {
  readonly openId: Readonly<Ref<CardId | undefined>>;
  readonly shownRow: Readonly<Ref<CardRow | undefined>>;
  /** Gets what is shown of the card anew. */
  readonly load: (id: CardId) => Promise<void>;
  /** What is held of the card is known to be old. */
  readonly drop: (id: CardId) => void;
}

export function createWholeNumber({ openId, shownRow, load, drop }: WholeNumberHost) {
  const toasts = useToasts();
  const { number, numberOf, wanted, want, forget } = createRevealedNumber({
    shown: shownRow,
    ask,
    outdated: (id) => void (openId.value === id && load(id)),
  });
  /** Shows the number of every card that is opened, until switched off or the window closes. */
  const alwaysReveal = ref(false);

  async function ask(cardId: CardId): Promise<RevealedNumber | undefined> {
    try {
      const answer = await invoke('cards:reveal', { cardId });
      // Main wrote into the card's history that its number was shown: what is held of it is old now.
      drop(cardId);
      if (answer.ok) return answer.value;
      toasts.failed(answer.error);
    } catch (error) {
      toasts.broke(error);
    }
    return undefined;
  }

  /** Shows or hides the number of the open card, or of the row with the focus. */
  async function toggleReveal(): Promise<void> {
    const id = openId.value ?? shownRow.value?.id;
    if (id === undefined) return;
    if (number.value) forget();
    else await want(id);
  }

  function setAlwaysReveal(on: boolean): void {
    alwaysReveal.value = on;
    if (on && openId.value !== undefined && !number.value) void want(openId.value);
  }

  /** Another card is looked at: what is not of it is dropped. */
  function forgetOthers(id: CardId | undefined): void {
    if (wanted.value !== id) forget();
  }

  return { number, numberOf, want, forget, forgetOthers, alwaysReveal, toggleReveal, setAlwaysReveal };
}
