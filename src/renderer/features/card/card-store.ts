/** The card that is open: its detail, and its whole number while a person asked to see it. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { CardDetail, CardRow, RevealedNumber } from '../../../shared/cards';
import type { Doubt } from '../../../shared/doubts';
import type { CardId } from '../../../shared/ids';
import type { FieldName } from '../../../shared/recognition';
import type { Failure } from '../../../shared/result';
import { invoke, listen } from '../../backend/backend';
import { useToasts } from '../../ui/toast-store';
import { useView } from '../grid/view-store';
import { HeldDetails, isSettled, positionsAround } from './ahead';

export const useCard = defineStore('card', () => {
  const view = useView();
  const toasts = useToasts();
  const openId = ref<CardId>();
  const detail = shallowRef<CardDetail>();
  /** Whole numbers are kept for one card only and dropped with it. */
  const revealed = shallowRef<{ readonly id: CardId; readonly number: RevealedNumber }>();
  /** Shows the number of every card that is opened, until switched off or the window closes. */
  const alwaysReveal = ref(false);
  const editing = ref<FieldName>();
  /** The doubt that is looked at: its field is marked. */
  const pointed = shallowRef<Doubt>();
  /** A piece of the original is being framed. */
  const cropping = ref(false);
  /** Rows around the open card whose pictures are kept ready. */
  const neighbours = shallowRef<readonly CardRow[]>([]);
  const held = new HeldDetails();
  let asked = 0;

  const number = computed(() => (revealed.value?.id === openId.value ? revealed.value?.number : undefined));

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

  async function show(id: CardId): Promise<void> {
    const other = openId.value !== id;
    openId.value = id;
    if (other) {
      editing.value = undefined;
      cropping.value = false;
      pointed.value = undefined;
      if (revealed.value?.id !== id) revealed.value = undefined;
    }
    const row = view.focusedRow;
    const ready = row?.id === id ? held.of(row) : undefined;
    if (ready) {
      asked += 1;
      detail.value = ready;
    } else await load(id);
    if (other && alwaysReveal.value) await reveal(id);
  }

  /** Gets what is around the open card ready, once that card itself is on the stage. */
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

  function close(): void {
    openId.value = undefined;
    detail.value = undefined;
    revealed.value = undefined;
    editing.value = undefined;
    cropping.value = false;
    pointed.value = undefined;
    neighbours.value = [];
    held.clear();
  }

  async function openFocused(): Promise<void> {
    const row = await view.bringRow(view.focus);
    if (row) await show(row.id);
  }

  async function go(to: number): Promise<void> {
    const row = await view.bringRow(to);
    if (!row) return;
    view.focusOn(to);
    await show(row.id);
  }

  /** Asks for the whole numbers; each time is written to the audit log. */
  async function reveal(id: CardId): Promise<RevealedNumber | undefined> {
    try {
      const answer = await invoke('cards:reveal', { cardId: id });
      if (!answer.ok) {
        toasts.failed(answer.error);
        return undefined;
      }
      revealed.value = { id, number: answer.value };
      // Its history has one line more.
      held.drop(id);
      return answer.value;
    } catch (error) {
      toasts.broke(error);
      return undefined;
    }
  }

  /** Shows or hides the whole number of the open card, or of the row with the focus. */
  async function toggleReveal(): Promise<void> {
    const id = openId.value ?? view.focusedRow?.id;
    if (id === undefined) return;
    if (revealed.value?.id === id) revealed.value = undefined;
    else await reveal(id);
  }

  async function edit(field: FieldName): Promise<void> {
    if (openId.value === undefined) await openFocused();
    const id = openId.value;
    if (id === undefined) return;
    // The editor is there at once, so that keys which come before the number are the editor's already.
    editing.value = field;
    if (field === 'cardNumber' && !number.value && !(await reveal(id))) editing.value = undefined;
  }

  async function correct(field: FieldName, value: string): Promise<Failure | undefined> {
    const cardId = openId.value;
    if (cardId === undefined) return undefined;
    try {
      const answer = await invoke('cards:correct', { cardId, field, value });
      if (!answer.ok) return answer.error;
      editing.value = undefined;
      if (field === 'cardNumber') await reveal(cardId);
      await load(cardId);
      return undefined;
    } catch (error) {
      toasts.broke(error);
      return { code: 'internal' };
    }
  }

  async function keepNote(cardId: CardId, text: string): Promise<void> {
    try {
      const answer = await invoke('cards:note', { cardId, text });
      if (!answer.ok) return toasts.failed(answer.error);
      held.drop(cardId);
      if (openId.value === cardId) await load(cardId);
    } catch (error) {
      toasts.broke(error);
    }
  }

  function setAlwaysReveal(on: boolean): void {
    alwaysReveal.value = on;
    if (on && openId.value !== undefined && !number.value) void reveal(openId.value);
  }

  /** The open card changes under our eyes too, e.g. when an engine answers. */
  function start(): void {
    listen('view:patch', (patch) => {
      const newer = patch.changed.find((row) => row.id === openId.value);
      if (newer && newer.revision !== detail.value?.row.revision) void load(newer.id);
      if (neighbours.value.length > 0) void lookAhead();
    });
    watch(
      () => view.focusId,
      (id) => {
        if (openId.value === undefined && revealed.value && revealed.value.id !== id)
          revealed.value = undefined;
      },
    );
  }

  return {
    openId,
    detail,
    number,
    revealed,
    alwaysReveal,
    editing,
    cropping,
    neighbours,
    lookAhead,
    start,
    show,
    close,
    openFocused,
    go,
    toggleReveal,
    edit,
    correct,
    setAlwaysReveal,
    pointed,
    keepNote,
  };
});
