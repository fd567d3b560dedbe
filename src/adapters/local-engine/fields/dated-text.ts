/** Dates in texts of a card, and the words beside them that tell what they are. */
import type { MonthOfYear } from '../../../shared/expiry';

// --- dates -----------------------------------------------------------------------------------------------------------

/** Letters that embossed digits are taken for. */
const ALIKE: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  D: '0',
  I: '1',
  l: '1',
  '|': '1',
  Z: '2',
  S: '5',
  B: '8',
  b: '6',
};
/** Expiry dates are embossed month first (ISO/IEC 7813); dates of issue are as often printed year first. */
export type DateForm = 'monthFirst' | 'yearFirst';
const FORMS: readonly (readonly [DateForm, RegExp])[] = [
  [
    'monthFirst',
    /(?<![0-9/])(?<month>[0-9OoDIl|ZSBb]{2})\s?[/／\\]\s?(?<year>(?:20)?[0-9OoDIl|ZSBb]{2})(?![0-9]|\s?\/)/g,
  ],
  ['yearFirst', /(?<![0-9/])(?<year>20[0-9]{2})\s?[/／.-]\s?(?<month>[0-9]{2})(?![0-9]|\s?[/／.-]\s?[0-9])/g],
  ['yearFirst', /(?<![0-9/])(?<year>20[0-9]{2})\s?年\s?(?<month>[0-9]{1,2})\s?月(?!\s?[0-9])/g],
];

interface Found {
  /** Of its characters in the text: the first, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** All dates in one text, impossible months included: a month 88 must not be silently lost. */
export function datesIn(text: string): (Found & { readonly date: MonthOfYear; readonly form: DateForm })[] {
  return FORMS.flatMap(([form, pattern]) =>
    [...text.matchAll(pattern)].map(({ index, 0: all, groups }) => {
      const year = Number(toDigits(groups?.['year'] ?? ''));
      const month = Number(toDigits(groups?.['month'] ?? ''));
      return {
        date: { month, year: year < 100 ? 2000 + year : year },
        form,
        from: index,
        to: index + all.length,
      };
    }),
  );
}

function toDigits(text: string): string {
  return [...text].map((character) => ALIKE[character] ?? character).join('');
}

// --- labels ----------------------------------------------------------------------------------------------------------

/** What a date on a card is: that of its end, or one of issue, membership or the start of use. */
export type DateRole = 'expiry' | 'issued';

/** What is said beside a date. Weak: also said beside the other kind of date, and then together with a plainer word. */
const WORDS: readonly { readonly role: DateRole; readonly weak?: true; readonly words: RegExp }[] = [
  { role: 'issued', words: /S[I1L]NCE|FR[O0]M|MEMB|[I1L]SSU(?!ING|ER)/gi },
  {
    role: 'issued',
    words:
      /(?:发|开|制|办|领)卡(?:日期|时间|日|年月|于)?(?!行|银行|机构|单位|中心)|入会|会员|起始|启用|生效|签发|(?:有效期?)?[自起](?=\s*[:：]?\s*\d)/g,
  },
  { role: 'expiry', words: /TH[RA]?U\b|THR[OU]|HRU|UNT[I1L]L|EXP(?!RESS|O)/gi },
  { role: 'expiry', words: /有效期|效期|截止|到期|失效|至(?=\s*[:：]?\s*\d)/g },
  {
    role: 'expiry',
    weak: true,
    words: /VAL[I1L]|G[O0]{2}D|有效(?!期)/gi,
  },
];

/** All words of one text that stand beside dates, with their places in it. */
export function labelsIn(text: string): (Found & { readonly role: DateRole; readonly weak: boolean })[] {
  return WORDS.flatMap(({ role, weak = false, words }) =>
    [...text.matchAll(words)].map(({ index, 0: all }) => ({
      role,
      weak,
      from: index,
      to: index + all.length,
    })),
  );
}

/** How a date is to be read stands above dates of both kinds, and tells that there is one. */
const HOW_TO_READ = /M[O0]NTH|YEAR|MM.?YY|月\s?[/／]\s?年/i;

/** Whether a text has a word that stands beside expiry dates, alone or with others. */
export function namesExpiry(text: string): boolean {
  return HOW_TO_READ.test(text) || labelsIn(text).some(({ role }) => role === 'expiry');
}
