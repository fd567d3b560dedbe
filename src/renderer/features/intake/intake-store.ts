/** The ways in, and how far each batch under way has come. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { BatchId } from '../../../shared/ids';
import type { IntakeProgress } from '../../../shared/ipc';
import type { Failure, Result } from '../../../shared/result';
import { backend, invoke, listen } from '../../backend/backend';
import { translate } from '../../messages/i18n';
import { useToasts } from '../../ui/toast-store';

export const useIntake = defineStore('intake', () => {
  const toasts = useToasts();
  const underWay = ref<IntakeProgress[]>([]);
  const choosing = ref(false);

  function progressed(progress: IntakeProgress): void {
    const others = underWay.value.filter((one) => one.batchId !== progress.batchId);
    underWay.value = progress.finished ? others : [...others, progress];
    if (!progress.finished) return;
    const { batchName: name, taken, failed } = progress;
    toasts.done(translate(failed > 0 ? 'intake.finishedFailed' : 'intake.finished', { name, taken, failed }));
  }

  function start(): void {
    listen('intake:progress', progressed);
  }

  /** One way in at a time: a second dialog of the system would cover the first. */
  async function take(act: () => Promise<Result<BatchId | undefined>>): Promise<Failure | undefined> {
    if (choosing.value) return undefined;
    choosing.value = true;
    try {
      const answer = await act();
      return answer.ok ? undefined : answer.error;
    } catch (error) {
      toasts.broke(error);
      return undefined;
    } finally {
      choosing.value = false;
    }
  }

  async function orSay(act: () => Promise<Result<BatchId | undefined>>): Promise<void> {
    const failure = await take(act);
    if (failure) toasts.failed(failure);
  }

  async function drop(files: readonly File[]): Promise<void> {
    await orSay(async () => {
      const token = await backend().dropped(files);
      return token === undefined
        ? { ok: false, error: { code: 'intake.nothingDropped' } }
        : invoke('intake:drop', { token });
    });
  }

  /** The dialog shows the failure beside what was typed, or beside what is left of it: one bad link costs no other. */
  async function links(text: string): Promise<{ readonly failure?: Failure; readonly left: string }> {
    let left = text;
    let wrong: Failure | undefined;
    const refused = await take(async () => {
      const answer = await invoke('intake:links', { text });
      if (!answer.ok) return answer;
      ({ left, wrong } = answer.value);
      return { ok: true, value: answer.value.batchId };
    });
    return { failure: refused ?? wrong, left };
  }

  async function cancel(batchId: BatchId): Promise<void> {
    try {
      await invoke('intake:cancel', { batchId });
    } catch (error) {
      toasts.broke(error);
    }
  }

  return {
    underWay,
    choosing,
    start,
    chooseFiles: () => orSay(() => invoke('intake:chooseFiles', undefined)),
    chooseFolder: () => orSay(() => invoke('intake:chooseFolder', undefined)),
    paste: () => orSay(() => invoke('intake:paste', undefined)),
    specimens: () => orSay(() => invoke('intake:specimens', undefined)),
    links,
    drop,
    cancel,
  };
});
