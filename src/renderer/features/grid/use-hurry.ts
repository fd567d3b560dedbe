import { useTimeoutFn } from '@vueuse/core';
import { ref } from 'vue';
import { REST_MS, createHurry } from './hurry';

/** `scrolled` hears of each scroll event, before anything is drawn because of it. */
export function useHurry() {
  const hurry = createHurry();
  const hurried = ref(false);
  const rest = useTimeoutFn(
    () => {
      hurry.rested();
      hurried.value = false;
    },
    REST_MS,
    { immediate: false },
  );

  function scrolled(scroller: HTMLElement, at: number): void {
    hurried.value = hurry.moved(scroller.scrollTop, at, scroller.clientHeight);
    if (hurried.value) rest.start();
  }

  return { hurried, scrolled };
}
