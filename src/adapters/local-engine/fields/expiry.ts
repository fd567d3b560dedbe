/** Which of the dates on a card is its expiry, by the labels beside them and by where they stand. */
import { isPossibleExpiry, monthsUntil, type MonthOfYear } from '../../../shared/expiry';
import { spanOf, type Span, type TextLineOnView } from '../text/text-line';
import { datesIn, labelsIn, type DateForm, type DateRole } from './dated-text';

export interface ExpiryFound {
  /** A month of a year; absent where no date is the expiry. */
  readonly expiry?: MonthOfYear;
  /** Whether a label or a second date tells that it is the expiry, and nothing else. */
  readonly told: boolean;
  /** Told, and passed or impossible (-9110). */
  readonly invalid: boolean;
}

interface PlacedLabel extends Span {
  readonly role: DateRole;
  readonly weak: boolean;
}

interface PlacedDate extends Span {
  readonly date: MonthOfYear;
  readonly form: DateForm;
}

interface JudgedDate extends PlacedDate {
  readonly role: DateRole | 'unknown';
}

/**
 * A date under a label of issue is none, nor is a passed year before a month (2013/05) without a label: cards are
 * dated so when they are issued. Of the others a possible one is taken before an impossible one, a labelled one before
 * one without, then the latest.
 */
export function findExpiry(lines: readonly TextLineOnView[], now: Date): ExpiryFound {
  const dates = judgeDates(lines, now);
  const worth = (one: JudgedDate): number =>
    (isPossible(one.date, now) ? 1000 : 0) +
    (one.role === 'expiry' ? 300 : 0) +
    monthsUntil(one.date, EPOCH) / 12;
  const [likeliest] = dates.filter((one) => mayBeExpiry(one, now)).sort((a, b) => worth(b) - worth(a));
  if (!likeliest) {
    // 33/27 after "valid thru": a date that is none is not answered, but is the card's date all the same.
    const invalid = dates.some(({ role }) => role === 'expiry');
    return { told: invalid, invalid };
  }
  const best = laterOfPair(likeliest, dates, now);
  const told = best.role === 'expiry' || dates.some((other) => isEarlierOfPair(other, best, now));
  return {
    expiry: best.date,
    told,
    invalid: told && (isPassed(best.date, now) || !isPossible(best.date, now)),
  };
}

const EPOCH = { year: 2000, month: 1 } as const;

function mayBeExpiry({ date, form, role }: JudgedDate, now: Date): boolean {
  if (date.month < 1 || date.month > 12 || role === 'issued') return false;
  if (role === 'expiry') return true;
  return isPossible(date, now) && !(form === 'yearFirst' && isPassed(date, now));
}

/** From and thru under one label, or under labels that were taken for each other's: the later one is the expiry. */
function laterOfPair(best: JudgedDate, dates: readonly JudgedDate[], now: Date): JudgedDate {
  return (
    dates.find(
      (other) =>
        isEarlierOfPair(best, other, now) &&
        other.form === best.form &&
        Math.abs(other.centreY - best.centreY) < 0.9 * best.height,
    ) ?? best
  );
}

/** Two dates that stand apart from each other, a year between them. One place read twice has no pair. */
function isEarlierOfPair(one: JudgedDate, other: JudgedDate, now: Date): boolean {
  const apart =
    one.left > other.right ||
    other.left > one.right ||
    Math.abs(one.centreY - other.centreY) > 0.9 * Math.max(one.height, other.height);
  return (
    apart &&
    isPossible(one.date, now) &&
    isPossible(other.date, now) &&
    monthsUntil(other.date, one.date) >= MONTHS_BETWEEN
  );
}

const MONTHS_BETWEEN = 12;

// --- labels ----------------------------------------------------------------------------------------------------------

function judgeDates(lines: readonly TextLineOnView[], now: Date): JudgedDate[] {
  const dates = lines.flatMap((line) =>
    datesIn(line.text).map(({ date, form, from, to }): PlacedDate => ({
      date,
      form,
      ...spanOf(line, from, to),
    })),
  );
  const labels = lines.flatMap((line) =>
    labelsIn(line.text).map(({ role, weak, from, to }): PlacedLabel => ({
      role,
      weak,
      ...spanOf(line, from, to),
    })),
  );
  return dates.map((date) => ({ ...date, role: roleOf(date, dates, labels, now) }));
}

/** A label belongs to the date that is nearest; readings of the same place share it. */
const SAME_PLACE = 0.4;

function roleOf(
  date: PlacedDate,
  dates: readonly PlacedDate[],
  labels: readonly PlacedLabel[],
  now: Date,
): JudgedDate['role'] {
  const own = labels
    .map((label) => ({ ...label, cost: reach(label, date) }))
    .filter(({ cost, ...label }) => {
      const nearest = Math.min(...dates.map((other) => reach(label, other)));
      return cost < Infinity && cost <= nearest + SAME_PLACE;
    })
    .sort((a, b) => Number(a.weak) - Number(b.weak) || a.cost - b.cost);
  const [label] = own;
  if (!label) return 'unknown';
  // Nothing is issued in the future: the label is another date's, which was not read.
  if (label.role === 'issued' && !isPassed(date.date, now)) return 'unknown';
  return label.role;
}

/** How far labels reach, in heights of the date: along the line, and up or down. */
const REACH = 8;
const REACH_UP = 2.6;
const REACH_BACK = 2;

/** How far a label is from a date, in heights of the date; infinite where it cannot be its label. */
function reach(label: Span, date: Span): number {
  const unit = date.height;
  const [gap, back] = [(date.left - label.right) / unit, (label.left - date.right) / unit];
  const down = (date.centreY - label.centreY) / unit;
  const level = Math.abs(down) < 0.9 * Math.max(1, label.height / unit);
  const costs = [
    level && gap > -0.5 && gap < REACH ? Math.max(0, gap) + Math.abs(down) : Infinity,
    gap < 0.5 && back < 0.5 && down > 0.3 && down < REACH_UP ? down + middleDistance(label, date) : Infinity,
    gap < 0.5 && back < 0.5 && down < -0.3 && down > -REACH_BACK
      ? 2 - down + middleDistance(label, date)
      : Infinity,
    level && back > -0.5 && back < REACH_BACK ? 3 + Math.max(0, back) : Infinity,
  ];
  return Math.min(...costs);
}

function middleDistance(label: Span, date: Span): number {
  return (0.3 * Math.abs(label.left + label.right - date.left - date.right)) / 2 / date.height;
}

// --- the calendar ----------------------------------------------------------------------------------------------------

/** On this computer's calendar, by which the desk calls a card expired. */
function today(now: Date): MonthOfYear {
  return { year: now.getFullYear(), month: now.getMonth() + 1 };
}

/** A month of a year that a card may show, by `isPossibleExpiry`. */
export function isPossible(date: MonthOfYear, now: Date): boolean {
  return isPossibleExpiry(date, today(now));
}

/** A card is good through the last day of its month. */
export function isPassed(date: MonthOfYear, now: Date): boolean {
  return monthsUntil(date, today(now)) < 0;
}

/** `MM/YYYY`. */
export function formatExpiry({ month, year }: MonthOfYear): string {
  return `${String(month).padStart(2, '0')}/${year}`;
}
