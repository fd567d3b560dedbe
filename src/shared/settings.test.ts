/** Each setting by its row: it has a first value, can be changed alone, and what is stored badly falls back alone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SETTING_NAMES, SETTINGS, SettingsChangeSchema, SettingsSchema } from './settings';

const FIRST = SettingsSchema.parse({});

describe('a setting', () => {
  it.each(SETTING_NAMES)('%s has a first value, to which a change may set it', (name) => {
    expect(FIRST[name]).toBeDefined();
    expect(SettingsChangeSchema.parse({ [name]: FIRST[name] })).toEqual({ [name]: FIRST[name] });
    expect(SETTINGS[name].stored.parse(undefined)).toEqual(FIRST[name]);
  });

  it.each(SETTING_NAMES)('%s takes no change that is of another kind', (name) => {
    for (const bad of [null, Symbol('x'), ['', 7], () => true])
      expect(SettingsChangeSchema.safeParse({ [name]: bad }).success).toBe(false);
  });

  it.each(SETTING_NAMES)('%s is stored as anything, and read as what a change could have made it', (name) => {
    const badlyRead = fc.check(
      fc.property(fc.jsonValue(), (stored) => {
        const read = SETTINGS[name].stored.safeParse(stored);
        return !read.success || SETTINGS[name].change.safeParse(read.data).success;
      }),
    );
    expect(badlyRead.counterexample).toBeNull();
  });

  it('that no row names is in no change', () => {
    expect(SettingsChangeSchema.parse({ made: 'up' })).toEqual({});
  });

  it('is anybody’s own affair where it is how the window looks and which keys it hears', () => {
    const own = SETTING_NAMES.filter((name) => SETTINGS[name].by === 'anybody');
    expect(own.sort()).toEqual(['grid', 'keys', 'language', 'theme']);
  });
});
