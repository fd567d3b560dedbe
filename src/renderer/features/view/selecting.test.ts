import { computed, shallowRef } from 'vue';
import { describe, expect, it } from 'vitest';
import type { CardRow, SeenCard, ViewState } from '../../../shared/cards';
import type { CardId, ViewId } from '../../../shared/ids';
import { createSelecting } from './selecting';

const row = (index: number) => ({ id: (index + 100) as CardId, revision: index }) as CardRow;

/** A view of ten rows; the card of a row is called by its index and a hundred. */
function selecting() {
  const view = shallowRef<ViewState | undefined>({ viewId: 7 as ViewId, version: 3 } as unknown as ViewState);
  let anchor = 0;
  return createSelecting({
    rows: {
      view,
      total: computed(() => 10),
      rowAt: (index) => (index < 10 ? row(index) : undefined),
      rowsBetween: async (start, end): Promise<SeenCard[]> =>
        Array.from({ length: end - start }, (_none, at) => row(start + at)),
    },
    focus: {
      focusOn: (index) => (anchor = index),
      stretchTo: (index) => ({ anchor, to: Math.max(0, Math.min(index, 9)) }),
    },
  });
}

describe('selecting', () => {
  it('takes a stretch from where it began, in either direction', async () => {
    const { toggleAt, extendTo, seenSelection } = selecting();
    toggleAt(4);
    await extendTo(2);
    await extendTo(5);
    expect(seenSelection()).toEqual({
      kind: 'cards',
      cards: [4, 2, 3, 5].map((index) => ({ id: index + 100, revision: index })),
    });
  });

  it('takes everything as it is now, then nothing', () => {
    const { selectAll, selectedCount, toggleAt, seenSelection, selectionTarget } = selecting();
    selectAll();
    expect(selectedCount.value).toBe(10);
    toggleAt(1);
    expect(seenSelection()).toEqual({ kind: 'view', viewId: 7, version: 3, except: [101] });
    expect(selectionTarget()).toEqual({ kind: 'view', viewId: 7, except: [101] });
    toggleAt(1);
    selectAll();
    expect([selectedCount.value, selectionTarget()]).toEqual([0, undefined]);
  });

  it('passes over a row that is not there', () => {
    const { toggleAt, selectedCount } = selecting();
    toggleAt(12);
    expect(selectedCount.value).toBe(0);
  });
});
