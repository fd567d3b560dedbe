/** Every change holds at once; only a refused one is told. */
import { computed } from 'vue';
import type { Failure } from '../../../shared/result';
import type { SettingsChange } from '../../../shared/settings';
import { useDesk } from '../../session/desk-store';
import { useToasts } from '../../ui/toast-store';

export function useSettings() {
  const desk = useDesk();
  const toasts = useToasts();

  /** Answers why not, for a refusal that is told beside what was typed. */
  async function change(part: SettingsChange): Promise<Failure | undefined> {
    try {
      return await desk.change(part);
    } catch (error) {
      toasts.broke(error);
      return undefined;
    }
  }
  async function changeOrSay(part: SettingsChange): Promise<void> {
    const failure = await change(part);
    if (failure) toasts.failed(failure);
  }
  return { settings: computed(() => desk.settings), change, changeOrSay };
}
