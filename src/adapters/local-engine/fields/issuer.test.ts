import { describe, expect, it } from 'vitest';
import { bankInText } from './bank-names';
import { createBinTable } from '../../bin-table/bin-table';
import { OWN_ROWS_HEADER, parseOwnRows } from '../../bin-table/own-rows';
import { findIssuer } from './issuer';

const file: Parameters<typeof createBinTable>[0] = {
  sources: [{ package: 'first' }, { package: 'second' }],
  banks: [
    ['CMB', '招商银行', '03080000'],
    ['ICBC', '中国工商银行', '01020000'],
    ['BOC', '中国银行', '01040000'],
    ['LYB', '洛阳银行', ''],
  ],
  rows: [
    ['622576', 16, 0, 'CC', 3],
    ['622420', 17, 3, 'DC', 3],
    ['622210', 16, 1, 'SCC', 2],
    ['622210', 16, 1, 'CC', 1],
    ['620048', 16, 2, 'PC', 1],
  ],
};
const bins = createBinTable(file);

describe('the issuer', () => {
  it('comes from the prefix, whatever the card says', () => {
    expect(findIssuer('6225768888888888', '中国银行 借记卡', bins)).toEqual({
      bankInfo: '招商银行(03080000)',
      cardType: '贷记卡',
      cardName: '招商银行信用卡',
    });
  });

  it('goes without the code where none is known', () => {
    expect(findIssuer('62242000000000000', '', bins)).toMatchObject({
      bankInfo: '洛阳银行',
      cardName: '洛阳银行借记卡',
    });
  });

  it('lets the card decide where the sources contradict each other', () => {
    expect(findIssuer('6222100000000000', '中国工商银行 信用卡', bins)).toMatchObject({ cardType: '贷记卡' });
    expect(findIssuer('6222100000000000', '中国工商银行 准贷记卡', bins)).toMatchObject({
      cardType: '准贷记卡',
    });
  });

  it('comes from the text when the prefix is unknown', () => {
    expect(findIssuer('4111111111111111', 'CHINA MERCHANTS BANK\nCREDIT', bins)).toMatchObject({
      bankInfo: '招商银行(03080000)',
      cardType: '贷记卡',
    });
    expect(findIssuer('4111111111111111', 'hello', bins)).toEqual({});
  });

  it('comes from the administrator’s own row of the prefix where there is one', () => {
    const { rows } = parseOwnRows(`${OWN_ROWS_HEADER}\n622576,16,乙银行,09990000,DC`);
    expect(findIssuer('6225768888888888', '', createBinTable(file, rows))).toEqual({
      bankInfo: '乙银行(09990000)',
      cardType: '借记卡',
      cardName: '乙银行借记卡',
    });
  });

  it('names prepaid cards', () => {
    expect(findIssuer('6200480000000000', '', bins)).toMatchObject({
      cardType: '预付卡',
      cardName: '中国银行预付卡',
    });
  });
});

describe('the bank in a text', () => {
  it.each([
    ['中国工商银行 ICBC', 'ICBC'],
    ['牡丹卡 工商银行', 'ICBC'],
    ['中 国 银 行', 'BOC'],
    ['Bank of China', 'BOC'],
  ])('%s -> %s', (text, abbreviation) => {
    expect(bankInText(text, bins.banks)?.abbreviation).toBe(abbreviation);
  });

  it('is the one with the longer name of two', () => {
    for (const banks of [bins.banks, [...bins.banks].reverse()]) {
      expect(bankInText('中国银行 中国工商银行', banks)?.abbreviation).toBe('ICBC');
    }
  });

  it('is nobody when none is named', () => {
    expect(bankInText('银行卡 6225', bins.banks)).toBeUndefined();
  });
});
