import { describe, expect, it } from 'vitest';
import { anotherName, reportName, sheetName } from './names';

describe('the names of sheets', () => {
  it.each([
    ['2026/11/24 09:05', 'CardProof 2026 11 24 09 05.xlsx'],
    ['2026年11月24日 09:05', 'CardProof 2026年11月24日 09 05.xlsx'],
    ['../../etc/passwd', 'CardProof  etc passwd.xlsx'],
    ['a\\b:c*d?"<>|\u0000e', 'CardProof a b c d e.xlsx'],
  ])('hold nothing that is a place or that a file system refuses: %j', (title, name) => {
    expect(sheetName(title)).toBe(name);
  });

  it('say in words that they are a report', () => {
    expect(reportName('24-11', 'en')).toBe('CardProof 24-11 report.xlsx');
    expect(reportName('24-11', 'zh-CN')).toBe('CardProof 24-11 报表.xlsx');
  });

  it.each([
    ['/out/cards.xlsx', '/out/cards (2).xlsx'],
    ['C:\\out\\cards (2).xlsx', 'C:\\out\\cards (3).xlsx'],
    ['/out.d/cards', '/out.d/cards (2)'],
  ])('have another one beside each: %s', (name, other) => {
    expect(anotherName(name)).toBe(other);
  });
});
