/** The report as a sheet: a line for each person, then pages for the balance, corrections, hours and doubts. */
import { CARD_STATES } from '../../shared/cards';
import { REPORT_WORDS, REVIEWER_WORDS, type ReviewerColumn } from '../../shared/messages/sheet';
import { COLUMN_WORDS, DOUBT_WORDS, STATE_WORDS } from '../../shared/messages/terms';
import { FIELD_NAMES } from '../../shared/recognition';
import type { Report, ReviewerLine } from '../../shared/report';
import type { Language } from '../../shared/settings';
import type { Cell, SheetBook, SheetTable } from '../export/ports';
import { formulaSafe } from '../export/sheet';

const REVIEWER_CELLS: Readonly<Record<ReviewerColumn, (line: ReviewerLine) => Cell>> = {
  reviewer: ({ who }) => ({ kind: 'text', text: formulaSafe(who) }),
  decided: ({ decided }) => number(decided),
  approved: ({ approved }) => number(approved),
  rejected: ({ rejected }) => number(rejected),
  rescan: ({ rescan }) => number(rescan),
  corrected: ({ corrected }) => number(corrected),
  perHour: ({ perHour }) => number(perHour),
  keysPerCard: ({ keysPerCard }) => number(keysPerCard),
  secondsPerCard: ({ secondsPerCard }) => number(secondsPerCard),
  checked: ({ checked }) => number(checked),
  right: ({ right }) => number(right),
};
const REVIEWER_COLUMNS = Object.keys(REVIEWER_WORDS) as readonly ReviewerColumn[];

/** Two digits behind the point are more than the figures know. */
function number(value: number | undefined): Cell {
  return value === undefined ? undefined : { kind: 'number', value: Math.round(value * 100) / 100 };
}

export function reportBook(report: Report, language: Language): SheetBook {
  const word = (name: keyof typeof REPORT_WORDS) => REPORT_WORDS[name][language];
  const table = (
    title: keyof typeof REPORT_WORDS,
    first: keyof typeof REPORT_WORDS,
    lines: SheetTable['lines'],
    summed = false,
  ): SheetTable => ({ title: word(title), headers: [word(first), word('cards')], lines, summed });
  return {
    title: word('reviewers'),
    columns: REVIEWER_COLUMNS.map((name) => ({ header: REVIEWER_WORDS[name][language], width: 18 })),
    rows: report.reviewers.map((line) => REVIEWER_COLUMNS.map((name) => REVIEWER_CELLS[name](line))),
    rowCount: report.reviewers.length,
    tables: [
      table(
        'balance',
        'state',
        [
          ...CARD_STATES.map((state) => ({
            label: STATE_WORDS[state][language],
            numbers: [report.counts[state]],
          })),
          { label: word('takenIn'), numbers: [report.taken] },
        ],
        true,
      ),
      table('byHandAndRule', 'how', [
        { label: word('byPerson'), numbers: [report.byPerson] },
        { label: word('byRule'), numbers: [report.byRule] },
        { label: word('ofTheseChecked'), numbers: [report.rule.checked] },
        { label: word('foundRight'), numbers: [report.rule.right] },
      ]),
      table(
        'corrections',
        'field',
        FIELD_NAMES.map((name) => ({
          label: COLUMN_WORDS[name][language],
          numbers: [report.corrections[name]],
        })),
      ),
      table(
        'hours',
        'hour',
        report.hours.map(({ at, decided }) => ({ label: hour(at), numbers: [decided] })),
      ),
      table(
        'doubts',
        'doubt',
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
