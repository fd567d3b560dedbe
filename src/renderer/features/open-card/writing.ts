/** What a person writes of the open card: corrections of its fields, and its note. */
import type { Ref } from 'vue';
import type { CardDetail, SeenCard } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import type { FieldName } from '../../../shared/recognition';
import type { Failure } from '../../../shared/result';
import { invoke } from '../../backend/backend';
import { useToasts } from '../../ui/toast-store';

export interface WritingHost {
  readonly openId: Readonly<Ref<CardId | undefined>>;
  readonly detail: Readonly<Ref<CardDetail | undefined>>;
  /** Gets what is shown of the card anew. */
  readonly load: (id: CardId) => Promise<void>;
  /** What is held of the card is known to be old. */
  readonly drop: (id: CardId) => void;
  readonly stopEditing: () => void;
}

export function createWriting({ openId, detail, load, drop, stopEditing }: WritingHost) {
  const toasts = useToasts();
  /** What is being written; each answers whether that alone changed the card. */
  const writing = new Set<Promise<boolean>>();

  async function write(work: () => Promise<boolean>): Promise<boolean> {
    const written = work();
    writing.add(written);
    try {
      return await written;
    } finally {
      writing.delete(written);
    }
  }
  /** Waits for what is being written. False: something else changed the card meanwhile, and nobody has seen it yet. */
  async function settled(): Promise<boolean> {
    return (await Promise.all(writing)).every((alone) => alone);
  }
  const isAt = (id: CardId, revision: number | undefined) =>
    openId.value !== id || detail.value?.row.revision === revision;

  /** `from`: the card as it was when its value was taken into the editor. */
  async function correct(from: SeenCard, field: FieldName, value: string): Promise<Failure | undefined> {
    let failure: Failure | undefined;
    try {
      await write(async () => {
        const card = { id: from.id, revision: from.revision };
        const answer = await invoke('cards:correct', { card, field, value });
        if (!answer.ok) {
          failure = answer.error;
          if (failure.code === 'card.changedSince' && openId.value === from.id) await load(from.id);
          return failure.code !== 'card.changedSince';
        }
        if (openId.value !== from.id) return true;
        stopEditing();
        await load(from.id);
        if (isAt(from.id, answer.value.revision)) return true;
        failure = { code: 'card.changedSince' };
        toasts.failed(failure);
        return false;
      });
    } catch (error) {
      toasts.broke(error);
      return { code: 'internal' };
    }
    return failure;
  }

  async function keepNote(cardId: CardId, text: string): Promise<void> {
    const before = detail.value?.row.id === cardId ? detail.value.row.revision : undefined;
    try {
      await write(async () => {
        const answer = await invoke('cards:note', { cardId, text });
        drop(cardId);
        if (!answer.ok) {
          toasts.failed(answer.error);
          return true;
        }
        const { revision } = answer.value;
        if (openId.value === cardId) await load(cardId);
        return before !== undefined && revision === before + 1 && isAt(cardId, revision);
      });
    } catch (error) {
      toasts.broke(error);
    }
  }

  return { settled, correct, keepNote };
}
