import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/ipc';
import type { Language } from '../../shared/settings';

const WORDS = {
  en: {
    file: 'File',
    add: 'Add files…',
    addFolder: 'Add folder…',
    export: 'Export sheet…',
    settings: 'Settings…',
    quit: 'Quit',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    find: 'Find',
    view: 'View',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    zoomReset: 'Actual size',
    fullscreen: 'Full screen',
    help: 'Help',
    shortcuts: 'Keyboard shortcuts',
  },
  'zh-CN': {
    file: '文件',
    add: '加入文件…',
    addFolder: '加入文件夹…',
    export: '导出表格…',
    settings: '设置…',
    quit: '退出',
    edit: '编辑',
    undo: '撤销',
    redo: '重做',
    cut: '剪切',
    copy: '复制',
    paste: '粘贴',
    find: '查找',
    view: '显示',
    zoomIn: '放大',
    zoomOut: '缩小',
    zoomReset: '实际大小',
    fullscreen: '全屏',
    help: '帮助',
    shortcuts: '键盘快捷键',
  },
} as const;

/** Keys that mean something else while someone types are only shown here and heard by the window, which knows. */
export function setMenu(language: Language, command: (name: MenuCommand) => void): void {
  const words = WORDS[language];
  const item = (
    label: string,
    name: MenuCommand,
    accelerator: string,
    registerAccelerator = false,
  ): MenuItemConstructorOptions => ({
    label,
    accelerator,
    registerAccelerator,
    click: () => command(name),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: words.file,
      submenu: [
        item(words.add, 'chooseFiles', 'CmdOrCtrl+O', true),
        item(words.addFolder, 'chooseFolder', 'CmdOrCtrl+Shift+O', true),
        { type: 'separator' },
        item(words.export, 'export', 'CmdOrCtrl+S', true),
        { type: 'separator' },
        item(words.settings, 'settings', 'CmdOrCtrl+,', true),
        { type: 'separator' },
        { label: words.quit, role: 'quit' },
      ],
    },
    {
      label: words.edit,
      submenu: [
        item(words.undo, 'undo', 'CmdOrCtrl+Z'),
        item(words.redo, 'redo', 'CmdOrCtrl+Shift+Z'),
        { type: 'separator' },
        { label: words.cut, role: 'cut' },
        { label: words.copy, role: 'copy' },
        item(words.paste, 'paste', 'CmdOrCtrl+V'),
        { type: 'separator' },
        item(words.find, 'find', 'CmdOrCtrl+F'),
      ],
    },
    {
      label: words.view,
      submenu: [
        { label: words.zoomIn, role: 'zoomIn' },
        { label: words.zoomOut, role: 'zoomOut' },
        { label: words.zoomReset, role: 'resetZoom' },
        { type: 'separator' },
        { label: words.fullscreen, role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
      ],
    },
    { label: words.help, submenu: [item(words.shortcuts, 'shortcuts', 'Shift+/')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
