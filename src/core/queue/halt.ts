/** What keeps all cards waiting, whatever engine they wait for: a person who paused, also before the last start, or a defect. */
import type { SettingStore } from '../settings/ports';

export interface Halt {
  halted(): boolean;
  /** Why. */
  reason(): { readonly kind: 'paused' } | { readonly kind: 'stopped'; readonly code: string } | undefined;
  /** As the last run left it. */
  recall(): void;
  pause(): void;
  goOn(): void;
  /** A defect keeps cards from being worked on at all; going on would only repeat it. */
  breakDown(): void;
  mend(): void;
}

const PAUSED_SETTING = 'queue.paused';

/** `guarded`: what the computer fails at is waited for. A pause holds in this run also where it cannot be written. */
export function createHalt(store: SettingStore, guarded: (work: () => void) => void): Halt {
  let paused = false;
  let broken = false;

  function set(now: boolean): void {
    paused = now;
    guarded(() => store.setSetting(PAUSED_SETTING, now ? 'yes' : 'no'));
  }

  return {
    halted: () => paused || broken,
    reason() {
      if (paused) return { kind: 'paused' };
      return broken ? { kind: 'stopped', code: 'internal' } : undefined;
    },
    recall: () => guarded(() => (paused = store.setting(PAUSED_SETTING) === 'yes')),
    pause: () => set(true),
    goOn: () => set(false),
    breakDown: () => void (broken = true),
    mend: () => void (broken = false),
  };
}
