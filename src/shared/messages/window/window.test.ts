import { describe, expect, it } from 'vitest';
import { createI18n } from 'vue-i18n';
import { en } from './en';
import { zh } from './zh-CN';

/** `a.b.c` → text, for every text. */
function flat(texts: object, before = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [[`${before}${key}`, value] as [string, string]]
      : flat(value as object, `${before}${key}.`),
  );
}
const names = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? ''))].sort();

describe('texts of the window', () => {
  const english = new Map(flat(en));

  it('are complete and not empty in both languages', () => {
    expect([...english.keys()].sort()).toEqual(
      flat(zh)
        .map(([key]) => key)
        .sort(),
    );
    for (const [key, text] of [...english, ...flat(zh)]) expect(text.trim(), key).not.toBe('');
  });

  it('name the same values in both languages', () => {
    for (const [key, text] of flat(zh)) expect(names(english.get(key) ?? ''), key).toEqual(names(text));
  });

  it('are understood by the translator', () => {
    const i18n = createI18n({ legacy: false, locale: 'en', messages: { en, 'zh-CN': zh } });
    const values = Object.fromEntries([...english.values()].flatMap(names).map((name) => [name, '7']));
    for (const key of english.keys()) expect(i18n.global.t(key, values, 7), key).not.toMatch(/[{}|]/);
  });
});
