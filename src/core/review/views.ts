/**
 * A view is a filter and an order over all cards. The ordered list of ids lives here with a revision; a face asks for
 * windows of rows and gets patches for the rows it asked for last, ten times a second at most.
 */
import type { Counts, Filter, RowWindow, Sort, ViewPatch, ViewState } from '../../shared/cards';
import type { CardId, ViewId } from '../../shared/ids';
import type { CardStore, Clock } from '../cards/ports';
import { toRow } from './rows';

export interface Views {
  /** One view is open at a time: opening another closes the one before. */
  open(filter: Filter, sort: Sort): ViewState;
  rows(viewId: ViewId, from: number, to: number): RowWindow;
  position(viewId: ViewId, cardId: CardId): number | undefined;
  /** All ids of a view but some; empty when the view is no longer open. */
  all(viewId: ViewId, except: readonly CardId[]): readonly CardId[];
  changed(ids: readonly CardId[]): void;
  close(): void;
}

export interface ViewTools {
  readonly store: CardStore;
  readonly clock: Clock;
  patch(patch: ViewPatch): void;
}

const LEAST_PAUSE_MS = 100;
/** Ordering anew takes this share of the time at most: a view over very many cards is patched less often. */
const PAUSE_FOR_WORK = 5;

export function createViews({ store, clock, patch }: ViewTools): Views {
  let lastId = 0;
  let open:
    | { id: ViewId; filter: Filter; sort: Sort; revision: number; ids: readonly CardId[]; counts: Counts }
    | undefined;
  let shown = { from: 0, to: 0 };
  let touched = new Set<CardId>();
  let callOff: (() => void) | undefined;
  let pauseMs = LEAST_PAUSE_MS;

  function state(): ViewState {
    if (!open) throw new Error('Expected an open view');
    return { viewId: open.id, revision: open.revision, total: open.ids.length, counts: open.counts };
  }

  function countsFor({ batchId, search, onlyWithWarnings }: Filter): Counts {
    return store.counts({ batchId, search, onlyWithWarnings });
  }

  function sameOrder(one: readonly CardId[], other: readonly CardId[]): boolean {
    return one.length === other.length && one.every((id, at) => id === other[at]);
  }

  function refresh(): void {
    callOff = undefined;
    if (!open) return;
    const started = clock.monotonic();
    const ids = store.ids(open.filter, open.sort);
    const moved = !sameOrder(ids, open.ids);
    open = { ...open, ids, counts: countsFor(open.filter), revision: open.revision + (moved ? 1 : 0) };
    const visible = ids.slice(shown.from, shown.to).filter((id) => touched.has(id));
    touched = new Set();
    patch({ ...state(), changed: store.cards(visible).map(toRow) });
    pauseMs = Math.max(LEAST_PAUSE_MS, (clock.monotonic() - started) * PAUSE_FOR_WORK);
  }

  return {
    open(filter, sort) {
      lastId++;
      open = {
        id: lastId as ViewId,
        filter,
        sort,
        revision: 1,
        ids: store.ids(filter, sort),
        counts: countsFor(filter),
      };
      shown = { from: 0, to: 0 };
      return state();
    },
    rows(viewId, from, to) {
      if (open?.id !== viewId) return { revision: 0, from, rows: [] };
      shown = { from, to };
      return { revision: open.revision, from, rows: store.cards(open.ids.slice(from, to)).map(toRow) };
    },
    position(viewId, cardId) {
      const at = open?.id === viewId ? open.ids.indexOf(cardId) : -1;
      return at < 0 ? undefined : at;
    },
    all(viewId, except) {
      if (open?.id !== viewId) return [];
      const without = new Set(except);
      return open.ids.filter((id) => !without.has(id));
    },
    changed(ids) {
      if (!open) return;
      for (const id of ids) touched.add(id);
      callOff ??= clock.after(pauseMs, refresh);
    },
    close() {
      callOff?.();
      open = undefined;
    },
  };
}
