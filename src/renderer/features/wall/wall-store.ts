/**
 * The digit wall: one screen of the open view, its whole numbers, and what was marked on it. Filter, order, focus and
 * selection are the view's own. Numbers are kept for this screen only and dropped with it.
 */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { CardRow, WallCard } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { invoke } from '../../backend/backend';
import { useToasts } from '../../ui/toast-store';
import { useView } from '../grid/view-store';
import { screenStart, type WallLayout } from './wall-layout';

export interface Tile {
  readonly index: number;
  readonly row?: CardRow;
  readonly number?: WallCard;
}

/** Cards that one key may approve: a person decides on them now, and nobody has to acknowledge a warning first. */
export function mayPass(row: CardRow): boolean {
  const open = row.state === 'pending' || row.state === 'held' || row.state === 'second';
  return open && row.maskedNumber !== undefined && row.warnings.length === 0;
}

export const useWall = defineStore('wall', () => {
  const view = useView();
  const toasts = useToasts();
  const layout = ref<WallLayout>({ columns: 1, rows: 1 });
  const numbers = shallowRef<ReadonlyMap<CardId, WallCard>>(new Map());
  const marked = shallowRef<ReadonlySet<CardId>>(new Set());
  let asking = false;

  const from = computed(() => screenStart(view.focus, layout.value));
  const to = computed(() => Math.min(from.value + layout.value.columns * layout.value.rows, view.total));
  const tiles = computed<Tile[]>(() =>
    Array.from({ length: Math.max(0, to.value - from.value) }, (_none, at) => {
      const row = view.rowAt(from.value + at);
      return { index: from.value + at, row, number: row && numbers.value.get(row.id) };
    }),
  );
  /** Approved by one key: seen whole on this screen, not marked. */
  const passing = computed(() =>
    tiles.value.flatMap(({ row, number }) =>
      row && number && mayPass(row) && !marked.value.has(row.id) ? [row.id] : [],
    ),
  );
  const markedHere = computed(() => tiles.value.filter(({ row }) => row && marked.value.has(row.id)).length);

  /** Asks for the numbers of this screen that are not there yet; each is written to the audit log, so none is asked for ahead. */
  async function fill(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      for (;;) {
        const rows = tiles.value.flatMap(({ row }) => (row?.maskedNumber === undefined ? [] : [row]));
        const here = new Map(
          rows.flatMap(({ id }) => {
            const known = numbers.value.get(id);
            return known ? [[id, known] as const] : [];
          }),
        );
        const missing = rows.filter(({ id }) => !here.has(id)).map(({ id }) => id);
        if (missing.length === 0) {
          if (here.size !== numbers.value.size) numbers.value = here;
          return;
        }
        for (const card of await invoke('cards:wall', { ids: missing })) here.set(card.id, card);
        // A card whose number went away meanwhile is not asked for again at once.
        numbers.value = here;
        if (missing.some((id) => !here.has(id))) return;
      }
    } catch (error) {
      toasts.broke(error);
    } finally {
      asking = false;
    }
  }

  function start(): () => void {
    const stops = [
      watch([from, to], ([first, last]) => view.setSeen({ from: first, to: last }), { immediate: true }),
      watch(tiles, () => void fill(), { immediate: true }),
    ];
    return () => {
      for (const stop of stops) stop();
      numbers.value = new Map();
      marked.value = new Set();
    };
  }

  /** A corrected number is asked for anew. */
  function forget(id: CardId): void {
    const rest = new Map(numbers.value);
    if (rest.delete(id)) numbers.value = rest;
  }

  function toggleMark(index = view.focus): void {
    const row = view.rowAt(index);
    if (!row || row.maskedNumber === undefined) return;
    const next = new Set(marked.value);
    if (!next.delete(row.id)) next.add(row.id);
    marked.value = next;
  }

  function sideways(by: 1 | -1): void {
    const target = view.focus + by * layout.value.rows;
    if (target >= 0 && target < view.total) view.focusOn(target);
  }
  function turn(by: 1 | -1): void {
    const start = from.value + by * layout.value.columns * layout.value.rows;
    if (start >= 0 && start < view.total) view.focusOn(start);
  }

  return {
    layout,
    numbers,
    marked,
    from,
    to,
    tiles,
    passing,
    markedHere,
    start,
    forget,
    toggleMark,
    sideways,
    turn,
  };
});
