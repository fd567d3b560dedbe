import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { QueueStatus } from '../../../shared/ipc';
import { invoke, listen } from '../../backend/backend';
import { useToasts } from '../../ui/toast-store';

export const useQueue = defineStore('queue', () => {
  const toasts = useToasts();
  const status = shallowRef<QueueStatus>();

  async function ask(
    channel: 'queue:status' | 'queue:pause' | 'queue:resume' | 'queue:cancel',
  ): Promise<void> {
    try {
      status.value = await invoke(channel, undefined);
    } catch (error) {
      toasts.broke(error);
    }
  }

  async function start(): Promise<void> {
    listen('queue:changed', (changed) => (status.value = changed));
    await ask('queue:status');
  }

  return {
    status,
    start,
    pause: () => ask('queue:pause'),
    resume: () => ask('queue:resume'),
    cancel: () => ask('queue:cancel'),
  };
});
