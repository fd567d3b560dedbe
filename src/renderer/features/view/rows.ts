/** The open view, and a bounded cache of the rows of it that are seen. Rows belong to main; nothing here changes one. */
import { computed, ref, shallowRef } from 'vue';
import { ROWS_AT_ONCE, type CardRow, type ViewPatch, type ViewState } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import type { Input } from '../../../shared/ipc';
import { invoke } from '../../backend/backend';
import { createLookups } from './lookups';
import { createNewest } from './newest';
import { PAGE_ROWS, WindowCache, type Range } from './window-cache';

/** Rows that are asked for before it is known how many fit the window. */
const FIRST_ROWS = 40;
const ROWS_BEFORE = 10;
const ROWS_BEHIND = 30;

/** Who is told what becomes of the rows. */
export interface RowsHost {
  /** What a person asks to see. */
  readonly request: () => Omit<Input<'view:open'>, 'first'>;
  /** Another view is asked for. */
  readonly leaving: () => void;
  /** Another view is there, with its first rows. */
  readonly opened: () => void;
  /** Rows that were asked for have come. */
  readonly arrived: () => void;
  /** Main told of a change. */
  readonly patched: () => void;
  /** The order has changed, and what is seen is there again. */
  readonly reordered: () => Promise<void>;
  readonly broke: (error: unknown) => void;
}

export type Rows = ReturnType<typeof createRows>;

function wholePages(rows: number): number {
  return Math.min(ROWS_AT_ONCE, Math.ceil(rows / PAGE_ROWS) * PAGE_ROWS);
}

export function createRows(host: RowsHost) {
  const view = shallowRef<ViewState>();
  let cache = new WindowCache();
  /** Grows with every change of the cache, for what is computed from it. */
  const cacheVersion = ref(0);
  let seen: Range = { from: 0, to: FIRST_ROWS };
  let filling: Promise<void> | undefined;
  const opening = createNewest(openOne);
  /** What main told last of a view that is not there yet. */
  let early: ViewPatch | undefined;

  const total = computed(() => view.value?.total ?? 0);
  /** For what is computed: is run again when the rows change. */
  function rowAt(index: number): CardRow | undefined {
    return cacheVersion.value >= 0 && index >= 0 && index < total.value ? cache.rowAt(index) : undefined;
  }
  const heldAt = (index: number) => cache.rowAt(index);
  const indexOf = (id: CardId) => cache.indexOf(id);

  function open(): Promise<void> {
    host.leaving();
    return opening.ask();
  }

  /** What was there stays until the new view is there with its first rows: they are drawn once, and nothing flickers. */
  async function openOne(isOvertaken: () => boolean): Promise<void> {
    const span = Math.max(FIRST_ROWS, seen.to - seen.from);
    const first = wholePages(span);
    try {
      const { rows, ...state } = await invoke('view:open', { ...host.request(), first });
      if (isOvertaken()) return;
      cache = new WindowCache();
      if (state.total > 0) cache.put({ from: 0, to: first }, rows);
      view.value = state;
      seen = { from: 0, to: span };
      host.opened();
      cacheVersion.value += 1;
      if (early?.viewId === state.viewId) patch(early);
      early = undefined;
      void fill();
    } catch (error) {
      host.broke(error);
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
        host.arrived();
        cacheVersion.value += 1;
      }
    } catch (error) {
      host.broke(error);
    }
  }
  const wanted = () => cache.wanted(seen, total.value);

  function setSeen(range: Range): void {
    seen = range;
    void fill();
  }

  /** For what no patch tells, such as a batch's new name. */
  function reload(): Promise<void> {
    cache.markStale();
    return fill();
  }

  function patch({ changed, ...state }: ViewPatch): void {
    if (state.viewId !== view.value?.viewId) {
      if (opening.isAsking()) early = { changed, ...state };
      return;
    }
    const moved = state.revision !== view.value.revision;
    view.value = state;
    cache.patch(changed);
    if (moved) cache.markStale();
    host.patched();
    cacheVersion.value += 1;
    if (moved) void fill().then(host.reordered);
  }

  /** The row at an index, asked for where it is not held. Undefined when the view ends before it. */
  async function bringRow(index: number): Promise<CardRow | undefined> {
    if (index < 0 || index >= total.value) return undefined;
    if (!cache.rowAt(index)) {
      seen = { from: Math.max(0, index - ROWS_BEFORE), to: index + ROWS_BEHIND };
      await fill();
    }
    return cache.rowAt(index);
  }

  return {
    view,
    total,
    rowAt,
    heldAt,
    indexOf,
    open,
    setSeen,
    reload,
    patch,
    bringRow,
    ...createLookups({ view, heldAt, reload }),
  };
}
