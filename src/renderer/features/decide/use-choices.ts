/** A short list to choose from by a digit, the arrows or a click; the focus goes back to where it was. */
import { onBeforeUnmount, onMounted, type Ref } from 'vue';

export function useChoices(
  box: Ref<HTMLElement | undefined>,
  /** By position (0-based); a position without a choice does nothing. */
  choose: (at: number) => void,
  leave: () => void,
) {
  const before = document.activeElement;
  const buttons = () => [...(box.value?.querySelectorAll<HTMLButtonElement>('[data-choice]') ?? [])];

  function move(by: number): void {
    const all = buttons();
    const at = all.findIndex((button) => button === document.activeElement);
    all[(at + by + all.length) % all.length]?.focus();
  }

  /** In a text field among the choices, digits and arrows are typing and choose nothing. */
  function pressed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Escape') leave();
    else if (event.target instanceof HTMLInputElement) return event.stopPropagation();
    else if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (/^[1-9]$/.test(event.key)) choose(Number(event.key) - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  onMounted(() => buttons()[0]?.focus());
  onBeforeUnmount(() => {
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  });
  return { pressed };
}
