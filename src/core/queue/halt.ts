/**
 * What keeps all cards waiting, whatever engine they wait for: a person who paused, also before the last
 * start, records that lost something, or a defect.
 */
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
/** What was lost with the records, and may have been paid for: nothing is asked before a person says that it may be. */
const HELD = ['profile.changesLost'] as const;

/** `guarded`: what the computer fails at is waited for. A pause holds in this run also where it cannot be written. */
export function createHalt(store: SettingStore, guarded: (work: () => void) => void): Halt {
  let paused = false;
  let held: (typeof HELD)[number] | undefined;
  let broken = false;

  function set(now: boolean): void {
    paused = now;
    held = undefined;
    guarded(() => store.setSetting(PAUSED_SETTING, now ? 'yes' : 'no'));
  }

  return {
    halted: () => paused || broken || held !== undefined,
    reason() {
      if (paused) return { kind: 'paused' };
      if (held !== undefined) return { kind: 'stopped', code: held };
      return broken ? { kind: 'stopped', code: 'internal' } : undefined;
    },
    recall: () =>
      guarded(() => {
        const setting = store.setting(PAUSED_SETTING);
        paused = setting === 'yes';
        held = HELD.find((code) => code === setting);
      }),
    pause: () => set(true),
    goOn: () => set(false),
    breakDown: () => void (broken = true),
    mend: () => void (broken = false),
  };
}
