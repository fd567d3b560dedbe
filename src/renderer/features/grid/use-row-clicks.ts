/** Clicks on the rows of the list. One listener hears for all: a row that is given new functions is drawn anew. */
import { useCard } from '../open-card/card-store';
import type { CardId } from '../../../shared/ids';
import { useView } from '../view/view-store';

/** Of the row that was pressed. */
function rowOf(event: MouseEvent): number | undefined {
  const row = event.target instanceof Element && event.target.closest<HTMLElement>('[data-index]');
  return row ? Number(row.dataset['index']) : undefined;
}

export function useRowClicks(takeFocus: () => void) {
  const view = useView();
  const card = useCard();

  /** Where the pointer went down last, and on which card. */
  let down: { readonly index: number; readonly card: CardId | undefined } | undefined;
  const cardAt = (index: number): CardId | undefined => view.rowAt(index)?.id;

  function pressed(event: MouseEvent): void {
    const index = rowOf(event);
    down = index === undefined ? undefined : { index, card: cardAt(index) };
  }

  /**
   * Rows keep their nodes while they are scrolled, and cards change places: a press on one is no click on what its node or its
   * place became meanwhile. What clicks without a pointer, as a screen reader does, counts no presses.
   */
  function clickedRow(event: MouseEvent): number | undefined {
    const index = rowOf(event);
    if (index === undefined || event.detail === 0) return index;
    return index === down?.index && cardAt(index) === down.card ? index : undefined;
  }

  function clicked(event: MouseEvent): void {
    const index = clickedRow(event);
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
    const index = clickedRow(event);
    if (index === undefined) return;
    view.focusOn(index);
    void card.openFocused();
  }

  return { pressed, clicked, opened };
}
