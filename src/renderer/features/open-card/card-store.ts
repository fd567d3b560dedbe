/** The card that is open: its detail, and its whole number while a person asked to see it. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { CardDetail, CardRow, RevealedNumber, SeenCard } from '../../../shared/cards';
import type { Doubt } from '../../../shared/doubts';
import type { CardId } from '../../../shared/ids';
import type { FieldName } from '../../../shared/recognition';
import type { Failure } from '../../../shared/result';
import { invoke, listen } from '../../backend/backend';
import { words } from '../../messages/words';
import { useToasts } from '../../ui/toast-store';
import { isDecided, obstacleTo } from './obstacle';
import { sayObstacle } from './say-obstacle';
import { useView } from '../view/view-store';
import { HeldDetails, isSettled, positionsAround } from './ahead';
import { createRevealedNumber } from './revealed-number';

export const useCard = defineStore('card', () => {
  const view = useView();
  const toasts = useToasts();
  const openId = ref<CardId>();
  const detail = shallowRef<CardDetail>();
  /** The row under the person's eyes, as it is shown; none while another card is being fetched. */
  const shownRow = computed(() => {
    if (openId.value === undefined) return view.focusedRow;
    return detail.value?.row.id === openId.value ? detail.value.row : undefined;
  });
  const revealed = createRevealedNumber({
    shown: shownRow,
    ask: reveal,
    outdated: (id) => void (openId.value === id && load(id)),
  });
  const { number, numberOf } = revealed;
  /** Shows the number of every card that is opened, until switched off or the window closes. */
  const alwaysReveal = ref(false);
  const editing = ref<FieldName>();
  /** The doubt that is looked at: its field is marked. */
  const pointed = shallowRef<Doubt>();
  /** A region of the original is being framed. */
  const cropping = ref(false);
  /** Rows around the open card whose pictures are kept ready. */
  const neighbours = shallowRef<readonly CardRow[]>([]);
  const held = new HeldDetails();
  let asked = 0;
  /** What is being written of the open card; each answers whether that alone changed the card. */
  const writing = new Set<Promise<boolean>>();

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

  /** `anew`: something was changed, and what is held of the card is known to be old. */
  async function show(id: CardId, anew = false): Promise<void> {
    const other = openId.value !== id;
    openId.value = id;
    view.touch();
    if (other) {
      editing.value = undefined;
      cropping.value = false;
      pointed.value = undefined;
      if (revealed.wanted.value !== id) revealed.forget();
    }
    const row = view.focusedRow;
    const ready = row?.id === id && !anew ? held.of(row) : undefined;
    if (ready) {
      asked += 1;
      detail.value = ready;
    } else await load(id);
    if (other && alwaysReveal.value && openId.value === id && !number.value) await revealed.want(id);
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
    revealed.forget();
    editing.value = undefined;
    cropping.value = false;
    pointed.value = undefined;
    neighbours.value = [];
    held.clear();
  }

  async function openFocused(): Promise<void> {
    const at = view.focus;
    const row = await view.bringRow(at);
    if (!row) return;
    view.focusCard(row.id, at);
    await show(row.id);
  }

  async function go(to: number): Promise<void> {
    const row = await view.bringRow(to);
    if (!row) return;
    view.focusOn(to);
    await show(row.id);
  }

  async function reveal(cardId: CardId): Promise<RevealedNumber | undefined> {
    try {
      const answer = await invoke('cards:reveal', { cardId });
      // Its history has one line more.
      held.drop(cardId);
      if (answer.ok) return answer.value;
      toasts.failed(answer.error);
    } catch (error) {
      toasts.broke(error);
    }
    return undefined;
  }

  /** Shows or hides the whole number of the open card, or of the row with the focus. */
  async function toggleReveal(): Promise<void> {
    const id = openId.value ?? shownRow.value?.id;
    if (id === undefined) return;
    if (number.value) revealed.forget();
    else await revealed.want(id);
  }

  async function edit(field: FieldName): Promise<void> {
    if (openId.value === undefined) await openFocused();
    const id = openId.value;
    if (id === undefined) return;
    const row = shownRow.value;
    const obstacle = row && isDecided(row) ? obstacleTo('approve', row) : undefined;
    if (row && obstacle) return sayObstacle(obstacle, words.state(row.state));
    // The editor is there at once, so that keys which come before the number are the editor's already.
    editing.value = field;
    if (field === 'cardNumber' && !number.value && !(await revealed.want(id))) editing.value = undefined;
  }

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
        editing.value = undefined;
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
        held.drop(cardId);
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

  function setAlwaysReveal(on: boolean): void {
    alwaysReveal.value = on;
    if (on && openId.value !== undefined && !number.value) void revealed.want(openId.value);
  }

  /** The open card changes under our eyes too, e.g. when an engine answers. */
  function start(): void {
    listen('view:patch', (patch) => {
      const newer = patch.changed.find((row) => row.id === openId.value);
      if (newer && newer.revision !== detail.value?.row.revision) void load(newer.id);
      // On its way it may have left the view, which tells of it no more.
      else if (!newer && openId.value !== undefined && shownRow.value && !isSettled(shownRow.value))
        void load(openId.value);
      if (neighbours.value.length > 0) void lookAhead();
    });
    // Its row may come anew without a patch, when the list behind asks for what it held.
    watch(
      () => view.focusedRow,
      (row) => {
        const shown = openId.value === undefined ? undefined : shownRow.value;
        if (row && shown && row.id === shown.id && row.revision > shown.revision) void load(row.id);
      },
    );
    watch(
      () => view.focusId,
      (id) => {
        if (openId.value === undefined && revealed.wanted.value !== id) revealed.forget();
      },
    );
  }

  return {
    openId,
    detail,
    number,
    numberOf,
    shownRow,
    settled,
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
