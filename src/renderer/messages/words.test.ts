/** What a card's history says: never a name out of the records, where there are words for it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ENGINES } from '../../shared/recognition';
import { setLanguage } from './i18n';
import { words } from './words';

beforeEach(() => vi.stubGlobal('document', { documentElement: { lang: '' } }));
afterEach(() => vi.unstubAllGlobals());

describe('a particular of the history', () => {
  it.each(['zh-CN', 'en'] as const)('names an engine in words: %s', (language) => {
    setLanguage(language);
    for (const engine of ENGINES) expect(words.detail('engine', engine)).toBe(words.engine(engine));
  });

  it('leaves what has no words as it is', () => {
    setLanguage('en');
    expect(words.detail('to', 'Li Na')).toBe('Li Na');
    expect(words.detail('engine', 'of another version')).toBe('of another version');
    expect(words.detail('where', 'wall')).toBe('Digit wall');
    expect(words.detail('field', 'cardNumber')).toBe('Card number');
  });
});
