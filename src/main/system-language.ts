import { app } from 'electron';
import type { Language } from '../shared/settings';

export function systemLanguage(): Language {
  return app.getLocale().toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
