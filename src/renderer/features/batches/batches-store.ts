/** The batches that were taken in, and their counts. */
import { useTimeoutFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { BatchSummary } from '../../../shared/cards';
import type { BatchId } from '../../../shared/ids';
import { invoke, listen } from '../../backend/backend';
import { useToasts } from '../../ui/toast-store';

/** While cards are read, patches come many times a second; counts are asked for once in this time. */
const PAUSE_MS = 800;

export const useBatches = defineStore('batches', () => {
  const toasts = useToasts();
  /** Undefined until they are known. */
  const batches = shallowRef<readonly BatchSummary[]>();

  const newestFirst = computed(() =>
    [...(batches.value ?? [])].sort((one, other) => other.createdAt - one.createdAt),
  );
  const batchOf = (id: BatchId | undefined) => batches.value?.find((batch) => batch.id === id);

  async function load(): Promise<void> {
    try {
      batches.value = await invoke('batches:list', undefined);
    } catch (error) {
      toasts.broke(error);
    }
  }

  const pause = useTimeoutFn(() => void load(), PAUSE_MS, { immediate: false });
  function loadSoon(): void {
    if (!pause.isPending.value) pause.start();
  }

  async function start(): Promise<void> {
    listen('view:patch', loadSoon);
    await load();
  }

  return { batches, newestFirst, batchOf, load, start };
});
