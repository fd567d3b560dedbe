/** The number that is typed over, from the moment it is taken until it is kept or left. */
import { ref, shallowRef, watch } from 'vue';
import type { Failure } from '../../../shared/result';
import { useDecide } from '../decide/decide-store';
import { useCard } from '../open-card/card-store';
import { pressed, startOvertype, type Act } from './overtype';

/** `doubtfulDigits`: positions (0-based) worth looking at. */
export function useNumberEditor(doubtfulDigits: () => readonly number[]) {
  const card = useCard();
  const decide = useDecide();
  /** The number as it was when the editor took it: what comes later is not typed over. */
  const taken = shallowRef(card.number);
  const state = shallowRef(startOvertype(taken.value?.value ?? '', doubtfulDigits()));
  const failure = ref<Failure>();
  const busy = ref(false);
  /** Keys that came before the number did. */
  const early: string[] = [];

  watch(
    () => card.number,
    (number) => {
      if (!number || taken.value) return;
      taken.value = number;
      state.value = startOvertype(number.value ?? '', doubtfulDigits());
      for (const key of early.splice(0)) press(key);
    },
  );

  /** Whether the card is another by now than the one whose number is in the editor. */
  const isOld = () => taken.value !== undefined && card.shownRow?.revision !== taken.value.revision;
  watch(
    () => card.shownRow?.revision,
    () => {
      if (isOld() && !busy.value) failure.value = { code: 'card.changedSince' };
    },
  );

  /** Answers whether the key had a meaning. */
  function press(key: string): boolean {
    if (!taken.value) return key !== 'Escape' && early.push(key) > 0;
    const done = pressed(state.value, key, doubtfulDigits());
    if (done === undefined) return false;
    if (typeof done === 'object') {
      state.value = done;
      failure.value = undefined;
    } else void finish(done);
    return true;
  }

  async function finish(act: Act): Promise<void> {
    if (act === 'leave' || (act === 'save' && unchanged())) return stop();
    const id = card.openId;
    if (busy.value || id === undefined || !taken.value) return;
    if (isOld()) {
      failure.value = { code: 'card.changedSince' };
      return;
    }
    busy.value = true;
    const from = { id, revision: taken.value.revision };
    if (!unchanged()) failure.value = await card.correct(from, 'cardNumber', state.value.digits);
    busy.value = false;
    if (failure.value) return;
    stop();
    if (act === 'saveAndApprove') await decide.approve();
  }
  const unchanged = () => state.value.digits === (taken.value?.value ?? '');

  function stop(): void {
    card.editing = undefined;
  }

  return { taken, state, failure, busy, press, finish, stop };
}
