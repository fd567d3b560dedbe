/** The columns as they stand now. What a person does to them holds at once and is stored behind it. */
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { ArrangedColumn, GridColumnName } from '../../../shared/grid';
import { useDesk } from '../../session/desk-store';
import { translate as t } from '../../messages/i18n';
import { words } from '../../messages/words';
import {
  arranged,
  chosen,
  least,
  moved,
  pictureWidthOf,
  resized,
  restsOf,
  shownColumns,
  tracksOf,
  widthOf,
  widthsOf,
  type GridColumn,
} from './columns';
import { createStoring } from './columns-storing';

export const useColumns = defineStore('columns', () => {
  const desk = useDesk();
  const stored = shallowRef<readonly ArrangedColumn[]>([]);
  /** How wide the grid is on the screen, in pixels. */
  const room = ref(0);
  /** What screen readers say of the last change. */
  const said = ref('');
  const storing = createStoring(() => stored.value);

  const shown = computed(() => shownColumns(stored.value, room.value));
  const all = computed(() => arranged(stored.value));
  const tracks = computed(() => tracksOf(widthsOf(shown.value, room.value)));
  const width = computed(() => widthOf(shown.value));
  const pictureWidth = computed(() => pictureWidthOf(shown.value));
  /** Whether the columns have to be scrolled sideways. */
  const wide = computed(() => width.value > room.value);
  const rests = computed(() => restsOf(shown.value));
  /** The last of those that stay in sight. */
  const rim = computed(() => [...rests.value.keys()].at(-1));
  const changed = computed(() => stored.value.length > 0);

  watch(
    () => desk.settings?.grid.columns,
    (columns) => {
      if (!storing.isUnderWay()) stored.value = columns ?? [];
    },
    { immediate: true },
  );

  const wordOf = (column: GridColumn) => ('word' in column ? words.column(column.word) : t(column.key));
  const named = (name: GridColumnName) => {
    const column = all.value.find((one) => one.name === name);
    return column ? wordOf(column) : '';
  };

  function put(columns: readonly ArrangedColumn[], sentence: string): void {
    stored.value = columns;
    said.value = sentence;
    void storing.save();
  }

  /** While the edge is dragged: seen, not yet stored. */
  function drag(widths: ReadonlyMap<GridColumnName, number>): void {
    stored.value = resized(stored.value, shown.value, widths);
  }
  function dropEdge(name: GridColumnName): void {
    put(stored.value, sizeOf(name));
  }
  function resize(name: GridColumnName, to: number | undefined): void {
    stored.value = resized(stored.value, shown.value, new Map([[name, to]]));
    put(stored.value, sizeOf(name));
  }
  function sizeOf(name: GridColumnName): string {
    const column = all.value.find((one) => one.name === name);
    if (column?.chosenWidth === undefined) return t('grid.columnFits', { column: named(name) });
    return t('grid.columnSize', { column: named(name), n: least(column) });
  }

  function moveBefore(name: GridColumnName, before: GridColumnName | undefined): void {
    const columns = moved(stored.value, name, before);
    const at = shownColumns(columns, room.value).findIndex((column) => column.name === name) + 1;
    put(columns, t('grid.columnMoved', { column: named(name), n: at, total: shown.value.length }));
  }
  /** Past the next column that is seen, to the left or to the right. */
  function moveBy(name: GridColumnName, by: 1 | -1): void {
    const at = shown.value.findIndex((column) => column.name === name);
    const beside = shown.value[at + by];
    if (!beside) return;
    if (by < 0) return moveBefore(name, beside.name);
    const order = all.value.findIndex((column) => column.name === beside.name);
    moveBefore(name, all.value[order + 1]?.name);
  }

  function show(name: GridColumnName, on: boolean): void {
    const columns = chosen(stored.value, shown.value, name, on);
    put(columns, t(on ? 'grid.columnShown' : 'grid.columnHidden', { column: named(name) }));
  }
  function reset(): void {
    put([], t('grid.columnsReset'));
  }

  const isShown = (name: GridColumnName) => shown.value.some((column) => column.name === name);

  return {
    room,
    said,
    shown,
    all,
    tracks,
    width,
    pictureWidth,
    wide,
    rests,
    rim,
    changed,
    wordOf,
    isShown,
    drag,
    dropEdge,
    resize,
    moveBefore,
    moveBy,
    show,
    reset,
  };
});
