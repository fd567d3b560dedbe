import type { Output } from '../../shared/ipc';
import { fail, ok, type Result } from '../../shared/result';
import {
  SETTING_NAMES,
  SETTINGS,
  SettingsSchema,
  type Settings,
  type SettingsChange,
} from '../../shared/settings';
import type { SettingStore } from './ports';

/** A change over what is there: weights that it does not name stay. */
function over(settings: Settings, change: SettingsChange): Settings {
  const doubtWeights = { ...settings.doubtWeights, ...change.doubtWeights };
  return SettingsSchema.parse({ ...settings, ...change, doubtWeights });
}

export interface DeskSettings {
  get(): Settings;
  change(change: SettingsChange): Output<'settings:change'>;
  /** For this run only: what the command line says outranks what is stored. */
  override(change: SettingsChange): Output<'settings:change'>;
}

const NAME = 'settings';
const LOOPBACK = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?\/?$/;
const SECURE = /^https:\/\/[a-z0-9.-]+(:\d{1,5})?\/?$/i;

/** The secret signs every call and pictures of cards go there: plain http stays on this computer. */
export function isEndpoint(text: string): boolean {
  return text === '' || LOOPBACK.test(text) || SECURE.test(text);
}

export function createDeskSettings(
  store: SettingStore,
  changed: (now: Settings, before: Settings) => void,
  /** Whether an administrator sits at the desk. */
  administrator: () => boolean,
): DeskSettings {
  let current = read(store);
  let overrides: SettingsChange = {};
  /** Both together; asked for at every card. */
  let inForce = current;

  function check(change: SettingsChange): Result<SettingsChange, 'settings.badEndpoint'> {
    if (change.endpoint !== undefined && !isEndpoint(change.endpoint)) return fail('settings.badEndpoint');
    return ok(Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
  }

  function mayChange(change: SettingsChange): boolean {
    const named = SETTING_NAMES.filter((name) => name in change);
    return named.every((name) => SETTINGS[name].by === 'anybody') || administrator();
  }

  return {
    get: () => inForce,
    change(change) {
      if (!mayChange(change)) return fail('session.notAllowed');
      const checked = check(change);
      if (!checked.ok) return checked;
      const before = inForce;
      current = over(current, checked.value);
      store.setSetting(NAME, JSON.stringify(current));
      inForce = over(current, overrides);
      changed(inForce, before);
      return ok(inForce);
    },
    override(change) {
      const checked = check(change);
      if (!checked.ok) return checked;
      overrides = { ...overrides, ...checked.value };
      inForce = over(current, overrides);
      return ok(inForce);
    },
  };
}

/** What an older or newer version stored and this one does not understand falls back to the defaults, field by field. */
function read(store: SettingStore): Settings {
  const stored: unknown = JSON.parse(store.setting(NAME) ?? '{}');
  const whole = SettingsSchema.safeParse(stored);
  if (whole.success) return whole.data;
  const known = Object.entries(stored as object).filter(
    ([name, value]) => SettingsSchema.partial().safeParse({ [name]: value }).success,
  );
  return SettingsSchema.parse(Object.fromEntries(known));
}
