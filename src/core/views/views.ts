/**
 * A view is a filter, an order and perhaps a grouping over all cards. The ordered list of ids lives here with a revision; a
 * face asks for windows of rows and gets patches for the rows it asked for last, ten times a second at most. A few changed
 * cards are moved to their new places; only when many change is the whole ordered anew. What a person edits stays where it
 * is until the view is opened again: nobody wants the row under their hands to jump.
 */
import type {
  CardRow,
  Counts,
  Filter,
  Group,
  OpenedView,
  RowWindow,
  Sort,
  ViewGroup,
  ViewPatch,
  ViewState,
} from '../../shared/cards';
import type { BatchId, CardId, ViewId } from '../../shared/ids';
import { maskNumbersIn } from '../../shared/mask';
import type { Card, CardStore, Clock } from '../cards/ports';
import { createChanges } from './changes';
import { foundAfter, sameOrder, type Ordered } from './order';
import { toRow } from './rows';
import type { Seen } from '../review/seen';

export interface Views {
  /** One view is open at a time: opening another closes the one before. `first`: how many rows come along. */
  open(filter: Partial<Filter>, sort: Sort, group?: Group, first?: number): OpenedView;
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
  /** When rows were asked for last, by the clock that only grows. */
  askedAt(): number;
  close(): void;
}

export interface ViewTools {
  readonly store: CardStore;
  readonly clock: Clock;
  patch(patch: ViewPatch): void;
}

interface Open extends Ordered {
  readonly id: ViewId;
  readonly revision: number;
  readonly version: number;
  readonly counts: Counts;
  readonly groups?: readonly ViewGroup[];
}

const LEAST_PAUSE_MS = 100;
/** Ordering anew takes this share of the time at most: a view over very many cards is patched less often. */
const PAUSE_FOR_WORK = 5;

function stateOf({ id, revision, version, ids, counts, groups }: Open): ViewState {
  return { viewId: id, revision, version, total: ids.length, counts, groups };
}

export function createViews({ store, clock, patch }: ViewTools): Views {
  let lastId = 0;
  let open: Open | undefined;
  let shown = { from: 0, to: 0 };
  let askedAt = -Infinity;
  const changes = createChanges();
  let callOff: (() => void) | undefined;
  let pauseMs = LEAST_PAUSE_MS;

  const isOpen = (viewId: ViewId) => (open?.id === viewId ? open : undefined);

  /** A batch may be named by a card's number. */
  function groupsOf({ filter, group }: Pick<Ordered, 'filter' | 'group'>): Open['groups'] {
    if (!group) return undefined;
    return store.groups(filter, group).map(({ label, ...rest }) => ({
      ...rest,
      label: label === undefined ? undefined : maskNumbersIn(label),
    }));
  }

  function all(viewId: ViewId, except: readonly CardId[]): readonly CardId[] {
    const without = new Set(except);
    return isOpen(viewId)?.ids.filter((id) => !without.has(id)) ?? [];
  }

  /** They are kept fresh from now on. */
  function rowsIn(view: Open, from: number, to: number): readonly CardRow[] {
    shown = { from, to };
    askedAt = clock.monotonic();
    return store.cards(view.ids.slice(from, to)).map(toRow);
  }

  function changedAmong(ids: readonly CardId[]): readonly Card[] {
    const { touched, renamed } = changes;
    if (renamed.size === 0) return store.cards(ids.filter((id) => touched.has(id)));
    return store.cards(ids).filter(({ id, batchId }) => touched.has(id) || renamed.has(batchId));
  }

  function refresh(): void {
    callOff = undefined;
    if (!open) return;
    const started = clock.monotonic();
    const { ids, counts } = foundAfter(store, open, changes);
    const groups = groupsOf(open);
    const moved = !sameOrder(ids, open.ids) || JSON.stringify(groups) !== JSON.stringify(open.groups);
    const revision = open.revision + (moved ? 1 : 0);
    open = { ...open, ids, groups, counts, revision, version: open.version + 1 };
    const rows = changedAmong(ids.slice(shown.from, shown.to));
    changes.told(open.version);
    patch({ ...stateOf(open), changed: rows.map(toRow) });
    pauseMs = Math.max(LEAST_PAUSE_MS, (clock.monotonic() - started) * PAUSE_FOR_WORK);
  }

  function changed(ids: readonly CardId[], inPlace = false): void {
    if (!open) return;
    // In groups a card stands with its like, always.
    changes.add(ids, !inPlace || open.group !== undefined);
    callOff ??= clock.after(pauseMs, refresh);
  }

  return {
    open(filter, sort, group, first = 0) {
      lastId++;
      const asked = { filter, sort, group };
      const groups = groupsOf(asked);
      open = {
        id: lastId as ViewId,
        ...asked,
        ...store.found(filter, sort, group),
        groups,
        revision: 1,
        version: 1,
      };
      changes.forget();
      return { ...stateOf(open), rows: rowsIn(open, 0, first) };
    },
    rows(viewId, from, to) {
      const view = isOpen(viewId);
      if (!view) return { revision: 0, from, rows: [] };
      return { revision: view.revision, from, rows: rowsIn(view, from, to) };
    },
    position(viewId, cardId) {
      const at = isOpen(viewId)?.ids.indexOf(cardId) ?? -1;
      return at < 0 ? undefined : at;
    },
    all,
    seen: (viewId, version, except) => ({
      ids: all(viewId, except),
      singly: false,
      isSame: ({ id }) => changes.isSameAs(id, version),
    }),
    around(viewId, cardId) {
      const ids = isOpen(viewId)?.ids ?? [];
      const at = ids.indexOf(cardId);
      return at < 0 ? ids : [...ids.slice(at + 1), ...ids.slice(0, at)];
    },
    changed,
    renamed(batchId) {
      if (!open) return;
      // Where batches are looked for by name, cards come and go with it.
      if (open.filter.columns?.batch) return changed(store.ids({ batchId }, open.sort), true);
      changes.rename(batchId);
      callOff ??= clock.after(pauseMs, refresh);
    },
    askedAt: () => askedAt,
    close() {
      callOff?.();
      open = undefined;
    },
  };
}
