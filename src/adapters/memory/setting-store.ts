import type { SettingStore } from '../../core/settings/ports';
import type { Rows } from './rows';

export function createSettingStore({ table }: Rows): SettingStore {
  const settings = table<string, string>();
  return {
    setting: (name) => settings.get(name),
    setSetting: (name, value) => settings.put(name, value),
  };
}
