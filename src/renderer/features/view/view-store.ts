/**
 * The open view: what the person asked to see (filter, sort, focus, selection) and a bounded cache of the rows that
 * are seen. Rows belong to main; nothing here changes one.
 */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type {
  BatchSummary,
  CardRow,
  DecideTarget,
  Group,
  SeenCard,
  Target,
  ViewPatch,
  ViewState,
} from '../../../shared/cards';
import { ROWS_AT_ONCE } from '../../../shared/cards';
import type { CardId, ViewId } from '../../../shared/ids';
import { invoke, listen } from '../../backend/backend';
import { useToasts } from '../../ui/toast-store';
import { createFilters } from './filters';
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
import { layoutOf } from './groups';
import { WindowCache, type Range } from './window-cache';

const BATCHES_PAUSE_MS = 800;

/** Where the focus went to another card by itself, a decision within this time may be meant for the one before. */
export const LOOK_AGAIN_MS = 500;

export const useView = defineStore('view', () => {
  const toasts = useToasts();
  const filters = createFilters(() => open());
  const { filter, sort, group, filtered } = filters;
  /** Keys of the groups that are folded; their rows stay in the view. */
  const folded = shallowRef<ReadonlySet<string>>(new Set());
  const layout = computed(() => layoutOf(total.value, view.value?.groups, folded.value));
  /** The list of rows or the wall of digits: two ways to look at the same view. */
  const look = ref<'list' | 'wall'>('list');
  /** Whether the filters of the columns are shown. */
  const columnFilters = ref(false);
  const view = shallowRef<ViewState>();
  const batches = shallowRef<readonly BatchSummary[]>();
  /** The row the keyboard is on; -1 in an empty view. */
  const focus = ref(-1);
  const focusId = ref<CardId>();
  const selection = shallowRef<Selection>(NOTHING);
  let cache = new WindowCache();
  /** Grows with every change of the cache, for what is computed from it. */
  const cacheVersion = ref(0);
  let seen: Range = { from: 0, to: 40 };
  let anchor = 0;
  /** Nobody has chosen a card yet: the focus stays at the top, on whatever comes to stand there. */
  let untouched = true;
  /** Nothing was left to decide: where the card with the focus leaves, no other one is given it. */
  let resting = false;
  let movedAt = -Infinity;
  /** The card with the focus has it by a person's doing. */
  let chosen = false;
  let filling: Promise<void> | undefined;
  let opening = 0;
  /** A view that is open already but not yet shown. */
  let coming: ViewState | undefined;
  let opened = Promise.resolve();
  let batchesTimer: ReturnType<typeof setTimeout> | undefined;

  const total = computed(() => view.value?.total ?? 0);
  const selectedCount = computed(() => countSelected(selection.value, total.value));
  /** None while the order has changed and the focus has not yet followed its card: what stands there is another one. */
  const focusedRow = computed(() => {
    const row = rowAt(focus.value);
    return focusId.value === undefined || row?.id === focusId.value ? row : undefined;
  });

  function rowAt(index: number): CardRow | undefined {
    return cacheVersion.value >= 0 && index >= 0 && index < total.value ? cache.rowAt(index) : undefined;
  }

  // --- opening and filling

  function open(): Promise<void> {
    filters.endPause();
    opened = reopen();
    return opened;
  }

  /** Resolves when the view is the one for what was typed, without waiting for a pause in the typing. */
  function searched(): Promise<void> {
    return filters.endPause() ? open() : opened;
  }

  /** What was there stays until the rows of the new view are there too: they are drawn once, and nothing flickers. */
  async function reopen(): Promise<void> {
    const mine = ++opening;
    selection.value = NOTHING;
    try {
      const state = await invoke('view:open', filters.request());
      if (mine !== opening) return;
      coming = state;
      const top = { from: 0, to: Math.max(40, seen.to - seen.from) };
      const rows = new WindowCache();
      const asked = rows.wanted(top, state.total);
      if (asked) {
        const window = await invoke('view:rows', { viewId: state.viewId, ...asked });
        if (mine !== opening) return;
        rows.put(asked, window.rows);
        if (window.revision !== coming.revision) rows.markStale();
      }
      cache = rows;
      view.value = coming;
      coming = undefined;
      seen = top;
      focus.value = total.value > 0 ? 0 : -1;
      focusId.value = cache.rowAt(0)?.id;
      anchor = 0;
      untouched = true;
      chosen = false;
      resting = false;
      cacheVersion.value += 1;
      await fill();
    } catch (error) {
      toasts.broke(error);
    }
  }

  /** Asks for what is seen and not fresh, one question at a time, until nothing is missing. */
  function fill(): Promise<void> {
    filling ??= ask().finally(() => (filling = undefined));
    return filling;
  }

  async function ask(): Promise<void> {
    try {
      for (let asked = wanted(); asked && view.value; asked = wanted()) {
        const { viewId, revision } = view.value;
        const window = await invoke('view:rows', { viewId, ...asked });
        if (view.value.viewId !== viewId) continue;
        // Closed: another view is on its way and brings its rows along.
        if (window.revision === 0) return;
        cache.put(asked, window.rows);
        if (window.revision < revision) cache.markStale();
        if (focusId.value === undefined) focusId.value = cache.rowAt(focus.value)?.id;
        cacheVersion.value += 1;
      }
    } catch (error) {
      toasts.broke(error);
    }
  }
  const wanted = () => cache.wanted(seen, total.value);

  function setSeen(range: Range): void {
    seen = range;
    void fill();
  }

  function patched(patch: ViewPatch): void {
    refreshBatchesSoon();
    const { changed: _rows, ...state } = patch;
    if (patch.viewId === coming?.viewId) coming = state;
    if (patch.viewId !== view.value?.viewId) return;
    const moved = patch.revision !== view.value.revision;
    view.value = state;
    cache.patch(patch.changed);
    if (moved) cache.markStale();
    if (focus.value >= patch.total) focus.value = patch.total - 1;
    if (focus.value < 0 && patch.total > 0 && !resting) focus.value = 0;
    cacheVersion.value += 1;
    if (moved) void fill().then(followFocus);
  }

  /** Keeps the focus on its card when the order changed; where the card left the view, on what took its place. */
  async function followFocus(): Promise<void> {
    const id = focusId.value;
    if (id === undefined || view.value === undefined || cache.rowAt(focus.value)?.id === id) return;
    if (untouched) return movedTo(cache.rowAt(focus.value)?.id);
    try {
      const at = cache.indexOf(id) ?? (await positionOf(id));
      if (focusId.value !== id) return;
      if (at !== undefined) focus.value = at;
      else if (resting) leaveFocus();
      else movedTo(cache.rowAt(focus.value)?.id);
    } catch (error) {
      toasts.broke(error);
    }
  }

  function movedTo(id: CardId | undefined): void {
    if (id !== undefined) movedAt = performance.now();
    chosen = false;
    focusId.value = id;
  }
  function leaveFocus(): void {
    focus.value = -1;
    focusId.value = undefined;
  }
  /** Whether the focus has just gone to another card without anybody's doing. */
  const justMoved = () => performance.now() - movedAt < LOOK_AGAIN_MS;
  const isChosen = () => chosen;
  /** A person has chosen a card. */
  function touch(): void {
    untouched = false;
    chosen = true;
    resting = false;
    movedAt = -Infinity;
  }
  /** Nothing is left that a key should decide on. */
  function rest(): void {
    resting = true;
  }

  async function positionOf(cardId: CardId): Promise<number | undefined> {
    if (view.value === undefined) return undefined;
    const at: number | undefined = await invoke('view:position', { viewId: view.value.viewId, cardId });
    return at;
  }

  /** The row at an index, asked for where it is not held. Undefined when the view ends before it. */
  async function bringRow(index: number): Promise<CardRow | undefined> {
    if (index < 0 || index >= total.value) return undefined;
    if (!cache.rowAt(index)) {
      seen = { from: Math.max(0, index - 10), to: index + 30 };
      await fill();
    }
    return cache.rowAt(index);
  }

  async function loadBatches(): Promise<void> {
    batchesTimer = undefined;
    try {
      batches.value = await invoke('batches:list', undefined);
    } catch (error) {
      toasts.broke(error);
    }
  }

  /** For what no patch tells, such as a batch's new name. */
  async function reload(): Promise<void> {
    cache.markStale();
    await Promise.all([loadBatches(), fill()]);
  }

  function refreshBatchesSoon(): void {
    batchesTimer ??= setTimeout(() => void loadBatches(), BATCHES_PAUSE_MS);
  }

  async function start(): Promise<void> {
    listen('view:patch', patched);
    await Promise.all([open(), loadBatches()]);
  }

  // --- what the person asks to see

  function groupBy(by: Group | undefined): void {
    group.value = by;
    folded.value = new Set();
    void open();
  }
  function fold(key: string): void {
    const next = new Set(folded.value);
    if (!next.delete(key)) next.add(key);
    folded.value = next;
  }
  /** A row that is gone to is seen. */
  function unfoldFor(index: number): void {
    const key = layout.value.groupOf(index)?.key;
    if (key !== undefined && folded.value.has(key)) fold(key);
  }
  // --- focus and selection

  function focusOn(index: number): void {
    if (total.value === 0) return;
    touch();
    focus.value = Math.max(0, Math.min(index, total.value - 1));
    unfoldFor(focus.value);
    focusId.value = cache.rowAt(focus.value)?.id;
    anchor = focus.value;
  }

  function focusCard(id: CardId, index?: number): void {
    touch();
    if (index !== undefined) {
      focus.value = index;
      unfoldFor(index);
    }
    focusId.value = id;
    anchor = focus.value;
    void followFocus();
  }

  function toggleAt(index: number): void {
    const row = rowAt(index);
    if (!row) return;
    focusOn(index);
    selection.value = toggle(selection.value, row);
  }

  /** Selects from the last row that was clicked to this one. */
  async function extendTo(index: number): Promise<void> {
    const to = Math.max(0, Math.min(index, total.value - 1));
    const start = Math.min(anchor, to);
    const end = Math.min(Math.max(anchor, to) + 1, start + MOST_NAMED);
    touch();
    focus.value = to;
    focusId.value = cache.rowAt(to)?.id;
    const rows: SeenCard[] = [];
    for (let at = start; at < end; at++) {
      const row = cache.rowAt(at);
      if (row) rows.push(row);
    }
    if (rows.length < end - start) rows.push(...(await rowsBetween(start, end)));
    selection.value = withAll(selection.value, rows);
  }

  async function rowsBetween(start: number, end: number): Promise<SeenCard[]> {
    const rows: SeenCard[] = [];
    for (let from = start; from < end && view.value; from += ROWS_AT_ONCE) {
      const to = Math.min(end, from + ROWS_AT_ONCE);
      const window = await invoke('view:rows', { viewId: view.value.viewId, from, to });
      rows.push(...window.rows);
    }
    cache.markStale();
    void fill();
    return rows;
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
    ...filters.acts,
    filter,
    sort,
    group,
    folded,
    layout,
    look,
    columnFilters,
    view,
    batches,
    focus,
    focusId,
    selection,
    cacheVersion,
    total,
    selectedCount,
    filtered,
    focusedRow,
    start,
    open,
    reload,
    searched,
    setSeen,
    rowAt,
    bringRow,
    positionOf,
    groupBy,
    fold,
    focusOn,
    focusCard,
    toggleAt,
    extendTo,
    selectAll,
    selectNothing,
    selected,
    selectionTarget,
    seenSelection,
    touch,
    rest,
    justMoved,
    isChosen,
  };
});
