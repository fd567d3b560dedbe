/** What files are called that the desk proposes to write. */
import { REPORT_WORD } from '../../shared/messages/terms';
import type { Language } from '../../shared/settings';

export function sheetName(title: string): string {
  return `CardProof ${fileSafe(title)}.xlsx`;
}

export function reportName(title: string, language: Language): string {
  return `CardProof ${fileSafe(title)} ${REPORT_WORD[language]}.xlsx`;
}

/** Beside a file that cannot be replaced: the same name with the next number. */
export function anotherName(file: string): string {
  const [, stem = file, number, extension = ''] = /^(.*?)(?: \((\d+)\))?(\.[^./\\]*)?$/s.exec(file) ?? [];
  return `${stem} (${number === undefined ? 2 : Number(number) + 1})${extension}`;
}

/** Words and figures only: what no file system takes, or takes for a place, becomes a space. */
function fileSafe(text: string): string {
  return text.replace(/[^\w\u4e00-\u9fff-]+/g, ' ');
}
