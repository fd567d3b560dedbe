/** The card that is open: its detail, its whole number while a person asked to see it, and what is written of it. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Doubt } from '../../../shared/doubts';
import type { CardId } from '../../../shared/ids';
import type { FieldName } from '../../../shared/recognition';
import { words } from '../../messages/words';
import { useView } from '../view/view-store';
import { HeldDetails } from './ahead';
import { createDetail } from './detail';
import { followCard } from './follow-card';
import { createNeighbours } from './neighbours';
import { isDecided, obstacleTo } from './obstacle';
import { sayObstacle } from './say-obstacle';
import { createWholeNumber } from './whole-number';
import { createWriting } from './writing';

export const useCard = defineStore('card', () => {
  const view = useView();
  const openId = ref<CardId>();
  const held = new HeldDetails();
  const { detail, load, showHeld } = createDetail({ openId, held, close });
  /** The row under the person's eyes, as it is shown; none while another card is being fetched. */
  const shownRow = computed(() => {
    if (openId.value === undefined) return view.focusedRow;
    return detail.value?.row.id === openId.value ? detail.value.row : undefined;
  });
  const editing = ref<FieldName>();
  /** The doubt that is looked at: its field is marked. */
  const pointed = shallowRef<Doubt>();
  /** A region of the original is being framed. */
  const cropping = ref(false);
  const drop = (id: CardId) => held.drop(id);

  const { neighbours, lookAhead } = createNeighbours({ openId, held });
  const { want, forget, forgetOthers, ...wholeNumber } = createWholeNumber({ openId, shownRow, load, drop });
  const { number, alwaysReveal } = wholeNumber;
  const writing = createWriting({
    openId,
    detail,
    load,
    drop,
    stopEditing: () => (editing.value = undefined),
  });

  function leaveParts(): void {
    editing.value = undefined;
    cropping.value = false;
    pointed.value = undefined;
  }

  /** `anew`: something was changed, and what is held of the card is known to be old. */
  async function show(id: CardId, anew = false): Promise<void> {
    const other = openId.value !== id;
    openId.value = id;
    view.touch();
    if (other) {
      leaveParts();
      forgetOthers(id);
    }
    const row = view.focusedRow;
    const ready = row?.id === id && !anew ? held.of(row) : undefined;
    if (ready) showHeld(ready);
    else await load(id);
    if (other && alwaysReveal.value && openId.value === id && !number.value) await want(id);
  }

  function close(): void {
    openId.value = undefined;
    detail.value = undefined;
    forget();
    leaveParts();
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

  async function edit(field: FieldName): Promise<void> {
    if (openId.value === undefined) await openFocused();
    const id = openId.value;
    if (id === undefined) return;
    const row = shownRow.value;
    const obstacle = row && isDecided(row) ? obstacleTo('approve', row) : undefined;
    if (row && obstacle) return sayObstacle(obstacle, words.state(row.state));
    // The editor is there at once, so that keys which come before the number are the editor's already.
    editing.value = field;
    if (field === 'cardNumber' && !number.value && !(await want(id))) editing.value = undefined;
  }

  function start(): void {
    followCard({
      openId,
      detail,
      shownRow,
      load,
      changedAround: () => void (neighbours.value.length > 0 && lookAhead()),
      focused: forgetOthers,
    });
  }

  return {
    openId,
    detail,
    shownRow,
    ...wholeNumber,
    ...writing,
    neighbours,
    lookAhead,
    editing,
    pointed,
    cropping,
    start,
    show,
    close,
    openFocused,
    go,
    edit,
  };
});
