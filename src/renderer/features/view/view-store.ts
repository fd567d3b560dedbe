/** The open view: what the person asked to see of the cards, the rows of it, the focus and the selection. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Group } from '../../../shared/cards';
import { listen } from '../../backend/backend';
import { useToasts } from '../../ui/toast-store';
import { createFilters } from './filters';
import { createFocus } from './focus';
import { createFolds } from './folds';
import { createRows } from './rows';
import { createSelecting } from './selecting';

export const useView = defineStore('view', () => {
  const { broke } = useToasts();
  const filters = createFilters(() => open());
  const rows = createRows({
    request: filters.request,
    leaving: () => selecting.selectNothing(),
    opened: () => position.toTop(),
    arrived: () => position.takeId(),
    patched: () => position.stayInside(),
    reordered: () => position.follow(),
    broke,
  });
  const folds = createFolds(rows);
  const position = createFocus({ rows, unfoldFor: folds.unfoldFor, broke });
  const selecting = createSelecting({ rows, focus: position });

  /** The list of rows or the wall of digits: two ways to look at the same view. */
  const look = ref<'list' | 'wall'>('list');
  /** Whether the filters of the columns are shown. */
  const columnFilters = ref(false);
  let opened = Promise.resolve();

  function open(): Promise<void> {
    filters.endPause();
    opened = rows.open();
    return opened;
  }

  /** Resolves when the view is the one for what was typed, without waiting for a pause in the typing. */
  function searched(): Promise<void> {
    return filters.endPause() ? open() : opened;
  }

  async function start(): Promise<void> {
    listen('view:patch', rows.patch);
    await open();
  }

  function groupBy(by: Group | undefined): void {
    filters.group.value = by;
    folds.unfoldAll();
    void open();
  }

  return {
    start,
    open,
    searched,
    look,
    columnFilters,
    filter: filters.filter,
    sort: filters.sort,
    group: filters.group,
    filtered: filters.filtered,
    ...filters.acts,
    groupBy,
    layout: folds.layout,
    fold: folds.fold,
    view: rows.view,
    total: rows.total,
    rowAt: rows.rowAt,
    setSeen: rows.setSeen,
    reload: rows.reload,
    positionOf: rows.positionOf,
    bringRow: rows.bringRow,
    focus: position.focus,
    focusId: position.focusId,
    focusedRow: position.focusedRow,
    focusOn: position.focusOn,
    focusCard: position.focusCard,
    touch: position.touch,
    rest: position.rest,
    justMoved: position.justMoved,
    isChosen: position.isChosen,
    ...selecting,
  };
});
