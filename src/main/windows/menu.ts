/** The menus: the desk's commands with the keys in force, and the system's own. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/ipc';
import {
  APPLICATION_KEYS,
  BINDINGS,
  bindingsWith,
  type ApplicationCommand,
  type Binding,
  type Keys,
  heardIn,
  type Place,
} from '../../shared/keys';
import { COMMAND_WORDS } from '../../shared/messages/commands';
import { MENU_WORDS } from '../../shared/messages/menu';
import type { Language } from '../../shared/settings';
import { acceleratorOf } from './accelerator';

const MAC = process.platform === 'darwin';
const LINE: MenuItemConstructorOptions = { type: 'separator' };

export interface MenuHost {
  readonly language: Language;
  readonly keys: Keys;
  readonly command: (name: MenuCommand) => void;
}

let shown = '';
let placeNow: Place | undefined;

const meansSomething = (binding: Binding) => placeNow !== undefined && heardIn(binding, placeNow);

/** Offers what means something where the person is; undefined: the commands for cards rest. */
export function setMenuPlace(place: Place | undefined): void {
  placeNow = place;
  const menu = Menu.getApplicationMenu();
  for (const binding of BINDINGS) {
    const item = menu?.getMenuItemById(binding.command);
    if (item && binding.menu) item.enabled = meansSomething(binding);
  }
}

/** Made anew only where something it shows has changed: an open menu would close. */
export function setMenu(host: MenuHost): void {
  const shows = JSON.stringify([host.language, host.keys]);
  if (shows === shown) return;
  shown = shows;
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(host)));
}

function template({ language, keys, command }: MenuHost): MenuItemConstructorOptions[] {
  const word = (name: keyof typeof MENU_WORDS) => MENU_WORDS[name][language];
  const bindings = bindingsWith(keys);

  const application = (name: ApplicationCommand, listens = true): MenuItemConstructorOptions => ({
    label: COMMAND_WORDS[name][language],
    accelerator: acceleratorOf(APPLICATION_KEYS[name], MAC),
    registerAccelerator: listens,
    click: () => command(name),
  });
  /** Its key is only shown here and heard by the window, which knows whether someone types. */
  const item = (binding: Binding): MenuItemConstructorOptions => {
    const name = binding.command;
    const [key] = binding.keys;
    return {
      id: name,
      enabled: binding.menu === undefined || meansSomething(binding),
      label: COMMAND_WORDS[name][language],
      accelerator: key === undefined ? undefined : acceleratorOf(key, MAC),
      registerAccelerator: false,
      click: () => command(name),
    };
  };
  const named = (name: Binding['command']) =>
    bindings.filter((binding) => binding.command === name).map(item);
  /** With a line between commands of different groups. */
  const menu = (name: Binding['menu']) =>
    bindings
      .filter((binding) => binding.menu === name)
      .flatMap((binding, at, all) => [
        ...(at > 0 && all[at - 1]?.group !== binding.group ? [LINE] : []),
        item(binding),
      ]);

  return [
    ...(MAC ? [{ role: 'appMenu' as const }] : []),
    {
      label: word('file'),
      submenu: [
        application('chooseFiles'),
        application('chooseFolder'),
        LINE,
        application('export'),
        LINE,
        application('settings'),
        LINE,
        { label: word('quit'), role: 'quit' },
      ],
    },
    {
      label: word('edit'),
      submenu: [
        ...named('undo'),
        ...named('redo'),
        LINE,
        { label: word('cut'), role: 'cut' },
        { label: word('copy'), role: 'copy' },
        application('paste', false),
        LINE,
        ...named('selectAll'),
        ...named('find'),
      ],
    },
    { label: word('card'), submenu: menu('card') },
    {
      label: word('view'),
      submenu: [
        ...menu('view'),
        LINE,
        ...named('report'),
        LINE,
        { label: word('larger'), role: 'zoomIn' },
        { label: word('smaller'), role: 'zoomOut' },
        { label: word('actualSize'), role: 'resetZoom' },
        LINE,
        { label: word('fullscreen'), role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
      ],
    },
    { label: word('help'), submenu: named('shortcuts') },
  ];
}
