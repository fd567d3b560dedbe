import type { EngineName } from '../../shared/recognition';
import { fail, ok, type Result } from '../../shared/result';
import { SettingsSchema, type Settings, type SettingsChange } from '../../shared/settings';
import type { CardStore } from '../cards/ports';

export interface DeskSettings {
  get(): Settings;
  change(change: SettingsChange): Result<Settings, 'settings.badEndpoint'>;
  /** For this run only: what the command line says outranks what is stored. */
  override(change: SettingsChange): Result<Settings, 'settings.badEndpoint'>;
  /** The engine that cards go to unless a person asks for another. */
  engine(hasCredentials: boolean): EngineName;
}

const NAME = 'settings';
const LOOPBACK = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?\/?$/;
const SECURE = /^https:\/\/[a-z0-9.-]+(:\d{1,5})?\/?$/i;

/** The secret signs every call and pictures of cards go there: plain http stays on this computer. */
export function isEndpoint(text: string): boolean {
  return text === '' || LOOPBACK.test(text) || SECURE.test(text);
}

export function createDeskSettings(
  store: CardStore,
  changed: (now: Settings, before: Settings) => void,
): DeskSettings {
  let current = read(store);
  let overrides: SettingsChange = {};

  function check(change: SettingsChange): Result<SettingsChange, 'settings.badEndpoint'> {
    if (change.endpoint !== undefined && !isEndpoint(change.endpoint)) return fail('settings.badEndpoint');
    return ok(Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
  }

  return {
    get: () => ({ ...current, ...overrides }),
    change(change) {
      const checked = check(change);
      if (!checked.ok) return checked;
      const before = { ...current, ...overrides };
      current = SettingsSchema.parse({ ...current, ...checked.value });
      store.setSetting(NAME, JSON.stringify(current));
      const now = { ...current, ...overrides };
      changed(now, before);
      return ok(now);
    },
    override(change) {
      const checked = check(change);
      if (!checked.ok) return checked;
      overrides = { ...overrides, ...checked.value };
      return ok({ ...current, ...overrides });
    },
    engine(hasCredentials) {
      const { engine } = { ...current, ...overrides };
      if (engine !== 'auto') return engine;
      return hasCredentials ? 'tencent' : 'local';
    },
  };
}

/** What an older or newer version stored and this one does not understand falls back to the defaults, field by field. */
function read(store: CardStore): Settings {
  const stored: unknown = JSON.parse(store.setting(NAME) ?? '{}');
  const whole = SettingsSchema.safeParse(stored);
  if (whole.success) return whole.data;
  const known = Object.entries(stored as object).filter(
    ([name, value]) => SettingsSchema.partial().safeParse({ [name]: value }).success,
  );
  return SettingsSchema.parse(Object.fromEntries(known));
}
