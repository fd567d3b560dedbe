import { partsOf } from '../../shared/keys';

const NAMES: Readonly<Record<string, string>> = {
  Mod: 'CmdOrCtrl',
  Enter: 'Return',
  Escape: 'Esc',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  '+': 'Plus',
};

/**
 * A key of the table as Electron writes it. Undefined where Electron has no name for it, and for keys without
 * Command on a Mac, whose menus would take them from someone who types.
 */
export function acceleratorOf(key: string, mac: boolean): string | undefined {
  const parts = partsOf(key);
  const pressed = parts.at(-1) ?? '';
  if (pressed.length === 1 && pressed.charCodeAt(0) > 126) return undefined;
  if (mac && !parts.includes('Mod')) return undefined;
  return parts.map((part) => NAMES[part] ?? part).join('+');
}
