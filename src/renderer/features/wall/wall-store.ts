/**
 * The digit wall: one screen of the open view, its whole numbers, and what was marked on it. Filter, order, focus and
 * selection are the view's own.
 */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { CardRow, CardStateName, SeenCard, WallCard } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { useToasts } from '../../ui/toast-store';
import { useView } from '../view/view-store';
import { createApproval } from './approve-screen';
import { createNumbers } from './numbers';
import { createStrips } from './strips';
import { screenStart, type WallLayout } from './wall-layout';

export interface Tile {
  readonly index: number;
  readonly row?: CardRow;
  readonly number?: WallCard;
}

const TO_REVIEW: readonly CardStateName[] = ['pending', 'held', 'second', 'disputed'];

export const waits = ({ state }: CardRow): boolean => TO_REVIEW.includes(state);

export const useWall = defineStore('wall', () => {
  const view = useView();
  const toasts = useToasts();
  const layout = ref<WallLayout>({ columns: 1, rows: 1 });
  const marked = shallowRef<ReadonlySet<CardId>>(new Set());

  const from = computed(() => screenStart(view.focus, layout.value));
  const to = computed(() => Math.min(from.value + layout.value.columns * layout.value.rows, view.total));
  const tiles = computed<Tile[]>(() =>
    Array.from({ length: Math.max(0, to.value - from.value) }, (_none, at) => {
      const row = view.rowAt(from.value + at);
      return { index: from.value + at, row, number: row && numbers.numberOf(row) };
    }),
  );
  const rows = computed(() => tiles.value.flatMap(({ row }) => row ?? []));
  const numbers = createNumbers({
    rows: () => rows.value.filter(({ maskedNumber }) => maskedNumber !== undefined),
    broke: toasts.broke,
  });
  const strips = createStrips(() => rows.value);
  /** Whether a person sees on this screen all that the approval is about: the number over the strip that it was read from. */
  function passes({ row, number }: Tile): boolean {
    if (!row || !number || !waits(row) || row.needsLook || marked.value.has(row.id)) return false;
    return strips.isLegible(row);
  }
  /** Approved by one key, as they are shown. */
  const passing = computed<SeenCard[]>(() =>
    tiles.value.flatMap((tile) =>
      tile.row && passes(tile) ? [{ id: tile.row.id, revision: tile.row.revision }] : [],
    ),
  );
  /**
   * Cards that wait and are not approved with the screen: main has a reason to ask, or their number or strip cannot be
   * seen here. Marked ones are told apart.
   */
  const staying = computed(() =>
    tiles.value.filter(
      (tile) => tile.row && waits(tile.row) && !marked.value.has(tile.row.id) && !passes(tile),
    ),
  );
  const markedHere = computed(() => tiles.value.filter(({ row }) => row && marked.value.has(row.id)).length);

  function start(): () => void {
    const stops = [
      watch([from, to], ([first, last]) => view.setSeen({ from: first, to: last }), { immediate: true }),
      watch(tiles, () => void numbers.fill(), { immediate: true }),
    ];
    return () => {
      for (const stop of stops) stop();
      numbers.drop();
      strips.drop();
      marked.value = new Set();
    };
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

  const approveShown = createApproval(
    () => ({
      passing: passing.value,
      staying: staying.value.length,
      marked: markedHere.value,
      from: from.value,
      next: to.value,
    }),
    lookAtStaying,
  );

  function sideways(by: 1 | -1): void {
    const beside = view.focus + by * layout.value.rows;
    if (beside >= 0 && beside < view.total) view.focusOn(beside);
  }
  function turn(by: 1 | -1): void {
    const start = from.value + by * layout.value.columns * layout.value.rows;
    if (start >= 0 && start < view.total) view.focusOn(start);
  }

  return {
    layout,
    marked,
    from,
    to,
    tiles,
    passing,
    staying,
    markedHere,
    start,
    painted: strips.painted,
    goToStaying,
    lookAtStaying,
    toggleMark,
    approveShown,
    sideways,
    turn,
  };
});
