/**
 * The whole number of one card, while a person wants to see it. It is shown with the very card that it was read from and with
 * no other: any change of the card takes it away, and it is asked for anew. Each time is written to the audit log.
 */
import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import type { CardRow, RevealedNumber, SeenCard } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';

export interface RevealedTools {
  /** The card under the person's eyes, as it is shown. */
  readonly shown: Readonly<Ref<CardRow | undefined>>;
  /** Undefined where it could not be had; whoever gives it has said why. */
  ask(id: CardId): Promise<RevealedNumber | undefined>;
  /** The card is newer than what is shown of it. */
  outdated(id: CardId): void;
}

export function createRevealedNumber({ shown, ask, outdated }: RevealedTools) {
  const kept = shallowRef<{ readonly id: CardId; readonly number: RevealedNumber }>();
  const wanted = ref<CardId>();
  let asking: { readonly id: CardId; readonly answer: Promise<RevealedNumber | undefined> } | undefined;

  function numberOf(row: SeenCard | undefined): RevealedNumber | undefined {
    const { value } = kept;
    return row && value?.id === row.id && value.number.revision === row.revision ? value.number : undefined;
  }
  const number = computed(() => numberOf(shown.value));

  /** Shows the number from now on. */
  function want(id: CardId): Promise<RevealedNumber | undefined> {
    wanted.value = id;
    if (asking?.id === id) return asking.answer;
    const answer = get(id).finally(() => {
      if (asking?.answer === answer) asking = undefined;
      keepUp();
    });
    asking = { id, answer };
    return answer;
  }

  async function get(id: CardId): Promise<RevealedNumber | undefined> {
    const answer = await ask(id);
    if (wanted.value !== id) return undefined;
    if (answer) kept.value = { id, number: answer };
    else wanted.value = undefined;
    return answer;
  }

  function forget(): void {
    wanted.value = undefined;
    kept.value = undefined;
  }

  /** Drops what is not of the card that is shown, and asks for what is. */
  function keepUp(): void {
    const row = shown.value;
    if (!row || asking) return;
    const { value } = kept;
    if (value && value.id === row.id && value.number.revision > row.revision) return outdated(row.id);
    if (value && !numberOf(row)) kept.value = undefined;
    if (wanted.value === row.id && kept.value === undefined) void want(row.id);
  }
  watch(() => [shown.value?.id, shown.value?.revision] as const, keepUp);

  return { kept, wanted, number, numberOf, want, forget };
}
