/**
 * Which key does what. One table serves the dispatcher, the labels on buttons and the sheet of shortcuts.
 * A key is written as `Mod+Shift+Z`; Mod is Ctrl, or Command on a Mac. Shift is named only where the key itself does
 * not already show it (`?` needs no Shift).
 */

/** The wall hears what the grid hears, but where it has a meaning of its own for a key. */
export const PLACES = ['grid', 'wall', 'card'] as const;
export type Place = (typeof PLACES)[number];

export interface KeyLike {
  readonly key: string;
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

interface Row {
  readonly command: string;
  readonly group: 'move' | 'decide' | 'card' | 'app';
  readonly keys: readonly string[];
  /** Where it means something; undefined: everywhere. */
  readonly place?: Place;
  /** Works also while a text is typed. */
  readonly whileTyping?: boolean;
  /** Cannot be given another key. */
  readonly fixed?: boolean;
  /** The menu of the window that shows it. */
  readonly menu?: 'card' | 'view';
  /** stage: the picture that is shown knows what it means. */
  readonly on?: 'stage';
}

/**
 * A command is a line here, its words in messages/commands.ts, and what it does in renderer/app/use-commands.ts, or for the
 * stage in features/card/picture-stage.vue; the compiler asks for each.
 */
const TABLE = [
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
  { command: 'open', group: 'move', menu: 'card', place: 'grid', keys: ['Enter'] },
  {
    command: 'previous',
    group: 'move',
    menu: 'card',
    place: 'card',
    keys: ['K', 'ArrowUp', 'ArrowLeft', 'PageUp'],
  },
  {
    command: 'next',
    group: 'move',
    menu: 'card',
    place: 'card',
    keys: ['J', 'ArrowDown', 'ArrowRight', 'PageDown'],
  },
  { command: 'columnLeft', group: 'move', place: 'wall', keys: ['ArrowLeft'] },
  { command: 'columnRight', group: 'move', place: 'wall', keys: ['ArrowRight'] },
  { command: 'mark', group: 'decide', place: 'wall', keys: ['Space', 'X'] },
  { command: 'staying', group: 'move', place: 'wall', keys: ['D'] },
  { command: 'wall', group: 'move', menu: 'view', keys: ['W'] },
  { command: 'filters', group: 'move', menu: 'view', place: 'grid', keys: ['F'] },
  { command: 'back', group: 'move', keys: ['Escape'], fixed: true },
  { command: 'approve', group: 'decide', menu: 'card', keys: ['A'] },
  { command: 'reject', group: 'decide', menu: 'card', keys: ['R'] },
  { command: 'rescan', group: 'decide', menu: 'card', keys: ['S'] },
  { command: 'hold', group: 'decide', menu: 'card', keys: ['H'] },
  { command: 'assign', group: 'decide', menu: 'card', keys: ['M'] },
  { command: 'opinion', group: 'decide', menu: 'card', keys: ['O'] },
  { command: 'takeFirst', group: 'decide', place: 'card', keys: ['1'] },
  { command: 'takeSecond', group: 'decide', place: 'card', keys: ['2'] },
  { command: 'note', group: 'card', menu: 'card', place: 'card', keys: ['T'] },
  { command: 'checkRight', group: 'decide', menu: 'card', keys: ['Y'] },
  { command: 'checkWrong', group: 'decide', menu: 'card', keys: ['N'] },
  { command: 'again', group: 'decide', menu: 'card', keys: ['G'] },
  { command: 'reopen', group: 'decide', menu: 'card', keys: ['U'] },
  { command: 'reveal', group: 'card', menu: 'card', keys: ['V'] },
  { command: 'edit', group: 'card', menu: 'card', keys: ['E'] },
  { command: 'zoomIn', group: 'card', on: 'stage', menu: 'view', place: 'card', keys: ['+', '='] },
  { command: 'zoomOut', group: 'card', on: 'stage', menu: 'view', place: 'card', keys: ['-'] },
  { command: 'fit', group: 'card', on: 'stage', menu: 'view', place: 'card', keys: ['0'] },
  { command: 'rotateLeft', group: 'card', on: 'stage', menu: 'view', place: 'card', keys: ['['] },
  { command: 'rotateRight', group: 'card', on: 'stage', menu: 'view', place: 'card', keys: [']'] },
  { command: 'tiltLeft', group: 'card', on: 'stage', menu: 'view', place: 'card', keys: ['{'] },
  { command: 'tiltRight', group: 'card', on: 'stage', menu: 'view', place: 'card', keys: ['}'] },
  { command: 'loupe', group: 'card', on: 'stage', menu: 'view', place: 'card', keys: ['L'] },
  { command: 'crop', group: 'card', on: 'stage', menu: 'card', place: 'card', keys: ['X'] },
  { command: 'picture', group: 'card', on: 'stage', menu: 'view', place: 'card', keys: ['C'] },
  { command: 'panLeft', group: 'card', on: 'stage', place: 'card', keys: ['Shift+ArrowLeft'] },
  { command: 'panRight', group: 'card', on: 'stage', place: 'card', keys: ['Shift+ArrowRight'] },
  { command: 'panUp', group: 'card', on: 'stage', place: 'card', keys: ['Shift+ArrowUp'] },
  { command: 'panDown', group: 'card', on: 'stage', place: 'card', keys: ['Shift+ArrowDown'] },
  { command: 'undo', group: 'app', keys: ['Mod+Z'] },
  { command: 'redo', group: 'app', keys: ['Mod+Shift+Z', 'Mod+Y'] },
  { command: 'find', group: 'app', keys: ['Mod+F', '/'], whileTyping: true },
  { command: 'report', group: 'app', keys: ['Mod+R'] },
  { command: 'signOut', group: 'app', keys: ['Mod+L'], whileTyping: true },
  { command: 'shortcuts', group: 'app', keys: ['?'] },
] as const satisfies readonly Row[];

export type Command = (typeof TABLE)[number]['command'];
export type StageCommand = Extract<(typeof TABLE)[number], { readonly on: 'stage' }>['command'];
export interface Binding extends Row {
  readonly command: Command;
}
export const BINDINGS: readonly Binding[] = TABLE;

const STAGE_COMMANDS: readonly string[] = BINDINGS.filter(({ on }) => on === 'stage').map(
  ({ command }) => command,
);
export const isForStage = (command: Command): command is StageCommand => STAGE_COMMANDS.includes(command);

/** What the menus can do beside the commands, each with the key that the menu listens to. */
export const APPLICATION_KEYS = {
  chooseFiles: 'Mod+O',
  chooseFolder: 'Mod+Shift+O',
  paste: 'Mod+V',
  export: 'Mod+S',
  settings: 'Mod+,',
} as const;
export type ApplicationCommand = keyof typeof APPLICATION_KEYS;
export const APPLICATION_COMMANDS = Object.keys(APPLICATION_KEYS) as readonly ApplicationCommand[];

// --- keys that a person chose ------------------------------------------------------------------------------------------

/** How many keys one command can have. */
export const MOST_KEYS = 4;

const NAMED =
  'Space|Enter|Backspace|Delete|Insert|Home|End|PageUp|PageDown|Arrow(?:Up|Down|Left|Right)|F[1-9]|F1[0-2]';
const KEY = new RegExp(`^(?:Mod\\+)?(?:Shift\\+)?(?:${NAMED}|[^\\sa-z\\p{C}])$`, 'u');

/** Whether the table can hold a key. */
export const isKey = (key: string): boolean => KEY.test(key);

/** The keys of the commands that a person changed; none is a choice too. Their schema: keys-schema.ts. */
export type Keys = Partial<Record<Command, string[]>>;

/** Whether a command means something in a place. */
export function heardIn(binding: Binding, place: Place): boolean {
  return (
    binding.place === undefined || binding.place === place || (place === 'wall' && binding.place === 'grid')
  );
}

/** Whether two commands can be meant by one press; what the wall has of its own stands before what the grid has. */
export function overlap(one: Binding, other: Binding): boolean {
  return one.place === undefined || other.place === undefined || one.place === other.place;
}

/** The table with a person's keys in it. A chosen key outranks the same one among the defaults of other commands. */
export function bindingsWith(chosen: Keys): readonly Binding[] {
  const chosenBindings = BINDINGS.filter((binding) => keysOf(chosen, binding.command) !== undefined);
  return BINDINGS.map((binding) => {
    const own = keysOf(chosen, binding.command);
    if (own) return { ...binding, keys: own };
    const taken = chosenBindings
      .filter((other) => overlap(binding, other))
      .flatMap((other) => keysOf(chosen, other.command) ?? []);
    return { ...binding, keys: binding.keys.filter((key) => !taken.includes(key)) };
  });
}

/** Undefined where the defaults hold. */
export function keysOf(chosen: Keys, command: Command): readonly string[] | undefined {
  return (chosen as Partial<Record<Command, readonly string[]>>)[command];
}

// --- keys as they are pressed and written ------------------------------------------------------------------------------

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

export function commandFor(
  event: KeyLike,
  { place, typing, mac }: Situation,
  bindings: readonly Binding[] = BINDINGS,
): Command | undefined {
  if (mac ? event.ctrlKey : event.metaKey) return undefined;
  const key = writtenKey(event, mac);
  const hears = (here: Place) =>
    bindings.find(
      (binding) =>
        binding.keys.includes(key) &&
        (binding.place === undefined || binding.place === here) &&
        (!typing || (binding.whileTyping === true && key.startsWith('Mod+'))),
    )?.command;
  if (place !== 'wall') return hears(place);
  const own = bindings.find((binding) => binding.place === 'wall' && binding.keys.includes(key));
  return (own && !typing ? own.command : undefined) ?? hears('grid');
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

/** Its modifiers and what is pressed with them: `Mod++` is Ctrl and the plus sign. */
export function partsOf(key: string): readonly string[] {
  const [held = ''] = /^(?:(?:Mod|Alt|Shift)\+(?=.))*/.exec(key) ?? [];
  return [...held.split('+').filter((part) => part !== ''), key.slice(held.length)];
}

/** A key as people read it on the keyboard. */
export function readableKey(key: string, mac: boolean): string {
  return partsOf(key)
    .map((part) => {
      if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
      if (part === 'Shift') return mac ? '⇧' : 'Shift';
      return SIGNS[part] ?? part;
    })
    .join(mac ? '' : '+');
}

/** Empty where a command has no key. */
export function firstKey(command: Command, mac: boolean, bindings: readonly Binding[] = BINDINGS): string {
  const key = bindings.find((binding) => binding.command === command)?.keys[0];
  return key === undefined ? '' : readableKey(key, mac);
}
