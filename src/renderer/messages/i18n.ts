import { createI18n } from 'vue-i18n';
import type { Language } from '../../shared/settings';
import { en } from '../../shared/messages/window/en';
import { zh } from '../../shared/messages/window/zh-CN';

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN' as Language,
  fallbackLocale: 'en' as Language,
  messages: { 'zh-CN': zh, en },
});

/** For code outside components; reactive when called inside a computed. */
export function translate(key: string, params: Record<string, unknown> = {}, count?: number): string {
  return count === undefined
    ? i18n.global.t(key, params)
    : i18n.global.t(key, { n: count, ...params }, count);
}

export function currentLanguage(): Language {
  return i18n.global.locale.value;
}

export function setLanguage(language: Language): void {
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}
