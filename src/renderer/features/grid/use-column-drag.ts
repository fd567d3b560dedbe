/** Moving and resizing columns with the pointer. */
import { ref, type Ref } from 'vue';
import type { GridColumnName } from '../../../shared/grid';
import { useColumns } from './columns-store';

/** Less is a press, not a drag. */
const THRESHOLD_PX = 5;
const NEAR_EDGE_PX = 36;
const SCROLL_PX = 14;

export function useColumnDrag(
  head: (name: GridColumnName) => HTMLElement | null | undefined,
  line: Ref<number | undefined>,
) {
  const columns = useColumns();
  const dragged = ref<GridColumnName>();

  const box = (name: GridColumnName) => head(name)?.getBoundingClientRect();

  /** The column before which one would be dropped, and where the line between the two is. */
  function placeAt(x: number): { readonly before: GridColumnName | undefined; readonly line: number } {
    for (const { name } of columns.shown) {
      const at = box(name);
      if (at && x < at.left + at.width / 2) return { before: name, line: at.left };
    }
    const last = columns.shown.at(-1);
    return { before: undefined, line: (last && box(last.name)?.right) ?? 0 };
  }

  function grabHead(down: PointerEvent, name: GridColumnName): void {
    const cell = head(name);
    if (down.button !== 0 || !cell) return;
    const scroller = cell.closest('[data-grid]');
    const ended = new AbortController();
    const { signal } = ended;
    const end = () => {
      dragged.value = undefined;
      line.value = undefined;
      ended.abort();
    };
    const move = (event: PointerEvent) => {
      if (dragged.value === undefined) {
        if (Math.abs(event.clientX - down.clientX) < THRESHOLD_PX) return;
        dragged.value = name;
        cell.setPointerCapture(down.pointerId);
      }
      const seen = scroller?.getBoundingClientRect();
      if (scroller && seen && event.clientX > seen.right - NEAR_EDGE_PX) scroller.scrollLeft += SCROLL_PX;
      if (scroller && seen && event.clientX < seen.left + NEAR_EDGE_PX) scroller.scrollLeft -= SCROLL_PX;
      line.value = placeAt(event.clientX).line;
    };
    const drop = (event: PointerEvent) => {
      const moving = dragged.value !== undefined;
      const { before } = placeAt(event.clientX);
      end();
      const at = columns.all.findIndex((column) => column.name === name);
      if (moving && before !== name && columns.all[at + 1]?.name !== before) columns.moveBefore(name, before);
    };
    window.addEventListener('pointermove', move, { signal });
    window.addEventListener('pointerup', drop, { signal });
    window.addEventListener('pointercancel', end, { signal });
    const left = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || dragged.value === undefined) return;
      event.stopImmediatePropagation();
      end();
    };
    window.addEventListener('keydown', left, { signal, capture: true });
  }

  function grabEdge(down: PointerEvent, name: GridColumnName): void {
    const edge = down.currentTarget;
    if (down.button !== 0 || !(edge instanceof HTMLElement)) return;
    edge.setPointerCapture(down.pointerId);
    // Columns that grow would take what this one gives, and the edge would not stay under the pointer.
    const at = columns.shown.findIndex((column) => column.name === name);
    const widths = new Map<GridColumnName, number>();
    for (const column of columns.shown.slice(0, at)) {
      if (column.grows !== undefined && column.chosenWidth === undefined) {
        widths.set(column.name, box(column.name)?.width ?? column.width);
      }
    }
    const from = box(name)?.width ?? 0;
    let moved = false;
    const ended = new AbortController();
    const { signal } = ended;
    edge.addEventListener(
      'pointermove',
      (event) => {
        moved ||= Math.abs(event.clientX - down.clientX) > 1;
        if (moved) columns.drag(widths.set(name, from + event.clientX - down.clientX));
      },
      { signal },
    );
    const end = () => {
      ended.abort();
      if (moved) columns.dropEdge(name);
    };
    edge.addEventListener('pointerup', end, { signal });
    edge.addEventListener('pointercancel', end, { signal });
  }

  return { dragged, grabHead, grabEdge };
}
