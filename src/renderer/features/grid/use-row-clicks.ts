/** Clicks on the rows of the list. One listener hears for all: a row that is given new functions is drawn anew. */
import { useCard } from '../open-card/card-store';
import { useView } from '../view/view-store';

/** Of the row that was pressed. */
function rowOf(event: MouseEvent): number | undefined {
  const row = event.target instanceof Element && event.target.closest<HTMLElement>('[data-index]');
  return row ? Number(row.dataset['index']) : undefined;
}

export function useRowClicks(takeFocus: () => void) {
  const view = useView();
  const card = useCard();

  function clicked(event: MouseEvent): void {
    const index = rowOf(event);
    if (index === undefined) return;
    if (event.target instanceof Element && event.target.closest('.check')) toggled(index, event);
    else if (event.shiftKey) void view.extendTo(index);
    else if (event.ctrlKey || event.metaKey) view.toggleAt(index);
    else view.focusOn(index);
  }

  function toggled(index: number, event: MouseEvent): void {
    takeFocus();
    if (event.shiftKey) void view.extendTo(index);
    else view.toggleAt(index);
  }

  function opened(event: MouseEvent): void {
    const index = rowOf(event);
    if (index === undefined) return;
    view.focusOn(index);
    void card.openFocused();
  }

  return { clicked, opened };
}
