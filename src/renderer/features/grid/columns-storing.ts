/** Stores the columns behind what a person does to them. */
import type { ArrangedColumn } from '../../../shared/grid';
import { useDesk } from '../../session/desk-store';
import { useToasts } from '../../ui/toast-store';

/** `columns`: as they stand now. */
export function createStoring(columns: () => readonly ArrangedColumn[]) {
  const desk = useDesk();
  const toasts = useToasts();
  let unsaved = false;
  let saving = false;

  /** One change is on its way at a time; the last one wins. */
  async function save(): Promise<void> {
    unsaved = true;
    if (saving) return;
    saving = true;
    try {
      while (unsaved) {
        unsaved = false;
        const failure = await desk.change({ grid: { columns: [...columns()] } });
        if (failure) toasts.failed(failure);
      }
    } catch (error) {
      toasts.broke(error);
    } finally {
      saving = false;
    }
  }

  /** Then what comes from main is older than what is shown. */
  const isUnderWay = () => unsaved || saving;

  return { save, isUnderWay };
}
