/** Whether keys are text where the focus is: then they are no commands. */

/** Inputs that take no text: a key pressed on them may be a command. */
const NOT_TYPED = ['checkbox', 'radio', 'button', 'submit', 'range'];

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !NOT_TYPED.includes(target.type);
  if (target.getAttribute('role') === 'textbox') return true;
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}
