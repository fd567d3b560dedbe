/** The one listener for keys: it asks the table what a key means here and hands the command on. */
import { useEventListener } from '@vueuse/core';
import { BINDINGS, commandFor, type Binding, type Command, type Place } from '../../shared/keys';
import { isTyping } from '../ui/typing';

/** Enter and Space belong to the control that has the focus. */
function pressesControl(event: KeyboardEvent): boolean {
  return (
    (event.key === 'Enter' || event.key === ' ') &&
    event.target instanceof HTMLElement &&
    event.target.closest('button, a, summary, input, [role="switch"], [role="menuitem"]') !== null
  );
}

/** Commands that go on while their key is held; a decision needs a press of its own. */
const REPEATED: ReadonlySet<Command> = new Set(
  BINDINGS.filter((binding) => binding.group === 'move' || binding.group === 'card').map(
    (one) => one.command,
  ),
);

/** Inside a part that scrolls by itself, the keys that scroll keep that meaning. */
function scrolls(event: KeyboardEvent): boolean {
  return (
    /^(Arrow(Up|Down)|Page(Up|Down)|Home|End)$/.test(event.key) &&
    event.target instanceof HTMLElement &&
    event.target.closest('[data-scrolls]') !== null
  );
}

export interface KeyHost {
  readonly place: () => Place;
  readonly mac: () => boolean;
  /** The table of keys in force: the defaults with a person's own. */
  readonly bindings: () => readonly Binding[];
  /** False while a dialog is open: its keys are its own. */
  readonly listening: () => boolean;
  /** Answers whether the command did something; else the key keeps its usual meaning. */
  readonly run: (command: Command) => boolean;
}

export function useKeys(host: KeyHost): void {
  function pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || !host.listening() || pressesControl(event)) return;
    if (scrolls(event)) return;
    const typing = isTyping(event.target);
    const command = commandFor(event, { place: host.place(), typing, mac: host.mac() }, host.bindings());
    if (!command) return;
    if (event.repeat && !REPEATED.has(command)) event.preventDefault();
    else if (host.run(command)) event.preventDefault();
  }
  useEventListener(window, 'keydown', pressed);
}
