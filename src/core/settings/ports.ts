export interface SettingStore {
  setting(name: string): string | undefined;
  setSetting(name: string, value: string): void;
}
