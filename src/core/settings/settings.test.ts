import { beforeEach, describe, expect, it } from 'vitest';
import { openMemoryDesk, type MemoryDesk } from '../../../test/helpers/memory-desk';
import { DEFAULT_WEIGHTS } from '../../shared/doubts';
import { SETTING_NAMES, SETTINGS, SettingsSchema, type Settings } from '../../shared/settings';
import { createDeskSettings, isEndpoint } from './settings';

let desk: MemoryDesk;
let told: Settings[];
let administrator: boolean;
beforeEach(() => {
  desk = openMemoryDesk();
  told = [];
  administrator = true;
});
const open = () =>
  createDeskSettings(
    desk.store,
    (now) => told.push(now),
    () => administrator,
  );
const DEFAULTS = SettingsSchema.parse({});

describe('settings', () => {
  it('are the defaults until they are changed, and then what was changed, also after a start', () => {
    expect(open().get()).toEqual(DEFAULTS);
    open().change({ language: 'en', qualityThreshold: 70 });
    expect(open().get()).toEqual({ ...DEFAULTS, language: 'en', qualityThreshold: 70 });
    expect(told).toHaveLength(1);
  });

  it('leave what a change does not name, also among the weights', () => {
    const settings = open();
    settings.change({ doubtWeights: { luhn: 1 } });
    settings.change({ doubtWeights: { expired: 2 }, language: undefined });
    expect(settings.get().doubtWeights).toEqual({ ...DEFAULT_WEIGHTS, luhn: 1, expired: 2 });
    expect(settings.get().language).toBe(DEFAULTS.language);
  });

  it('that are stored and not understood fall back one by one', () => {
    desk.store.setSetting(
      'settings',
      JSON.stringify({ language: 'en', theme: 'of a later version', more: 1 }),
    );
    expect(open().get()).toEqual({ ...DEFAULTS, language: 'en' });
  });

  it.each(SETTING_NAMES)('%s may be changed by whoever its row names, alone and beside others', (name) => {
    const value = DEFAULTS[name];
    administrator = false;
    const mayBe = SETTINGS[name].by === 'anybody';
    expect(open().change({ [name]: value }).ok).toBe(mayBe);
    expect(open().change({ theme: 'dark', [name]: value }).ok).toBe(mayBe);
    expect(open().get().theme === 'dark').toBe(mayBe && name !== 'theme');
    administrator = true;
    expect(open().change({ [name]: value }).ok).toBe(true);
  });

  it.each(SETTING_NAMES)('%s falls back alone where what is stored of it is bad', (name) => {
    const others = name === 'language' ? { theme: 'dark' as const } : { language: 'en' as const };
    desk.store.setSetting('settings', JSON.stringify({ ...others, [name]: null }));
    expect(open().get()).toEqual({ ...DEFAULTS, ...others });
  });

  it('of the command line outrank what is stored, and are gone at the next start', () => {
    const settings = open();
    settings.override({ language: 'en' });
    settings.change({ language: 'zh-CN', qualityThreshold: 71 });
    expect(settings.get()).toMatchObject({ language: 'en', qualityThreshold: 71 });
    expect(open().get()).toMatchObject({ language: 'zh-CN', qualityThreshold: 71 });
  });

  it('take no address to which a secret may not go', () => {
    const settings = open();
    for (const change of [settings.change, settings.override]) {
      expect(change({ endpoint: 'http://example.com' })).toMatchObject({
        error: { code: 'settings.badEndpoint' },
      });
    }
    expect(settings.get()).toEqual(DEFAULTS);
    expect(told).toEqual([]);
  });
});

describe('an address of the cloud', () => {
  it.each([
    '',
    'https://ocr.example.com',
    'https://ocr.example.com:8443/',
    'http://localhost:9000',
    'http://127.0.0.1',
  ])('may be %j', (text) => expect(isEndpoint(text)).toBe(true));
  it.each([
    'http://example.com',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'https://example.com/path',
    'https://user@example.com',
    'ftp://example.com',
    'example.com',
    'https://example.com?x',
  ])('may not be %j', (text) => expect(isEndpoint(text)).toBe(false));
});
