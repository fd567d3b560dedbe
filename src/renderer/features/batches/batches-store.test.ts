import { createPinia, setActivePinia } from 'pinia';
import { effectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BatchSummary } from '../../../shared/cards';
import type { BatchId } from '../../../shared/ids';
import { setBackend, type Backend } from '../../backend/backend';
import { useBatches } from './batches-store';

let listed: readonly Partial<BatchSummary>[];
let asked: number;
let patched: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  setActivePinia(createPinia());
  asked = 0;
  const invoke = async () => {
    asked += 1;
    return listed;
  };
  const on = (_name: string, listener: () => void) => {
    patched = listener;
    return () => undefined;
  };
  setBackend({ invoke, on } as unknown as Backend);
});
afterEach(() => vi.useRealTimers());

const batch = (id: number, createdAt: number) => ({ id: id as BatchId, createdAt, name: `batch ${id}` });

describe('the batches', () => {
  it('are unknown until main tells of them, then the newest is first', async () => {
    listed = [batch(1, 10), batch(2, 30), batch(3, 20)];
    const batches = useBatches();
    expect(batches.batches).toBeUndefined();
    await effectScope().run(() => batches.start());
    expect(batches.newestFirst.map(({ id }) => id)).toEqual([2, 3, 1]);
    expect(batches.batchOf(3 as BatchId)?.name).toBe('batch 3');
    expect(batches.batchOf(undefined)).toBeUndefined();
  });

  it('are asked for once for all patches of a moment, and again for later ones', async () => {
    listed = [];
    const batches = useBatches();
    await effectScope().run(() => batches.start());
    listed = [batch(1, 10)];
    for (let patch = 0; patch < 5; patch++) patched();
    expect(asked).toBe(1);
    await vi.runAllTimersAsync();
    expect([asked, batches.batches?.length]).toEqual([2, 1]);
    patched();
    await vi.runAllTimersAsync();
    expect(asked).toBe(3);
  });
});
