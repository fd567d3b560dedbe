/** Approves a screen of the wall: what is seen on it and gives no reason to look. */
import type { SeenCard } from '../../../shared/cards';
import { translate } from '../../messages/i18n';
import { useToasts } from '../../ui/toast-store';
import { useDecide } from '../decide/decide-store';
import { LOOK_AGAIN_MS } from '../view/attention';
import { useView } from '../view/view-store';

export interface Screen {
  /** Approved by one key, as they are shown. */
  readonly passing: readonly SeenCard[];
  /** How many somebody has to look at for itself, and how many are marked. */
  readonly staying: number;
  readonly marked: number;
  /** Where the screen begins, and the next one. */
  readonly from: number;
  readonly next: number;
}

export function createApproval(screen: () => Screen, lookAtStaying: () => void) {
  const view = useView();
  const decide = useDecide();
  const toasts = useToasts();
  let approvedAt = -Infinity;

  /** The screen turns when nothing is left on it. */
  return async function approveShown(): Promise<void> {
    // The key for the screen before, pressed once more: nobody has looked at this one.
    if (performance.now() - approvedAt < LOOK_AGAIN_MS) return toasts.problem(translate('wall.justMoved'));
    const { passing, staying, marked, from, next } = screen();
    if (passing.length === 0) {
      toasts.problem(staying > 0 ? translate('wall.allStay', {}, staying) : translate('wall.done'));
      return lookAtStaying();
    }
    const refusal = await decide.approveTogether(passing, staying);
    // A person who has turned the page meanwhile stays there.
    if (refusal !== undefined || screen().from !== from) return;
    approvedAt = performance.now();
    if (staying > 0) lookAtStaying();
    // Where the filter hides what is decided, the next cards come to this screen by themselves.
    else if (marked === 0 && view.filter.states.length === 0 && next < view.total) view.focusOn(next);
  };
}
