import { describe, expect, it } from 'vitest';
import { BINDINGS } from '../../shared/keys';
import { acceleratorOf } from './accelerator';

describe('keys in the menus', () => {
  it('are written as the menus know them', () => {
    expect(acceleratorOf('Mod+Shift+Z', false)).toBe('CmdOrCtrl+Shift+Z');
    expect(acceleratorOf('ArrowUp', false)).toBe('Up');
    expect(acceleratorOf('+', false)).toBe('Plus');
    expect(acceleratorOf('Mod++', false)).toBe('CmdOrCtrl+Plus');
    expect(acceleratorOf('?', false)).toBe('?');
  });

  it('are left out where a menu could not show them', () => {
    expect(acceleratorOf('，', false)).toBeUndefined();
    for (const { keys } of BINDINGS)
      for (const key of keys) expect(acceleratorOf(key, false), key).toMatch(/^[\x21-\x7e]+$/);
  });

  it('never take a letter from someone who types on a Mac', () => {
    expect(acceleratorOf('A', true)).toBeUndefined();
    expect(acceleratorOf('Mod+Z', true)).toBe('CmdOrCtrl+Z');
  });
});
