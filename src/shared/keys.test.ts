import { describe, expect, it } from 'vitest';
import {
  BINDINGS,
  PLACES,
  bindingsWith,
  commandFor,
  firstKey,
  partsOf,
  readableKey,
  writtenKey,
  type KeyLike,
} from './keys';
import { KeysSchema, StoredKeysSchema } from './keys-schema';
import { SettingsSchema } from './settings';

const key = (text: string, held: Partial<KeyLike> = {}): KeyLike => ({
  key: text,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});
const grid = { place: 'grid', typing: false, mac: false } as const;
const card = { place: 'card', typing: false, mac: false } as const;

describe('commandFor', () => {
  it('takes letters in either case, so that caps lock does not matter', () => {
    expect(commandFor(key('a'), grid)).toBe('approve');
    expect(commandFor(key('A'), grid)).toBe('approve');
  });

  it('reads a letter by its place on a keyboard that is not Latin', () => {
    expect(commandFor(key('ф', { code: 'KeyA' }), grid)).toBe('approve');
  });

  it('keeps what is selected apart from what is approved', () => {
    expect(commandFor(key('a', { ctrlKey: true }), grid)).toBe('selectAll');
    expect(commandFor(key('a', { ctrlKey: true }), card)).toBeUndefined();
  });

  it('gives the arrows the meaning of the place', () => {
    expect(commandFor(key('ArrowDown'), grid)).toBe('down');
    expect(commandFor(key('ArrowDown'), card)).toBe('next');
    expect(commandFor(key('ArrowDown', { shiftKey: true }), grid)).toBe('extendDown');
    expect(commandFor(key('ArrowDown', { shiftKey: true }), card)).toBe('panDown');
  });

  it('rests while a text is typed, but still finds', () => {
    const typing = { ...grid, typing: true };
    for (const text of ['a', 'r', 's', 'g', 'v', 'e', '?', '/', 'Enter', 'Escape']) {
      expect(commandFor(key(text), typing)).toBeUndefined();
    }
    expect(commandFor(key('z', { ctrlKey: true }), typing)).toBeUndefined();
    expect(commandFor(key('f', { ctrlKey: true }), typing)).toBe('find');
  });

  it('knows undo and both ways to redo', () => {
    expect(commandFor(key('z', { ctrlKey: true }), grid)).toBe('undo');
    expect(commandFor(key('Z', { ctrlKey: true, shiftKey: true }), grid)).toBe('redo');
    expect(commandFor(key('y', { ctrlKey: true }), grid)).toBe('redo');
  });

  it('uses Command on a Mac and leaves Ctrl alone there', () => {
    const mac = { ...grid, mac: true };
    expect(commandFor(key('z', { metaKey: true }), mac)).toBe('undo');
    expect(commandFor(key('z', { ctrlKey: true }), mac)).toBeUndefined();
    expect(commandFor(key('a', { metaKey: true }), grid)).toBeUndefined();
  });

  it('takes signs as the keyboard gives them, with or without Shift', () => {
    expect(commandFor(key('?', { shiftKey: true }), grid)).toBe('shortcuts');
    expect(commandFor(key('+', { shiftKey: true }), card)).toBe('zoomIn');
    expect(commandFor(key('='), card)).toBe('zoomIn');
  });

  it('leaves Alt to the system', () => {
    expect(commandFor(key('a', { altKey: true }), grid)).toBeUndefined();
  });
});

describe('the table', () => {
  it('binds every command once', () => {
    const commands = BINDINGS.map((binding) => binding.command);
    expect(new Set(commands).size).toBe(commands.length);
  });

  it('gives no key two meanings in one place', () => {
    for (const place of PLACES) {
      const here = BINDINGS.filter((binding) => binding.place === undefined || binding.place === place);
      const keys = here.flatMap((binding) => binding.keys);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('writes keys as people know them', () => {
    expect(writtenKey(key(' '), false)).toBe('Space');
    expect(readableKey('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
    expect(readableKey('Mod+Shift+Z', true)).toBe('⌘⇧Z');
    expect(readableKey('+', false)).toBe('+');
    expect(firstKey('open', false)).toBe('↵');
  });

  it('takes a key apart, also where the plus sign is pressed', () => {
    expect(partsOf('Mod+Shift+Z')).toEqual(['Mod', 'Shift', 'Z']);
    expect(partsOf('+')).toEqual(['+']);
    expect(partsOf('Mod++')).toEqual(['Mod', '+']);
    expect(readableKey('Mod++', false)).toBe('Ctrl++');
  });
});

describe('keys that a person chose', () => {
  it('do what the old ones did, and the old ones nothing', () => {
    const bindings = bindingsWith({ approve: ['X'] });
    expect(commandFor(key('x'), grid, bindings)).toBe('approve');
    expect(commandFor(key('a'), grid, bindings)).toBeUndefined();
    expect(firstKey('approve', false, bindings)).toBe('X');
  });

  it('outrank the default of another command, only where both have a meaning', () => {
    const bindings = bindingsWith({ fit: ['J'] });
    expect(commandFor(key('j'), card, bindings)).toBe('fit');
    expect(commandFor(key('j'), grid, bindings)).toBe('down');
    expect(commandFor(key('ArrowDown'), card, bindings)).toBe('next');
  });

  it('rest while a text is typed, like the others', () => {
    const bindings = bindingsWith({ approve: ['Mod+Enter'] });
    const enter = key('Enter', { ctrlKey: true });
    expect(commandFor(enter, grid, bindings)).toBe('approve');
    expect(commandFor(enter, { ...grid, typing: true }, bindings)).toBeUndefined();
  });

  it('are refused where they are no keys of a command that can change', () => {
    for (const keys of [
      { nonsense: ['A'] },
      { back: ['B'] },
      { approve: ['a'] },
      { approve: ['Tab'] },
      { approve: ['Alt+A'] },
      { approve: ['X'.repeat(31)] },
      { approve: ['1', '2', '3', '4', '5'] },
      { approve: 'A' },
    ])
      expect(KeysSchema.safeParse(keys).success, JSON.stringify(keys)).toBe(false);
    expect(KeysSchema.safeParse({ approve: ['Mod+Shift+F9', '，'], reject: [] }).success).toBe(true);
  });

  it('survive another version that knew other commands', () => {
    const stored = { approve: ['X'], teleport: ['T'], reject: ['Hyper+R'] };
    expect(StoredKeysSchema.parse(stored)).toEqual({ approve: ['X'] });
    expect(SettingsSchema.parse({ keys: stored }).keys).toEqual({ approve: ['X'] });
    expect(SettingsSchema.parse({ keys: 7 }).keys).toEqual({});
    expect(SettingsSchema.parse({}).keys).toEqual({});
  });
});
