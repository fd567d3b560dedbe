/** What holds for the whole window: the lock, the settings, and which dialog is open. */
import { usePreferredDark } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { DeskInfo, LockState } from '../../shared/ipc';
import type { CredentialsStatus, Language, Settings, SettingsChange } from '../../shared/settings';
import { bindingsWith, firstKey, type Command } from '../../shared/keys';
import type { Failure } from '../../shared/result';
import { backend, invoke } from '../backend/backend';
import { useSession } from './session-store';
import { refusalOf } from '../backend/refusal';
import { setLanguage } from '../messages/i18n';

export type DialogName = 'links' | 'export' | 'settings' | 'shortcuts' | 'report';

export const SETTINGS_SECTIONS = ['general', 'recognition', 'review', 'doubts', 'people'] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

export const useDesk = defineStore('desk', () => {
  const session = useSession();
  const info = shallowRef<DeskInfo>();
  const lock = shallowRef<LockState>();
  const settings = shallowRef<Settings>();
  const credentials = shallowRef<CredentialsStatus>();
  const dialog = ref<DialogName>();
  /** The section of the settings that was looked at last. */
  const settingsSection = ref<SettingsSection>('general');
  const systemDark = usePreferredDark();

  const mac = computed(() => info.value?.platform === 'darwin');
  /** The table of keys in force. */
  const bindings = computed(() => bindingsWith(settings.value?.keys ?? {}));
  const keyOf = (command: Command) => firstKey(command, mac.value, bindings.value);
  /** A label and, where the command has one, its key: for tooltips. */
  const withKey = (label: string, command: Command) => `${label} ${keyOf(command)}`.trim();

  const language = computed<Language>(() => {
    const chosen = settings.value?.language ?? 'system';
    return chosen === 'system' ? (info.value?.systemLanguage ?? 'zh-CN') : chosen;
  });
  const dark = computed(() => {
    const theme = settings.value?.theme ?? 'system';
    return theme === 'system' ? systemDark.value : theme === 'dark';
  });
  watch(language, setLanguage, { immediate: true });
  watch(dark, (on) => document.documentElement.classList.toggle('dark', on), { immediate: true });

  async function start(): Promise<void> {
    backend().on('settings:changed', (changed) => (settings.value = changed));
    try {
      info.value = await invoke('desk:info', undefined);
      if (info.value.lock.kind === 'open') await opened();
      lock.value = info.value.lock;
    } catch (error) {
      lock.value = { kind: 'cannotOpen', code: refusalOf(error).code };
    }
  }

  async function opened(): Promise<void> {
    [settings.value] = await Promise.all([invoke('settings:get', undefined), session.start()]);
  }

  /** Main answers only to somebody who is signed in, so this is not asked at the start. */
  async function loadCredentials(): Promise<void> {
    credentials.value = await invoke('credentials:status', undefined);
  }

  async function unlock(passphrase: string): Promise<Failure | undefined> {
    const answer = await invoke('desk:unlock', { passphrase });
    if (!answer.ok) return answer.error;
    if (answer.value.kind === 'open') await opened();
    lock.value = answer.value;
    return undefined;
  }

  async function change(part: SettingsChange): Promise<Failure | undefined> {
    const answer = await invoke('settings:change', part);
    if (!answer.ok) return answer.error;
    settings.value = answer.value;
    return undefined;
  }

  function openSettings(section: SettingsSection): void {
    settingsSection.value = section;
    dialog.value = 'settings';
  }

  return {
    info,
    lock,
    settings,
    credentials,
    dialog,
    settingsSection,
    openSettings,
    mac,
    bindings,
    keyOf,
    withKey,
    language,
    dark,
    start,
    unlock,
    loadCredentials,
    change,
  };
});
