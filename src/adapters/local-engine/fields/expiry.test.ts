import { afterEach, describe, expect, it } from 'vitest';
import type { TextLineOnView } from '../text/text-line';
import { datesIn, labelsIn } from './dated-text';
import { findExpiry, formatExpiry } from './expiry';

const now = new Date('2026-11-24T10:00:00Z');

/** 20 pixels a character, 30 high, beginning at `left`, its middle at `centreY`. */
function line(text: string, left = 100, centreY = 400, height = 30): TextLineOnView {
  const length = text.length;
  return { text, runs: [{ length, left, right: left + 20 * length, centreY, height }] };
}

/** Half as large: labels are. */
const label = (text: string, left: number, centreY: number): TextLineOnView => ({
  text,
  runs: [{ length: text.length, left, right: left + 9 * text.length, centreY, height: 14 }],
});

const told = (...lines: readonly TextLineOnView[]) => {
  const { expiry, invalid } = findExpiry(lines, now);
  return [expiry && formatExpiry(expiry), invalid ? -9110 : undefined];
};

describe('dates in a text', () => {
  it.each([
    ['VALID THRU 08/28', { month: 8, year: 2028 }],
    ['有效期至 11/2031', { month: 11, year: 2031 }],
    ['O7/3I', { month: 7, year: 2031 }],
    ['88/88', { month: 88, year: 2088 }],
    ['2013/05', { month: 5, year: 2013 }],
    ['发卡日期:2013-05', { month: 5, year: 2013 }],
    ['2013年5月', { month: 5, year: 2013 }],
  ])('reads %s', (text, expected) => {
    expect(datesIn(text).map(({ date }) => date)).toEqual([expected]);
  });

  it.each(['2019/08/28', '1234/5678', '2019-08-28', '400-810-0000', '95588'])('takes %s for none', (text) => {
    expect(datesIn(text)).toEqual([]);
  });
});

describe('words beside a date', () => {
  it.each([
    ['VALID THRU', 'expiry'],
    ['GOOD THRU', 'expiry'],
    ['EXPIRES END', 'expiry'],
    ['有效期至', 'expiry'],
    ['截止日期', 'expiry'],
    ['MEMBER SINCE', 'issued'],
    ['ISSUED', 'issued'],
    ['发卡日期', 'issued'],
    ['开卡日期', 'issued'],
    ['制卡', 'issued'],
  ] as const)('%s tell of %s', (text, role) => {
    expect(labelsIn(text).map((one) => one.role)).toContain(role);
    expect(labelsIn(text).filter((one) => one.role !== role && !one.weak)).toEqual([]);
  });

  it.each(['AMERICAN EXPRESS', '发卡银行', '至尊白金卡', 'MONTH/YEAR', '月/年', '招商银行', 'ISSUING BANK'])(
    '%s are none',
    (text) => {
      expect(labelsIn(text)).toEqual([]);
    },
  );
});

describe('the expiry of a card', () => {
  /** What stands on the card; what is answered, and whether it is warned of. */
  const table: readonly (readonly [
    string,
    readonly TextLineOnView[],
    string | undefined,
    -9110 | undefined,
  ])[] = [
    ['nothing', [line('招商银行'), line('6225 7688')], undefined, undefined],
    ['a labelled date', [line('VALID THRU 08/28')], '08/2028', undefined],
    ['a labelled date that has passed', [line('VALID THRU 08/21')], '08/2021', -9110],
    ['last month', [line('有效期至 10/2026')], '10/2026', -9110],
    ['this month', [line('有效期至 11/2026')], '11/2026', undefined],
    ['year first, labelled', [line('有效期至 2031/11')], '11/2031', undefined],
    ['a lone date', [line('12/29')], '12/2029', undefined],
    ['a lone date that has passed', [line('03/15')], '03/2015', undefined],
    ['a lone month of a passed year', [line('2013/05')], undefined, undefined],
    ['no month', [line('VALID THRU 61/2013')], undefined, -9110],
    ['no month and no label', [line('61/2013')], undefined, undefined],
    ['month 00', [line('00/29')], undefined, undefined],
    ['the last month that chips can say', [line('VALID THRU 12/49')], '12/2049', undefined],
    ['the same without a label', [line('12/49')], '12/2049', undefined],
    ['thirty years from now', [line('VALID THRU 11/56')], '11/2056', undefined],
    ['a month more', [line('VALID THRU 12/56')], '12/2056', -9110],
    ['the same without a label', [line('12/56')], undefined, undefined],
    ['a date of issue', [line('发卡日期 2013/05')], undefined, undefined],
    ['a date of issue, month first', [line('开卡日期 05/2013')], undefined, undefined],
    ['a member', [line('MEMBER SINCE 09/19')], undefined, undefined],
    ['from and thru', [line('VALID FROM 01/20 VALID THRU 01/30')], '01/2030', undefined],
    ['from and thru, both passed', [line('VALID FROM 01/10 VALID THRU 01/15')], '01/2015', -9110],
    ['thru and since', [line('VALID THRU 09/29 MEMBER SINCE 09/19')], '09/2029', undefined],
    ['two dates under one label', [line('FROM/THRU 01/12-01/22')], '01/2022', -9110],
    ['two lone dates apart', [line('09/12', 100), line('09/22', 500)], '09/2022', -9110],
    ['one date that was read twice', [line('09/12'), line('09/22')], '09/2022', undefined],
    [
      'a labelled date and another',
      [line('VALID THRU 03/27', 100, 300), line('12/35')],
      '03/2027',
      undefined,
    ],
    [
      'a labelled date that is none and another',
      [line('VALID THRU 33/27', 100, 300), line('12/25')],
      '12/2025',
      undefined,
    ],
  ];
  it.each(table)('%s', (_what, lines, expected, warning) => {
    expect(told(...lines)).toEqual([expected, warning]);
  });

  const until = line('05/21', 300);
  it.each([
    ['in two small lines to the left', [label('VALID', 230, 392), label('THRU', 238, 408)], -9110],
    ['above', [label('有效期', 310, 372)], -9110],
    ['below', [label('GOOD THRU', 310, 428)], -9110],
    ['far off', [label('VALID THRU', 310, 100)], undefined],
    ['of another date', [label('THRU', 500, 400), line('05/31', 560)], undefined],
  ] as const)('is told by a label that stands %s', (_where, labels, warning) => {
    expect(told(until, ...labels)[1]).toBe(warning);
  });

  it.each([
    ['in two small lines to the left', [label('MEMBER', 230, 392), label('SINCE', 238, 408)]],
    ['above, in two languages', [label('发卡日期', 310, 356), label('ISSUED', 310, 376)]],
    ['below', [label('VALID FROM', 310, 428)]],
  ] as const)('is not a date whose label of issue stands %s', (_where, labels) => {
    expect(told(until, ...labels)).toEqual([undefined, undefined]);
  });

  it('is the date whose own label says so, whatever stands beside it', () => {
    const card = [
      label('VALID', 230, 392),
      label('THRU', 238, 408),
      line('05/31', 300),
      label('MEMBER', 440, 392),
      label('SINCE', 448, 408),
      line('05/21', 510),
    ];
    expect(told(...card)).toEqual(['05/2031', undefined]);
    expect(told(...card.slice(3))).toEqual([undefined, undefined]);
  });

  it('is a date in the future, although the label of another one, which was not read, is nearest', () => {
    expect(told(label('MEMBER SINCE', 180, 400), line('05/31', 300))).toEqual(['05/2031', undefined]);
  });
});

describe('the month in which a card is judged', () => {
  const { TZ } = process.env;
  afterEach(() => {
    if (TZ === undefined) delete process.env['TZ'];
    else process.env['TZ'] = TZ;
  });

  it.each([
    ['Asia/Shanghai', '2026-11-30T16:30:00Z', '11/26', true],
    ['Asia/Shanghai', '2026-11-30T15:30:00Z', '11/26', false],
    ['America/New_York', '2026-12-01T01:00:00Z', '11/26', false],
  ])('is that of the calendar on the wall: %s, %s', (zone, at, date, invalid) => {
    process.env['TZ'] = zone;
    expect(findExpiry([line(`VALID THRU ${date}`)], new Date(at)).invalid).toBe(invalid);
  });
});
