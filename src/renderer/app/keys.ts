/**
 * Which key does what. One table serves the dispatcher, the labels on buttons and the sheet of shortcuts.
 * A key is written as `Mod+Shift+Z`; Mod is Ctrl, or Command on a Mac. Shift is named only where the key itself does
 * not already show it (`?` needs no Shift).
 */
export type Place = 'grid' | 'card';

export interface KeyLike {
  readonly key: string;
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export interface Binding {
  readonly command: Command;
  readonly group: 'move' | 'decide' | 'card' | 'app';
  readonly keys: readonly string[];
  readonly place?: Place;
  /** Works also while a text is typed. */
  readonly whileTyping?: boolean;
}

export const COMMANDS = [
  'up',
  'down',
  'pageUp',
  'pageDown',
  'first',
  'last',
  'extendUp',
  'extendDown',
  'select',
  'selectAll',
  'open',
  'back',
  'previous',
  'next',
  'approve',
  'reject',
  'rescan',
  'again',
  'reopen',
  'reveal',
  'edit',
  'zoomIn',
  'zoomOut',
  'fit',
  'rotateLeft',
  'rotateRight',
  'picture',
  'panLeft',
  'panRight',
  'panUp',
  'panDown',
  'undo',
  'redo',
  'find',
  'shortcuts',
] as const;
export type Command = (typeof COMMANDS)[number];

export const BINDINGS: readonly Binding[] = [
  { command: 'up', group: 'move', place: 'grid', keys: ['ArrowUp', 'K'] },
  { command: 'down', group: 'move', place: 'grid', keys: ['ArrowDown', 'J'] },
  { command: 'pageUp', group: 'move', place: 'grid', keys: ['PageUp'] },
  { command: 'pageDown', group: 'move', place: 'grid', keys: ['PageDown'] },
  { command: 'first', group: 'move', keys: ['Home'] },
  { command: 'last', group: 'move', keys: ['End'] },
  { command: 'extendUp', group: 'move', place: 'grid', keys: ['Shift+ArrowUp'] },
  { command: 'extendDown', group: 'move', place: 'grid', keys: ['Shift+ArrowDown'] },
  { command: 'select', group: 'move', place: 'grid', keys: ['Space'] },
  { command: 'selectAll', group: 'move', place: 'grid', keys: ['Mod+A'] },
  { command: 'open', group: 'move', place: 'grid', keys: ['Enter'] },
  { command: 'previous', group: 'move', place: 'card', keys: ['K', 'ArrowUp', 'ArrowLeft', 'PageUp'] },
  { command: 'next', group: 'move', place: 'card', keys: ['J', 'ArrowDown', 'ArrowRight', 'PageDown'] },
  { command: 'back', group: 'move', keys: ['Escape'] },
  { command: 'approve', group: 'decide', keys: ['A'] },
  { command: 'reject', group: 'decide', keys: ['R'] },
  { command: 'rescan', group: 'decide', keys: ['S'] },
  { command: 'again', group: 'decide', keys: ['G'] },
  { command: 'reopen', group: 'decide', keys: ['U'] },
  { command: 'reveal', group: 'card', keys: ['V'] },
  { command: 'edit', group: 'card', keys: ['E'] },
  { command: 'zoomIn', group: 'card', place: 'card', keys: ['+', '='] },
  { command: 'zoomOut', group: 'card', place: 'card', keys: ['-'] },
  { command: 'fit', group: 'card', place: 'card', keys: ['0'] },
  { command: 'rotateLeft', group: 'card', place: 'card', keys: ['['] },
  { command: 'rotateRight', group: 'card', place: 'card', keys: [']'] },
  { command: 'picture', group: 'card', place: 'card', keys: ['C'] },
  { command: 'panLeft', group: 'card', place: 'card', keys: ['Shift+ArrowLeft'] },
  { command: 'panRight', group: 'card', place: 'card', keys: ['Shift+ArrowRight'] },
  { command: 'panUp', group: 'card', place: 'card', keys: ['Shift+ArrowUp'] },
  { command: 'panDown', group: 'card', place: 'card', keys: ['Shift+ArrowDown'] },
  { command: 'undo', group: 'app', keys: ['Mod+Z'] },
  { command: 'redo', group: 'app', keys: ['Mod+Shift+Z', 'Mod+Y'] },
  { command: 'find', group: 'app', keys: ['Mod+F', '/'], whileTyping: true },
  { command: 'shortcuts', group: 'app', keys: ['?'] },
];

const SHIFT_SHOWS = /^[^A-Z0-9\s]$/;

/** The key of an event as the table writes it; letters by their position where the layout is not Latin. */
export function writtenKey(event: KeyLike, mac: boolean): string {
  const mod = mac ? event.metaKey : event.ctrlKey;
  let key = event.key === ' ' ? 'Space' : event.key;
  if (key.length === 1 && key.charCodeAt(0) > 127 && /^Key[A-Z]$/.test(event.code ?? '')) {
    key = (event.code ?? '').slice(3);
  }
  if (key.length === 1) key = key.toUpperCase();
  const shift = event.shiftKey && !SHIFT_SHOWS.test(key);
  return `${mod ? 'Mod+' : ''}${event.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${key}`;
}

export interface Situation {
  readonly place: Place;
  readonly typing: boolean;
  readonly mac: boolean;
}

export function commandFor(event: KeyLike, { place, typing, mac }: Situation): Command | undefined {
  if (mac ? event.ctrlKey : event.metaKey) return undefined;
  const key = writtenKey(event, mac);
  return BINDINGS.find(
    (binding) =>
      binding.keys.includes(key) &&
      (binding.place === undefined || binding.place === place) &&
      (!typing || (binding.whileTyping === true && key.startsWith('Mod+'))),
  )?.command;
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Enter: '↵',
};

/** A key as people read it on the keyboard. */
export function readableKey(key: string, mac: boolean): string {
  const parts = key === '+' ? ['+'] : key.split('+');
  return parts
    .map((part) => {
      if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
      if (part === 'Shift') return mac ? '⇧' : 'Shift';
      return SIGNS[part] ?? part;
    })
    .join(mac ? '' : '+');
}

export function firstKey(command: Command, mac: boolean): string {
  const key = BINDINGS.find((binding) => binding.command === command)?.keys[0];
  return key === undefined ? '' : readableKey(key, mac);
}
