/** The conversation in which a command gets another key: which one is asked for, what came, and what was said of it. */
import { useEventListener } from '@vueuse/core';
import { ref, shallowRef } from 'vue';
import { useI18n } from '../../messages/i18n';
import { readableKey, writtenKey, type Command, type Keys } from '../../../shared/keys';
import { words } from '../../messages/words';
import { useToasts } from '../../ui/toast-store';
import { useDesk } from '../../session/desk-store';
import { HELD_KEYS, assign, conflictOf, heldByAnother, refusalOf, remove, reset } from './remap';

export interface Asked {
  readonly command: Command;
  /** The key that is replaced; undefined: one more. */
  readonly from: string | undefined;
}
export interface Conflict extends Asked {
  readonly key: string;
  readonly by: Command;
}

export function useRemap(focusKey: (command: Command, key: string | undefined) => void) {
  const { t } = useI18n();
  const desk = useDesk();
  const toasts = useToasts();
  const asked = shallowRef<Asked>();
  const conflict = shallowRef<Conflict>();
  /** What stands beneath a command: why a key cannot be had, or stays elsewhere. */
  const note = shallowRef<{ readonly command: Command; readonly text: string }>();
  /** What screen readers say of the last change. */
  const said = ref('');

  const chosen = (): Keys => desk.settings?.keys ?? {};
  const readable = (key: string) => readableKey(key, desk.mac);

  function ask(command: Command, from: string | undefined): void {
    conflict.value = undefined;
    note.value = undefined;
    asked.value = { command, from };
    said.value = t('keys.listeningFor', { command: words.command(command) });
  }

  function cancel(): void {
    const was = asked.value ?? conflict.value;
    asked.value = undefined;
    conflict.value = undefined;
    note.value = undefined;
    if (!was) return;
    said.value = t('keys.cancelled');
    focusKey(was.command, was.from);
  }

  /** The person went elsewhere: what follows is not meant for the key. */
  function left(): void {
    asked.value = undefined;
    note.value = undefined;
  }

  async function store(keys: Keys, sentence: string, command?: Command, key?: string): Promise<void> {
    asked.value = undefined;
    conflict.value = undefined;
    note.value = undefined;
    try {
      const failure = await desk.change({ keys });
      if (failure) return toasts.failed(failure);
    } catch (error) {
      return toasts.broke(error);
    }
    said.value = sentence;
    if (command) focusKey(command, key ?? desk.bindings.find((one) => one.command === command)?.keys[0]);
  }

  const changed = ({ command, from }: Asked, key: string) =>
    store(
      assign(chosen(), command, from, key),
      t('keys.changed', { key: readable(key), command: words.command(command) }),
      command,
      key,
    );

  function takeOver(): void {
    if (conflict.value) void changed(conflict.value, conflict.value.key);
  }

  function takeAway(command: Command, key: string): void {
    const sentence = t('keys.removed', { key: readable(key), command: words.command(command) });
    void store(remove(chosen(), command, key), sentence, command, undefined);
  }

  function resetOne(command: Command): void {
    const keys = reset(chosen(), command);
    const held = heldByAnother(keys, command);
    const sentence = t('keys.resetDone', { command: words.command(command) });
    const stays = held && t('keys.resetHeld', { key: readable(held.key), command: words.command(held.by) });
    void store(keys, stays ?? sentence, command).then(() => {
      if (stays) note.value = { command, text: stays };
    });
  }

  const resetAll = () => store({}, t('keys.resetAllDone'));

  function came(event: KeyboardEvent): void {
    const { value: now } = asked;
    if (!now) return;
    event.stopImmediatePropagation();
    if (event.isComposing || HELD_KEYS.includes(event.key)) return;
    event.preventDefault();
    if (event.repeat) return;
    if (event.key === 'Escape') return cancel();
    const key = writtenKey(event, desk.mac);
    const ofSystem = desk.mac ? event.ctrlKey : event.metaKey;
    const refusal = ofSystem ? ({ why: 'system' } as const) : refusalOf(now.command, key);
    if (refusal) {
      const text = t(`keys.refused.${refusal.why}`, {
        key: readable(key),
        command: refusal.why === 'menu' ? words.command(refusal.by) : '',
      });
      note.value = { command: now.command, text };
      said.value = text;
      return;
    }
    const mine = desk.bindings.find((one) => one.command === now.command);
    if (mine?.keys.includes(key)) {
      asked.value = undefined;
      said.value = t('keys.same', { key: readable(key), command: words.command(now.command) });
      return focusKey(now.command, key);
    }
    const by = conflictOf(chosen(), now.command, key)?.command;
    if (!by) return void changed(now, key);
    note.value = undefined;
    asked.value = undefined;
    conflict.value = { ...now, key, by };
    said.value = t('keys.conflict', { key: readable(key), command: words.command(by) });
  }

  // Before the dialog, which would take Esc and Tab for itself.
  useEventListener(window, 'keydown', came, { capture: true });

  return { asked, conflict, note, said, ask, cancel, left, takeOver, takeAway, resetOne, resetAll };
}
