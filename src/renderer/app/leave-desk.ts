/** Forgets what a person saw and did here: the stores of the desk are made anew for whoever comes next. */
import { getActivePinia } from 'pinia';
import { useBatches } from '../features/batches/batches-store';
import { useCard } from '../features/open-card/card-store';
import { useDecide } from '../features/decide/decide-store';
import { useView } from '../features/view/view-store';
import { useIntake } from '../features/intake/intake-store';
import { useQueue } from '../features/queue/queue-store';
import { useWall } from '../features/wall/wall-store';
import { useToasts } from '../ui/toast-store';
import { useDesk } from '../session/desk-store';

/** Called when no component of the desk is there any more. */
export function leaveDesk(): void {
  const pinia = getActivePinia();
  for (const use of [useWall, useDecide, useCard, useView, useBatches, useIntake, useQueue]) {
    const store = use();
    store.$dispose();
    // Else the next store of this name would begin with its values.
    if (pinia) delete pinia.state.value[store.$id];
  }
  const desk = useDesk();
  desk.dialog = desk.credentials = undefined;
  desk.settingsSection = 'general';
  useToasts().clear();
}
