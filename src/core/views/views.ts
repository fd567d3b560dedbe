/**
 * A view is a filter, an order and perhaps a grouping over all cards. The ordered list of ids lives here with a revision; a
 * face asks for windows of rows and gets patches for the rows it asked for last, ten times a second at most. A few changed
 * cards are moved to their new places; only when many change is the whole ordered anew. What a person edits stays where it
 * is until the view is opened again: nobody wants the row under their hands to jump.
 */
import type {
  Counts,
  Filter,
  Group,
  RowWindow,
  Sort,
  ViewGroup,
  ViewPatch,
  ViewState,
} from '../../shared/cards';
import type { BatchId, CardId, ViewId } from '../../shared/ids';
import { maskNumbersIn } from '../../shared/mask';
import type { Card, CardStore, Clock } from '../cards/ports';
import { toRow } from './rows';
import type { Seen } from '../review/seen';

export interface Views {
  /** One view is open at a time: opening another closes the one before. */
  open(filter: Partial<Filter>, sort: Sort, group?: Group): ViewState;
  rows(viewId: ViewId, from: number, to: number): RowWindow;
  position(viewId: ViewId, cardId: CardId): number | undefined;
  /** All ids of a view but some; empty when the view is no longer open. */
  all(viewId: ViewId, except: readonly CardId[]): readonly CardId[];
  /** The same as they were when the view had this version: what changed or came since is not what was seen. */
  seen(viewId: ViewId, version: number, except: readonly CardId[]): Seen;
  /** All ids of a view but one: those after it, then those before it. */
  around(viewId: ViewId, cardId: CardId): readonly CardId[];
  /** `inPlace`: a person's edit; a card that is in the view and still belongs there keeps its place. */
  changed(ids: readonly CardId[], inPlace?: boolean): void;
  /** A batch has another name: its rows show it, and are no other cards for that. */
  renamed(batchId: BatchId): void;
  close(): void;
}

export interface ViewTools {
  readonly store: CardStore;
  readonly clock: Clock;
  patch(patch: ViewPatch): void;
}

interface Open {
  readonly id: ViewId;
  readonly filter: Partial<Filter>;
  readonly sort: Sort;
  readonly group?: Group;
  readonly revision: number;
  readonly version: number;
  readonly ids: readonly CardId[];
  readonly counts: Counts;
  readonly groups?: readonly ViewGroup[];
}

const LEAST_PAUSE_MS = 100;
/** Ordering anew takes this share of the time at most: a view over very many cards is patched less often. */
const PAUSE_FOR_WORK = 5;
/** Up to here finding each card's new place by halving is quicker than ordering all. */
const FEW = 100;

export function createViews({ store, clock, patch }: ViewTools): Views {
  let lastId = 0;
  let open: Open | undefined;
  let shown = { from: 0, to: 0 };
  /** Changed since the last patch, and those among them that must find their place. */
  let touched = new Set<CardId>();
  let moving = new Set<CardId>();
  /** With which version of the open view a card was last told of. */
  let toldWith = new Map<CardId, number>();
  /** Batches with another name since the last patch. */
  let renamed = new Set<BatchId>();
  let callOff: (() => void) | undefined;
  let pauseMs = LEAST_PAUSE_MS;

  function stateOf({ id, revision, version, ids, counts, groups }: Open): ViewState {
    return { viewId: id, revision, version, total: ids.length, counts, groups };
  }

  /** Cards by state in the same scope, whatever states the filter shows. */
  function countsFor(filter: Partial<Filter>): Counts {
    return store.counts({ ...filter, states: [] });
  }

  /** A batch may be named by a card's number. */
  function groupsOf(filter: Partial<Filter>, group: Group | undefined): readonly ViewGroup[] | undefined {
    if (!group) return undefined;
    return store.groups(filter, group).map(({ label, ...rest }) => ({
      ...rest,
      label: label === undefined ? undefined : maskNumbersIn(label),
    }));
  }

  function sameOrder(one: readonly CardId[], other: readonly CardId[]): boolean {
    return one.length === other.length && one.every((id, at) => id === other[at]);
  }

  /** Where a card belongs among ids that are in order. */
  function placeOf(id: CardId, ids: readonly CardId[], { sort, group }: Open): number {
    let [low, high] = [0, ids.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = ids[middle] as CardId;
      if (store.first(other, id, sort, group) === other) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function order(view: Open): readonly CardId[] {
    if (touched.size > FEW) return store.ids(view.filter, view.sort, view.group);
    const belong = new Set(store.matching([...touched], view.filter));
    const stays = (id: CardId) => !touched.has(id) || (belong.has(id) && !moving.has(id));
    const ids = view.ids.filter(stays);
    const kept = new Set(ids.filter((id) => touched.has(id)));
    for (const id of belong) if (!kept.has(id)) ids.splice(placeOf(id, ids, view), 0, id);
    return ids;
  }

  function all(viewId: ViewId, except: readonly CardId[]): readonly CardId[] {
    if (open?.id !== viewId) return [];
    const without = new Set(except);
    return open.ids.filter((id) => !without.has(id));
  }

  function refresh(): void {
    callOff = undefined;
    if (!open) return;
    const started = clock.monotonic();
    const ids = order(open);
    const groups = groupsOf(open.filter, open.group);
    const moved = !sameOrder(ids, open.ids) || JSON.stringify(groups) !== JSON.stringify(open.groups);
    open = {
      ...open,
      ids,
      groups,
      counts: countsFor(open.filter),
      revision: open.revision + (moved ? 1 : 0),
      version: open.version + 1,
    };
    for (const id of touched) toldWith.set(id, open.version);
    const anew = ({ id, batchId }: Card) => touched.has(id) || renamed.has(batchId);
    const window = ids.slice(shown.from, shown.to);
    const looked = renamed.size > 0 ? window : window.filter((id) => touched.has(id));
    const rows = store.cards(looked).filter(anew).map(toRow);
    touched = new Set();
    moving = new Set();
    renamed = new Set();
    patch({ ...stateOf(open), changed: rows });
    pauseMs = Math.max(LEAST_PAUSE_MS, (clock.monotonic() - started) * PAUSE_FOR_WORK);
  }

  function changed(ids: readonly CardId[], inPlace = false): void {
    if (!open) return;
    for (const id of ids) {
      touched.add(id);
      // In groups a card stands with its like, always.
      if (!inPlace || open.group) moving.add(id);
    }
    callOff ??= clock.after(pauseMs, refresh);
  }

  return {
    open(filter, sort, group) {
      lastId++;
      open = {
        id: lastId as ViewId,
        filter,
        sort,
        group,
        revision: 1,
        version: 1,
        ids: store.ids(filter, sort, group),
        counts: countsFor(filter),
        groups: groupsOf(filter, group),
      };
      shown = { from: 0, to: 0 };
      touched = new Set();
      moving = new Set();
      renamed = new Set();
      toldWith = new Map();
      return stateOf(open);
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
    all,
    seen(viewId, version, except) {
      return {
        ids: all(viewId, except),
        singly: false,
        isSame: ({ id }) => !touched.has(id) && (toldWith.get(id) ?? 0) <= version,
      };
    },
    around(viewId, cardId) {
      if (open?.id !== viewId) return [];
      const at = open.ids.indexOf(cardId);
      return at < 0 ? open.ids : [...open.ids.slice(at + 1), ...open.ids.slice(0, at)];
    },
    changed,
    renamed(batchId) {
      if (!open) return;
      // Where batches are looked for by name, cards come and go with it.
      if (open.filter.columns?.batch) return changed(store.ids({ batchId }, open.sort), true);
      renamed.add(batchId);
      callOff ??= clock.after(pauseMs, refresh);
    },
    close() {
      callOff?.();
      open = undefined;
    },
  };
}
