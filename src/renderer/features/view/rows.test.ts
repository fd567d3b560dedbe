/** The rows of the view: what is asked of main, and what is shown meanwhile. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { CardRow, ViewPatch } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { setBackend, type Backend } from '../../backend/backend';
import { createRows } from './rows';

interface Call {
  readonly name: string;
  readonly input: { readonly from?: number; readonly to?: number; readonly filter?: unknown };
  readonly answer: (value: unknown) => void;
  readonly fail: (error: Error) => void;
}
let calls: Call[];
let told: string[];
let wanted: number;

beforeEach(() => {
  [calls, told, wanted] = [[], [], 0];
  const invoke = (name: string, input: never) =>
    new Promise((answer, fail) => void calls.push({ name, input, answer, fail }));
  setBackend({ invoke } as unknown as Backend);
});

const tell = (word: string) => () => void told.push(word);
const rowsOf = () =>
  createRows({
    request: () => ({ filter: { search: String(wanted) } }) as never,
    leaving: tell('leaving'),
    opened: tell('opened'),
    arrived: tell('arrived'),
    patched: tell('patched'),
    reordered: async () => void told.push('reordered'),
    broke: tell('broke'),
  });
const row = (id: number, revision = 1) => ({ id: id as CardId, revision }) as CardRow;
const view = (viewId: number, total: number, revision = 1) => ({ viewId, total, revision, version: 1 });
const opened = (viewId: number, ...ids: number[]) => ({
  ...view(viewId, ids.length),
  rows: ids.map((id) => row(id)),
});
const window = (...ids: number[]) => ({ revision: 1, from: 0, rows: ids.map((id) => row(id)) });

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
async function answer(value: unknown): Promise<void> {
  calls.shift()?.answer(value);
  await turns();
}

describe('rows of a view', () => {
  it('come with their view, and stay until the next one is there', async () => {
    const rows = rowsOf();
    void rows.open();
    await answer(opened(1, 1, 2));
    void rows.open();
    expect([rows.view.value?.viewId, rows.rowAt(1)?.id]).toEqual([1, 2]);
    await answer(opened(2, 9));
    expect(calls).toEqual([]);
    expect([rows.view.value?.viewId, rows.rowAt(0)?.id, rows.rowAt(1)]).toEqual([2, 9, undefined]);
    expect(told).toEqual(['leaving', 'opened', 'leaving', 'opened']);
  });

  it('are asked for by one question at a time: the newest waits, those between are never asked', async () => {
    const rows = rowsOf();
    const asked: Promise<void>[] = [];
    for (wanted = 1; wanted <= 5; wanted++) asked.push(rows.open());
    wanted = 5;
    expect(calls.map(({ input }) => input.filter)).toEqual([{ search: '1' }]);
    await answer(opened(1, 1));
    expect(calls.map(({ input }) => input.filter)).toEqual([{ search: '5' }]);
    await answer(opened(2, 9));
    await Promise.all(asked);
    expect([rows.view.value?.viewId, calls.length]).toEqual([2, 0]);
  });

  it('of a question that was overtaken are never shown', async () => {
    const rows = rowsOf();
    void rows.open();
    void rows.open();
    await answer(opened(1, 1));
    expect(rows.view.value).toBeUndefined();
    await answer(opened(2, 9));
    expect([rows.rowAt(0)?.id, told]).toEqual([9, ['leaving', 'leaving', 'opened']]);
  });

  it('of the newest question come although the one before it failed', async () => {
    const rows = rowsOf();
    void rows.open();
    const newest = rows.open();
    calls.shift()?.fail(new Error('no'));
    await turns();
    await answer(opened(2, 9));
    await newest;
    expect([rows.rowAt(0)?.id, told]).toEqual([9, ['leaving', 'leaving', 'broke', 'opened']]);
  });

  it('are as main told of them while their view was on its way', async () => {
    const rows = rowsOf();
    void rows.open();
    rows.patch({ ...view(1, 1, 1), version: 2, changed: [row(1, 7)] } as unknown as ViewPatch);
    await answer(opened(1, 1));
    expect([rows.view.value?.version, rows.rowAt(0)?.revision]).toEqual([2, 7]);
  });

  it('are asked for again when their order changed, and shown where they were until then', async () => {
    const rows = rowsOf();
    void rows.open();
    await answer(opened(1, 1, 2));
    rows.patch({ ...view(1, 2, 2), changed: [row(1, 5)] } as unknown as ViewPatch);
    expect([rows.rowAt(0)?.revision, calls.length]).toEqual([5, 1]);
    await answer({ ...window(2, 1), revision: 2 });
    expect(rows.rowAt(0)?.id).toBe(2);
    expect(told.slice(2)).toEqual(['patched', 'arrived', 'reordered']);
  });

  it('of a stretch are asked for only where some are not held', async () => {
    const rows = rowsOf();
    void rows.open();
    await answer({ ...opened(1, ...Array.from({ length: 50 }, (_none, at) => at + 1)), total: 90 });
    expect((await rows.rowsBetween(3, 6)).map(({ id }) => id)).toEqual([4, 5, 6]);
    void rows.rowsBetween(48, 60);
    expect(calls.map(({ name, input }) => [name, input.from, input.to])).toEqual([['view:rows', 48, 60]]);
  });
});
