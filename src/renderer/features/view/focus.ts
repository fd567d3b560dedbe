/** The row that the keyboard is on: it stays on its card while the view is ordered anew. */
import { computed, ref } from 'vue';
import type { CardId } from '../../../shared/ids';
import { createAttention } from './attention';
import type { Rows } from './rows';

export interface FocusHost {
  readonly rows: Pick<Rows, 'view' | 'total' | 'rowAt' | 'heldAt' | 'indexOf' | 'positionOf'>;
  /** A row is gone to: what hides it is opened. */
  readonly unfoldFor: (index: number) => void;
  readonly broke: (error: unknown) => void;
}

export type Focus = ReturnType<typeof createFocus>;

export function createFocus({ rows, unfoldFor, broke }: FocusHost) {
  /** -1 in an empty view. */
  const focus = ref(-1);
  const focusId = ref<CardId>();
  /** Where a stretch of rows begins that is selected: at the row that was gone to last. */
  let anchor = 0;
  const attention = createAttention();

  /** None while the order has changed and the focus has not yet followed its card: what stands there is another one. */
  const focusedRow = computed(() => {
    const row = rows.rowAt(focus.value);
    return focusId.value === undefined || row?.id === focusId.value ? row : undefined;
  });

  /** Another view is there. */
  function toTop(): void {
    focus.value = rows.total.value > 0 ? 0 : -1;
    focusId.value = rows.heldAt(0)?.id;
    anchor = 0;
    attention.beginAnew();
  }
  /** A row that was gone to before it was there. */
  function takeId(): void {
    if (focusId.value === undefined) focusId.value = rows.heldAt(focus.value)?.id;
  }
  function stayInside(): void {
    const { value: total } = rows.total;
    if (focus.value >= total) focus.value = total - 1;
    if (focus.value < 0 && total > 0 && !attention.isResting()) focus.value = 0;
  }

  /** Keeps the focus on its card when the order changed; where the card left the view, on what took its place. */
  async function follow(): Promise<void> {
    const id = focusId.value;
    const at = () => rows.heldAt(focus.value)?.id;
    if (id === undefined || rows.view.value === undefined || at() === id) return;
    if (attention.isUntouched()) return movedTo(at());
    try {
      const found = rows.indexOf(id) ?? (await rows.positionOf(id));
      if (focusId.value !== id) return;
      if (found !== undefined) focus.value = found;
      else if (attention.isResting()) leave();
      else movedTo(at());
    } catch (error) {
      broke(error);
    }
  }

  function movedTo(id: CardId | undefined): void {
    attention.moved(id !== undefined);
    focusId.value = id;
  }
  function leave(): void {
    focus.value = -1;
    focusId.value = undefined;
  }

  const inside = (index: number) => Math.max(0, Math.min(index, rows.total.value - 1));

  function focusOn(index: number): void {
    if (rows.total.value === 0) return;
    attention.touch();
    focus.value = inside(index);
    unfoldFor(focus.value);
    focusId.value = rows.heldAt(focus.value)?.id;
    anchor = focus.value;
  }

  function focusCard(id: CardId, index?: number): void {
    attention.touch();
    if (index !== undefined) {
      focus.value = index;
      unfoldFor(index);
    }
    focusId.value = id;
    anchor = focus.value;
    void follow();
  }

  /** To a row, and answers where the stretch begins that ends there: the next one begins there too. */
  function stretchTo(index: number): { readonly anchor: number; readonly to: number } {
    const to = inside(index);
    attention.touch();
    focus.value = to;
    focusId.value = rows.heldAt(to)?.id;
    return { anchor, to };
  }

  return {
    focus,
    focusId,
    focusedRow,
    toTop,
    takeId,
    stayInside,
    follow,
    justMoved: attention.justMoved,
    isChosen: attention.isChosen,
    touch: attention.touch,
    rest: attention.rest,
    focusOn,
    focusCard,
    stretchTo,
  };
}
