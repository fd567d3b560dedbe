import { createPinia, setActivePinia } from 'pinia';
import { effectScope, nextTick, watch } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CardRow, ViewPatch } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { setBackend, type Backend } from '../../backend/backend';
import { useView } from './view-store';

let order: number[];
let revision: number;
let tell: (patch: ViewPatch) => void;
const scope = effectScope();

const row = (id: number) => ({ id: id as CardId, revision: 1, state: 'pending' }) as CardRow;
const state = () => ({ viewId: 1, revision, version: revision, total: order.length, counts: {} as never });
const invoke = async (name: string, { cardId }: { cardId?: number } = {}) => {
  if (name === 'view:open') return { ...state(), rows: order.map(row) };
  if (name === 'view:rows') return { revision, from: 0, rows: order.map(row) };
  if (name === 'view:position')
    return order.indexOf(cardId ?? 0) < 0 ? undefined : order.indexOf(cardId ?? 0);
  return [];
};

/** Main has ordered the view anew. */
async function reorder(...ids: number[]): Promise<void> {
  order = ids;
  revision++;
  tell({ ...state(), changed: [] });
  for (let turn = 0; turn < 20; turn++) await Promise.resolve().then(() => nextTick());
}

async function viewOf(...ids: number[]) {
  order = ids;
  const view = useView();
  await scope.run(() => view.start());
  return view;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  setActivePinia(createPinia());
  revision = 1;
  const on = (name: string, listener: never) => {
    if (name === 'view:patch') tell = listener;
    return () => undefined;
  };
  setBackend({ invoke, on } as unknown as Backend);
});
afterEach(() => vi.useRealTimers());

describe('the focus', () => {
  it('of a list that nobody touched stays at the top, on the riskiest of what has come', async () => {
    const view = await viewOf(1);
    await reorder(3, 1, 2);
    expect([view.focus, view.focusId]).toEqual([0, 3]);
  });

  it('stays on its card once a person has chosen it', async () => {
    const view = await viewOf(1, 2);
    view.focusOn(0);
    await reorder(3, 2, 1);
    expect([view.focus, view.focusId]).toEqual([2, 1]);
  });

  it('is on no card while the order has changed and it has not followed its own yet', async () => {
    const view = await viewOf(1, 2);
    view.focusOn(0);
    const seen: unknown[] = [];
    const stop = watch(
      () => [view.focusId, view.focusedRow?.id],
      ([id, row]) => seen.push(row === undefined || row === id),
      { flush: 'sync' },
    );
    await reorder(2, 1);
    stop();
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((same) => same === true)).toBe(true);
    expect(view.focusedRow?.id).toBe(1);
  });

  it('says for a moment that it has gone to another card by itself', async () => {
    const view = await viewOf(1);
    expect(view.justMoved()).toBe(false);
    await reorder(2, 1);
    expect(view.justMoved()).toBe(true);
    vi.advanceTimersByTime(600);
    expect(view.justMoved()).toBe(false);
    await reorder(3, 2, 1);
    view.focusOn(0);
    expect(view.justMoved()).toBe(false);
  });

  it('is given to no other card when nothing is left to decide and its own leaves the list', async () => {
    const view = await viewOf(1, 2);
    view.focusOn(0);
    view.rest();
    await reorder(2);
    expect([view.focus, view.focusedRow]).toEqual([-1, undefined]);
    await reorder(2, 3);
    expect(view.focus).toBe(-1);
    view.focusOn(view.focus + 1);
    expect(view.focusId).toBe(2);
  });

  it('goes to what took the place of a card that left otherwise', async () => {
    const view = await viewOf(1, 2);
    view.focusOn(0);
    await reorder(2);
    expect([view.focus, view.focusId, view.justMoved()]).toEqual([0, 2, true]);
  });
});
