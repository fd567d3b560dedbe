/** The system's side of the window: its menus (commands are in commands.ts) and what is pasted. */
import type { Words } from './words';

export const MENU_WORDS = {
  file: { 'zh-CN': '文件', en: 'File' },
  quit: { 'zh-CN': '退出', en: 'Quit' },
  edit: { 'zh-CN': '编辑', en: 'Edit' },
  cut: { 'zh-CN': '剪切', en: 'Cut' },
  copy: { 'zh-CN': '复制', en: 'Copy' },
  card: { 'zh-CN': '卡片', en: 'Card' },
  view: { 'zh-CN': '显示', en: 'View' },
  larger: { 'zh-CN': '放大界面', en: 'Larger window content' },
  smaller: { 'zh-CN': '缩小界面', en: 'Smaller window content' },
  actualSize: { 'zh-CN': '实际大小', en: 'Actual size' },
  fullscreen: { 'zh-CN': '全屏', en: 'Full screen' },
  pastedPicture: { 'zh-CN': '粘贴的图片', en: 'Pasted picture' },
  help: { 'zh-CN': '帮助', en: 'Help' },
} as const satisfies Words<string>;
