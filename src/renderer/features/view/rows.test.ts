/** The rows of the view: what is asked of main, and what is shown meanwhile. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { CardRow, ViewPatch } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { setBackend, type Backend } from '../../backend/backend';
import { createRows } from './rows';

interface Call {
  readonly name: string;
  readonly input: { readonly from?: number; readonly to?: number };
  readonly answer: (value: unknown) => void;
}
let calls: Call[];
let told: string[];

beforeEach(() => {
  [calls, told] = [[], []];
  const invoke = (name: string, input: never) =>
    new Promise((answer) => void calls.push({ name, input, answer }));
  setBackend({ invoke } as unknown as Backend);
});

const tell = (word: string) => () => void told.push(word);
const rowsOf = () =>
  createRows({
    request: () => ({}) as never,
    leaving: tell('leaving'),
    opened: tell('opened'),
    arrived: tell('arrived'),
    patched: tell('patched'),
    reordered: async () => void told.push('reordered'),
    broke: (error) => {
      throw error;
    },
  });
const row = (id: number, revision = 1) => ({ id: id as CardId, revision }) as CardRow;
const view = (viewId: number, total: number, revision = 1) => ({ viewId, total, revision, version: 1 });
const window = (...ids: number[]) => ({ revision: 1, from: 0, rows: ids.map((id) => row(id)) });

async function answer(value: unknown): Promise<void> {
  calls.shift()?.answer(value);
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

describe('rows of a view', () => {
  it('stay until those of the next view are there', async () => {
    const rows = rowsOf();
    void rows.open();
    await answer(view(1, 2));
    await answer(window(1, 2));
    void rows.open();
    await answer(view(2, 1));
    expect([rows.view.value?.viewId, rows.rowAt(1)?.id]).toEqual([1, 2]);
    await answer(window(9));
    expect([rows.view.value?.viewId, rows.rowAt(0)?.id, rows.rowAt(1)]).toEqual([2, 9, undefined]);
    expect(told).toEqual(['leaving', 'opened', 'leaving', 'opened']);
  });

  it('are of the view that was asked for last, whichever is answered last', async () => {
    const rows = rowsOf();
    void rows.open();
    const [first] = calls;
    void rows.open();
    calls.shift();
    await answer(view(2, 1));
    await answer(window(9));
    first?.answer(view(1, 2));
    await Promise.resolve();
    expect([rows.view.value?.viewId, calls.length]).toEqual([2, 0]);
  });

  it('are asked for again when their order changed, and shown where they were until then', async () => {
    const rows = rowsOf();
    void rows.open();
    await answer(view(1, 2));
    await answer(window(1, 2));
    rows.patch({ ...view(1, 2, 2), changed: [row(1, 5)] } as unknown as ViewPatch);
    expect([rows.rowAt(0)?.revision, calls.length]).toEqual([5, 1]);
    await answer({ ...window(2, 1), revision: 2 });
    expect(rows.rowAt(0)?.id).toBe(2);
    expect(told.slice(2)).toEqual(['patched', 'arrived', 'reordered']);
  });

  it('of a stretch are asked for only where some are not held', async () => {
    const rows = rowsOf();
    void rows.open();
    await answer(view(1, 90));
    await answer(window(...Array.from({ length: 50 }, (_none, at) => at + 1)));
    expect((await rows.rowsBetween(3, 6)).map(({ id }) => id)).toEqual([4, 5, 6]);
    void rows.rowsBetween(48, 60);
    expect(calls.map(({ name, input }) => [name, input.from, input.to])).toEqual([['view:rows', 48, 60]]);
  });
});
