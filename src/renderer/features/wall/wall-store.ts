/**
 * The digit wall: one screen of the open view, its whole numbers, and what was marked on it. Filter, order, focus and
 * selection are the view's own. Numbers are kept for this screen only and dropped with it.
 */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { CardRow, CardStateName, SeenCard, WallCard } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { invoke } from '../../backend/backend';
import { useToasts } from '../../ui/toast-store';
import { useView } from '../view/view-store';
import { screenStart, type WallLayout } from './wall-layout';

export interface Tile {
  readonly index: number;
  readonly row?: CardRow;
  readonly number?: WallCard;
}

/** The strip of a card as it is on the screen, decoded: which one, and whether digits can be read off it there. */
interface Strip {
  readonly revision: number;
  readonly legible: boolean;
}

const TO_REVIEW: readonly CardStateName[] = ['pending', 'held', 'second', 'disputed'];
/** A strip this wide for its height is one line of digits; a block of rows is squeezed out of all shape on the wall. */
const LEAST_ASPECT = 4;

export const waits = ({ state }: CardRow): boolean => TO_REVIEW.includes(state);

export const useWall = defineStore('wall', () => {
  const view = useView();
  const toasts = useToasts();
  const layout = ref<WallLayout>({ columns: 1, rows: 1 });
  const numbers = shallowRef<ReadonlyMap<CardId, WallCard>>(new Map());
  const marked = shallowRef<ReadonlySet<CardId>>(new Set());
  const strips = shallowRef<ReadonlyMap<CardId, Strip>>(new Map());
  let asking = false;

  const from = computed(() => screenStart(view.focus, layout.value));
  const to = computed(() => Math.min(from.value + layout.value.columns * layout.value.rows, view.total));
  const tiles = computed<Tile[]>(() =>
    Array.from({ length: Math.max(0, to.value - from.value) }, (_none, at) => {
      const row = view.rowAt(from.value + at);
      const number = row && numbers.value.get(row.id);
      return { index: from.value + at, row, number: number?.revision === row?.revision ? number : undefined };
    }),
  );
  /** Whether a person sees on this screen all that the approval is about: the number over the strip that it was read from. */
  function passes({ row, number }: Tile): boolean {
    if (!row || !number || !waits(row) || row.needsLook || marked.value.has(row.id)) return false;
    const strip = strips.value.get(row.id);
    return strip?.revision === row.revision && strip.legible;
  }
  /** Approved by one key, as they are shown. */
  const passing = computed<SeenCard[]>(() =>
    tiles.value.flatMap((tile) =>
      tile.row && passes(tile) ? [{ id: tile.row.id, revision: tile.row.revision }] : [],
    ),
  );
  /** What somebody has to look at for itself: main has a reason to ask, or the wall does not show it. Marked ones are told apart. */
  const staying = computed(() =>
    tiles.value.filter(
      (tile) => tile.row && waits(tile.row) && !marked.value.has(tile.row.id) && !passes(tile),
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
          rows.flatMap(({ id, revision }) => {
            const known = numbers.value.get(id);
            return known && known.revision >= revision ? [[id, known] as const] : [];
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
      strips.value = new Map();
    };
  }

  /** A strip was decoded on the screen. */
  function painted({ id, revision }: SeenCard, width: number, height: number): void {
    const here = new Map(
      [...strips.value].filter(([known]) => tiles.value.some(({ row }) => row?.id === known)),
    );
    strips.value = here.set(id, { revision, legible: width >= LEAST_ASPECT * height });
  }

  /** To the next card that stays, behind the one with the focus or else from the top of the screen. */
  function goToStaying(): void {
    const { value: all } = staying;
    const to = all.find(({ index }) => index > view.focus) ?? all[0];
    if (to) view.focusOn(to.index);
  }

  /** The same, unless the focus is on one already. */
  function lookAtStaying(): void {
    if (!staying.value.some(({ index }) => index === view.focus)) goToStaying();
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
    staying,
    markedHere,
    start,
    painted,
    goToStaying,
    lookAtStaying,
    toggleMark,
    sideways,
    turn,
  };
});
