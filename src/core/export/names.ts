/** What files are called that the desk proposes to write. */
import { REPORT_WORD } from '../../shared/messages/terms';
import type { Language } from '../../shared/settings';

export function sheetName(title: string): string {
  return `CardProof ${fileSafe(title)}.xlsx`;
}

export function reportName(title: string, language: Language): string {
  return `CardProof ${fileSafe(title)} ${REPORT_WORD[language]}.xlsx`;
}

/** Words and figures only: what no file system takes, or takes for a place, becomes a space. */
function fileSafe(text: string): string {
  return text.replace(/[^\w\u4e00-\u9fff-]+/g, ' ');
}
