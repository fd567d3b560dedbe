/** Giving a command another key: what is refused, what is in the way, and what is then stored. */
import {
  APPLICATION_COMMANDS,
  APPLICATION_KEYS,
  BINDINGS,
  MOST_KEYS,
  bindingsWith,
  isKey,
  keysOf,
  overlap,
  partsOf,
  type ApplicationCommand,
  type Binding,
  type Command,
  type Keys,
} from '../../../shared/keys';

export type Refusal =
  | { readonly why: 'system' | 'text' | 'view' | 'unknown' }
  | { readonly why: 'menu'; readonly by: ApplicationCommand };

const OF_SYSTEM = ['Tab', 'F10', 'F11', 'Mod+Q', 'Mod+W', 'Mod+M', 'Mod+H'];
const OF_TEXT = ['Mod+C', 'Mod+X'];
const OF_VIEW = ['Mod++', 'Mod+=', 'Mod+-', 'Mod+0'];

/** Keys that only change the one pressed after them; by themselves they are nothing. */
export const HELD_KEYS: readonly string[] = [
  'Control',
  'Shift',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
  'Dead',
  'Process',
];

/** Why a command cannot have a key at all, whatever else has it. */
export function refusalOf(command: Command, key: string): Refusal | undefined {
  const parts = partsOf(key);
  const plain = parts.filter((part) => part !== 'Shift').join('+');
  if (parts.includes('Alt') || OF_SYSTEM.includes(plain)) return { why: 'system' };
  const whileTyping = bindingOf(BINDINGS, command)?.whileTyping === true;
  if (OF_TEXT.includes(plain) || (whileTyping && plain === 'Mod+A')) return { why: 'text' };
  const by = APPLICATION_COMMANDS.find((name) => APPLICATION_KEYS[name] === key);
  if (by) return { why: 'menu', by };
  if (OF_VIEW.includes(plain)) return { why: 'view' };
  return isKey(key) ? undefined : { why: 'unknown' };
}

/** The other command that a press could mean. */
export function conflictOf(chosen: Keys, command: Command, key: string): Binding | undefined {
  const bindings = bindingsWith(chosen);
  const mine = bindingOf(bindings, command);
  return bindings.find(
    (other) => mine && other.command !== command && other.keys.includes(key) && overlap(mine, other),
  );
}

/** `to` in the place of `from`, or beside the others. Whoever had it before goes without. */
export function assign(chosen: Keys, command: Command, from: string | undefined, to: string): Keys {
  const mine = bindingOf(bindingsWith(chosen), command);
  if (!mine) return chosen;
  const had = mine.keys;
  const keys = from === undefined ? [...had, to] : had.map((key) => (key === from ? to : key));
  const given = Object.fromEntries(
    BINDINGS.flatMap((other) => {
      const others = keysOf(chosen, other.command);
      if (!others || other.command === command) return [];
      return [[other.command, overlap(mine, other) ? others.filter((key) => key !== to) : others]];
    }),
  ) as Keys;
  return settled(given, command, [...new Set(keys)].slice(0, MOST_KEYS));
}

export function remove(chosen: Keys, command: Command, key: string): Keys {
  const keys = bindingOf(bindingsWith(chosen), command)?.keys ?? [];
  return settled(
    chosen,
    command,
    keys.filter((one) => one !== key),
  );
}

export function reset(chosen: Keys, command: Command): Keys {
  return Object.fromEntries(Object.entries(chosen).filter(([name]) => name !== command));
}

/** A default that another command was given, and who has it. */
export function heldByAnother(chosen: Keys, command: Command): { key: string; by: Command } | undefined {
  for (const key of bindingOf(BINDINGS, command)?.keys ?? []) {
    const by = conflictOf(chosen, command, key)?.command;
    if (by) return { key, by };
  }
  return undefined;
}

/** Nothing is stored for a command that has its default keys. */
function settled(chosen: Keys, command: Command, keys: readonly string[]): Keys {
  const standard = bindingOf(BINDINGS, command)?.keys ?? [];
  const others = reset(chosen, command);
  const same = keys.length === standard.length && keys.every((key, at) => key === standard[at]);
  return same ? others : { ...others, [command]: keys };
}

function bindingOf(bindings: readonly Binding[], command: Command): Binding | undefined {
  return bindings.find((binding) => binding.command === command);
}
