/** Selects rows of the open view, and names what is selected for main. */
import { computed, shallowRef } from 'vue';
import type { DecideTarget, Target } from '../../../shared/cards';
import type { CardId, ViewId } from '../../../shared/ids';
import type { Focus } from './focus';
import type { Rows } from './rows';
import {
  MOST_NAMED,
  NOTHING,
  countSelected,
  everything,
  isSelected,
  seenOf,
  targetOf,
  toggle,
  withAll,
  type Selection,
} from './selection';

export interface SelectingHost {
  readonly rows: Pick<Rows, 'view' | 'total' | 'rowAt' | 'rowsBetween'>;
  readonly focus: Pick<Focus, 'focusOn' | 'stretchTo'>;
}

export function createSelecting({ rows, focus }: SelectingHost) {
  const { view, total } = rows;
  const selection = shallowRef<Selection>(NOTHING);
  const selectedCount = computed(() => countSelected(selection.value, total.value));

  function toggleAt(index: number): void {
    const row = rows.rowAt(index);
    if (!row) return;
    focus.focusOn(index);
    selection.value = toggle(selection.value, row);
  }

  /** Selects from the last row that was clicked to this one. */
  async function extendTo(index: number): Promise<void> {
    const { anchor, to } = focus.stretchTo(index);
    const start = Math.min(anchor, to);
    const end = Math.min(Math.max(anchor, to) + 1, start + MOST_NAMED);
    const added = await rows.rowsBetween(start, end);
    selection.value = withAll(selection.value, added);
  }

  function selectAll(): void {
    const all = selectedCount.value === total.value && total.value > 0;
    selection.value = all ? NOTHING : everything(view.value?.version ?? 0);
  }
  function selectNothing(): void {
    selection.value = NOTHING;
  }
  const selected = (id: CardId) => isSelected(selection.value, id);

  function selectionTarget(): Target | undefined {
    return view.value && targetOf(selection.value, view.value.viewId as ViewId, total.value);
  }
  function seenSelection(): DecideTarget | undefined {
    return view.value && seenOf(selection.value, view.value.viewId as ViewId, total.value);
  }

  return {
    selection,
    selectedCount,
    toggleAt,
    extendTo,
    selectAll,
    selectNothing,
    selected,
    selectionTarget,
    seenSelection,
  };
}
