/** The report as a sheet: a line for each person, then pages for the balance, corrections, hours and doubts. */
import { CARD_STATES } from '../../shared/cards';
import { COLUMN_WORDS, DOUBT_WORDS, STATE_WORDS } from '../../shared/messages/terms';
import { FIELD_NAMES } from '../../shared/recognition';
import type { Report, ReviewerLine } from '../../shared/report';
import type { Language } from '../../shared/settings';
import type { Cell, SheetBook, SheetTable } from '../export/ports';
import { formulaSafe } from '../export/sheet';

type Words = readonly [zh: string, en: string];
const say = ([zh, en]: Words, language: Language): string => (language === 'en' ? en : zh);

const REVIEWER_COLUMNS: readonly (readonly [Words, (line: ReviewerLine) => Cell])[] = [
  [['审核人', 'Reviewer'], ({ who }) => ({ kind: 'text', text: formulaSafe(who) })],
  [['审核数', 'Decided'], ({ decided }) => number(decided)],
  [['通过', 'Approved'], ({ approved }) => number(approved)],
  [['退回', 'Rejected'], ({ rejected }) => number(rejected)],
  [['重扫', 'Rescan'], ({ rescan }) => number(rescan)],
  [['有更正', 'Corrected'], ({ corrected }) => number(corrected)],
  [['每小时', 'Per hour'], ({ perHour }) => number(perHour)],
  [['每张按键（中位）', 'Keys a card (median)'], ({ keysPerCard }) => number(keysPerCard)],
  [['每张秒数（中位）', 'Seconds a card (median)'], ({ secondsPerCard }) => number(secondsPerCard)],
  [['抽检', 'Checked'], ({ checked }) => number(checked)],
  [['抽检正确', 'Found right'], ({ right }) => number(right)],
];

/** Two digits behind the point are more than the figures know. */
function number(value: number | undefined): Cell {
  return value === undefined ? undefined : { kind: 'number', value: Math.round(value * 100) / 100 };
}

export function reportBook(report: Report, language: Language): SheetBook {
  const count: Words = ['张数', 'Cards'];
  const table = (title: Words, first: Words, lines: SheetTable['lines'], summed = false): SheetTable => ({
    title: say(title, language),
    headers: [say(first, language), say(count, language)],
    lines,
    summed,
  });
  return {
    title: say(['审核人', 'Reviewers'], language),
    columns: REVIEWER_COLUMNS.map(([words]) => ({ header: say(words, language), width: 18 })),
    rows: report.reviewers.map((line) => REVIEWER_COLUMNS.map(([, cell]) => cell(line))),
    rowCount: report.reviewers.length,
    tables: [
      table(
        ['平衡', 'Balance'],
        ['状态', 'State'],
        [
          ...CARD_STATES.map((state) => ({
            label: STATE_WORDS[state][language],
            numbers: [report.counts[state]],
          })),
          { label: say(['接收合计', 'Taken in'], language), numbers: [report.taken] },
        ],
        true,
      ),
      table(
        ['人工与规则', 'By hand and by rule'],
        ['方式', 'How'],
        [
          { label: say(['人工审核', 'Decided by a person'], language), numbers: [report.byPerson] },
          { label: say(['规则自动通过', 'Approved by the rule'], language), numbers: [report.byRule] },
          { label: say(['其中抽检', 'Of these checked'], language), numbers: [report.rule.checked] },
          { label: say(['抽检正确', 'Found right'], language), numbers: [report.rule.right] },
        ],
      ),
      table(
        ['更正', 'Corrections'],
        ['字段', 'Field'],
        FIELD_NAMES.map((name) => ({
          label: COLUMN_WORDS[name][language],
          numbers: [report.corrections[name]],
        })),
      ),
      table(
        ['每小时', 'Hours'],
        ['时段', 'Hour'],
        report.hours.map(({ at, decided }) => ({ label: hour(at), numbers: [decided] })),
      ),
      table(
        ['疑点', 'Doubts'],
        ['疑点', 'Doubt'],
        report.doubts.map(({ name, cards }) => ({ label: DOUBT_WORDS[name][language], numbers: [cards] })),
      ),
    ],
  };
}

/** `2026-11-24 09:00` on this computer's clock. */
function hour(at: number): string {
  const day = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())} ${two(day.getHours())}:00`;
}
