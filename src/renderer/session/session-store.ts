/** Who sits at the desk, and what they may do. While nobody has added people, one administrator always does. */
import { defineStore } from 'pinia';
import { computed, nextTick, shallowRef } from 'vue';
import { mayAct, type PersonId, type Role, type SessionState } from '../../shared/people';
import type { Failure } from '../../shared/result';
import { backend, invoke, whenSignedOut } from '../backend/backend';
import { useToasts } from '../ui/toast-store';

export const useSession = defineStore('session', () => {
  const toasts = useToasts();
  const state = shallowRef<SessionState>();

  const person = computed(() => state.value?.person);
  const signInNeeded = computed(() => state.value?.signInNeeded === true);
  const people = computed(() => state.value?.people ?? []);
  const may = (least: Role) => person.value !== undefined && mayAct(person.value.role, least);

  /** Between two persons the desk is left, so that the second one begins with nothing of the first. */
  async function take(next: SessionState): Promise<void> {
    const [before, after] = [person.value?.id, next.person?.id];
    if (before !== undefined && after !== undefined && before !== after) {
      state.value = { ...next, person: undefined };
      await nextTick();
    }
    state.value = next;
  }

  async function refresh(): Promise<void> {
    try {
      await take(await invoke('session:get', undefined));
    } catch (error) {
      toasts.broke(error);
    }
  }

  async function start(): Promise<void> {
    backend().on('session:changed', (next) => void take(next));
    whenSignedOut(() => void refresh());
    await take(await invoke('session:get', undefined));
  }

  async function signIn(id: PersonId, pin: string): Promise<Failure | undefined> {
    const answer = await invoke('session:signIn', { id, pin });
    if (!answer.ok) return answer.error;
    await take(answer.value);
    return undefined;
  }

  async function signOut(): Promise<void> {
    if (!signInNeeded.value) return;
    try {
      await take(await invoke('session:signOut', undefined));
    } catch (error) {
      toasts.broke(error);
    }
  }

  return { person, signInNeeded, people, may, take, start, signIn, signOut };
});
