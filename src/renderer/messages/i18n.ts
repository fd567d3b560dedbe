import { createI18n, useI18n as useVueI18n } from 'vue-i18n';
import type { Language } from '../../shared/settings';
import { en } from '../../shared/messages/window/en';
import { zh, type MessageKey } from '../../shared/messages/window/zh-CN';

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'en',
  messages: { 'zh-CN': zh, en },
});

export type { MessageKey };
type Values = Readonly<Record<string, unknown>>;
/** A text with its values filled in; `count` chooses between its forms for one and for many. */
export interface Translate {
  (key: MessageKey, values?: Values, count?: number): string;
  (key: MessageKey, count: number): string;
}

/** For code outside components; reactive when called inside a computed. */
export function translate(key: MessageKey, values: Values = {}, count?: number): string {
  return count === undefined
    ? i18n.global.t(key, values)
    : i18n.global.t(key, { n: count, ...values }, count);
}

/** As vue-i18n's, but a key without a text does not compile. */
export function useI18n(): { readonly t: Translate } {
  const { t }: { readonly t: Translate } = useVueI18n();
  return { t };
}

/** Whether there is such a text; for names that come from another version's records. */
export const isMessage = (key: string): key is MessageKey => i18n.global.te(key);

export function currentLanguage(): Language {
  return i18n.global.locale.value;
}

export function setLanguage(language: Language): void {
  i18n.global.locale.value = language;
  document.documentElement.lang = language;
}
