import { describe, expect, it } from 'vitest';
import { BINDINGS, bindingsWith, isKey, type Command, type Keys } from '../../../shared/keys';
import { assign, conflictOf, heldByAnother, refusalOf, remove, reset } from './remap';

const keys = (chosen: Keys, command: Command) =>
  bindingsWith(chosen).find((binding) => binding.command === command)?.keys;

describe('another key for a command', () => {
  it('takes the place of the one that was pressed', () => {
    const chosen = assign({}, 'next', 'J', 'N');
    expect(keys(chosen, 'next')).toEqual(['N', 'ArrowDown', 'ArrowRight', 'PageDown']);
    expect(chosen).toEqual({ next: ['N', 'ArrowDown', 'ArrowRight', 'PageDown'] });
  });

  it('is added beside the others', () => {
    expect(keys(assign({}, 'approve', undefined, 'Mod+Enter'), 'approve')).toEqual(['A', 'Mod+Enter']);
  });

  it('is told to be in use only where one press could mean both', () => {
    expect(conflictOf({}, 'approve', 'R')?.command).toBe('reject');
    expect(conflictOf({}, 'approve', 'J')?.command).toBe('down');
    expect(conflictOf({}, 'fit', 'Space')).toBeUndefined();
    expect(conflictOf({}, 'fit', 'R')?.command).toBe('reject');
    expect(conflictOf({}, 'approve', 'A')).toBeUndefined();
  });

  it('is taken over from a command that has it by default', () => {
    const chosen = assign({}, 'approve', 'A', 'R');
    expect(keys(chosen, 'approve')).toEqual(['R']);
    expect(keys(chosen, 'reject')).toEqual([]);
    expect(heldByAnother(chosen, 'reject')).toEqual({ key: 'R', by: 'approve' });
  });

  it('is taken over from a command that was given it', () => {
    const first = assign({}, 'rescan', 'S', 'X');
    const second = assign(first, 'approve', 'A', 'X');
    expect(keys(second, 'approve')).toEqual(['X']);
    expect(keys(second, 'rescan')).toEqual([]);
  });

  it('stays with both where their places do not touch', () => {
    const first = assign({}, 'fit', '0', 'X');
    const second = assign(first, 'select', 'Space', 'X');
    expect(keys(second, 'fit')).toEqual(['X']);
    expect(keys(second, 'select')).toEqual(['X']);
  });

  it('leaves no two meanings for any one press, whatever is taken over', () => {
    let chosen: Keys = {};
    for (const [command, key] of [
      ['approve', 'R'],
      ['reject', 'J'],
      ['down', 'A'],
      ['next', 'R'],
      ['approve', 'K'],
    ] as const) {
      chosen = assign(chosen, command, keys(chosen, command)?.[0], key);
    }
    for (const place of ['grid', 'card'] as const) {
      const here = bindingsWith(chosen).filter((one) => one.place === undefined || one.place === place);
      const all = here.flatMap((one) => one.keys);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it('can be taken away, and the default comes back', () => {
    const none = remove({}, 'approve', 'A');
    expect(keys(none, 'approve')).toEqual([]);
    expect(keys(reset(none, 'approve'), 'approve')).toEqual(['A']);
    expect(assign(assign({}, 'approve', 'A', 'X'), 'approve', 'X', 'A')).toEqual({});
  });
});

describe('a key that no command can have', () => {
  it('belongs to the system', () => {
    for (const key of ['Tab', 'Shift+Tab', 'Alt+F4', 'Alt+A', 'F11', 'Mod+Q'])
      expect(refusalOf('approve', key), key).toEqual({ why: 'system' });
  });
  it('belongs to text', () => {
    for (const key of ['Mod+C', 'Mod+X']) expect(refusalOf('approve', key), key).toEqual({ why: 'text' });
    expect(refusalOf('find', 'Mod+A')).toEqual({ why: 'text' });
    expect(refusalOf('selectAll', 'Mod+A')).toBeUndefined();
  });
  it('belongs to the menus', () => {
    expect(refusalOf('approve', 'Mod+V')).toEqual({ why: 'menu', by: 'paste' });
    expect(refusalOf('approve', 'Mod+S')).toEqual({ why: 'menu', by: 'export' });
    expect(refusalOf('approve', 'Mod++')).toEqual({ why: 'view' });
  });
  it('is not known', () => {
    for (const key of ['AudioVolumeUp', ''])
      expect(refusalOf('approve', key), key).toEqual({ why: 'unknown' });
  });
  it('is none of the default ones', () => {
    for (const { command, keys: standard, fixed } of BINDINGS)
      for (const key of standard) {
        expect(isKey(key) || fixed, key).toBe(true);
        if (!fixed) expect(refusalOf(command, key), `${command} ${key}`).toBeUndefined();
      }
  });
});
