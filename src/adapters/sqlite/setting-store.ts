import type { SettingStore } from '../../core/settings/ports';
import type { Sql } from './sql';

export function createSettingStore(sql: Sql): SettingStore {
  return {
    setting: (name) => sql.one<{ value: string }>('SELECT value FROM setting WHERE name = ?', name)?.value,
    setSetting: (name, value) =>
      void sql.run(
        'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        name,
        value,
      ),
  };
}
