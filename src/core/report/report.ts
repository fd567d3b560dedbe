/** The report of a batch, or of all: counts that balance, and what the work cost, from the lines of the decisions. */
import { CARD_STATES } from '../../shared/cards';
import { DOUBT_NAMES } from '../../shared/doubts';
import type { BatchId } from '../../shared/ids';
import { MOST_HOURS, type Report, type ReviewerLine } from '../../shared/report';
import type { CardStore } from '../cards/ports';
import type { DecisionLine, DecisionStore } from '../review/ports';

const HOUR_MS = 3_600_000;

interface Tally {
  decided: number;
  approved: number;
  rejected: number;
  rescan: number;
  corrected: number;
  checked: number;
  right: number;
  readonly keys: number[];
  readonly durations: number[];
  readonly hours: Set<number>;
}

const newTally = (): Tally => ({
  decided: 0,
  approved: 0,
  rejected: 0,
  rescan: 0,
  corrected: 0,
  checked: 0,
  right: 0,
  keys: [],
  durations: [],
  hours: new Set(),
});

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

function isDecision(kind: DecisionLine['kind']): boolean {
  return kind !== 'checkedRight' && kind !== 'checkedWrong' && kind !== 'held';
}

/** A first approval that waits for another person is that person's approval too. */
function isApproval(kind: DecisionLine['kind']): boolean {
  return kind === 'approved' || kind === 'second';
}

function count(tally: Tally, line: DecisionLine): void {
  tally.decided++;
  if (isApproval(line.kind)) tally.approved++;
  if (line.kind === 'rejected') tally.rejected++;
  if (line.kind === 'rescan') tally.rescan++;
  if (line.corrected.length > 0) tally.corrected++;
  if (line.keys !== undefined) tally.keys.push(line.keys);
  if (line.durationMs !== undefined) tally.durations.push(line.durationMs / 1000);
  tally.hours.add(Math.floor(line.at / HOUR_MS));
}

export function makeReport(store: CardStore & DecisionStore, batchId: BatchId | undefined): Report {
  const tallies = new Map<string, Tally>();
  const tallyOf = (who: string): Tally => {
    let found = tallies.get(who);
    if (!found) tallies.set(who, (found = newTally()));
    return found;
  };
  const rule = newTally();
  const hours = new Map<number, number>();
  let byPerson = 0;
  for (const line of store.decisions(batchId)) {
    if (line.kind === 'checkedRight' || line.kind === 'checkedWrong') {
      const about = line.about === undefined || line.about === 'bothAgree' ? rule : tallyOf(line.about);
      about.checked++;
      if (line.kind === 'checkedRight') about.right++;
    } else if (line.byRule) count(rule, line);
    else if (isDecision(line.kind)) {
      byPerson++;
      count(tallyOf(line.who), line);
    }
    if (isDecision(line.kind)) {
      const hour = Math.floor(line.at / HOUR_MS);
      hours.set(hour, (hours.get(hour) ?? 0) + 1);
    }
  }
  const counts = store.counts({ batchId });
  const corrections = store.correctionCounts(batchId);
  return {
    counts,
    taken: CARD_STATES.reduce((sum, state) => sum + counts[state], 0),
    byPerson,
    byRule: rule.approved,
    corrected: corrections.cards,
    corrections: corrections.fields,
    hours: [...hours]
      .sort(([one], [other]) => one - other)
      .slice(-MOST_HOURS)
      .map(([hour, decided]) => ({ at: hour * HOUR_MS, decided })),
    reviewers: [...tallies].map(([who, tally]) => reviewer(who, tally)),
    rule: { approved: rule.approved, checked: rule.checked, right: rule.right },
    doubts: store.doubtCounts(batchId).flatMap(({ name, cards }) => {
      const known = DOUBT_NAMES.find((one) => one === name);
      return known ? [{ name: known, cards }] : [];
    }),
    samplesDue: store.counts({ batchId, samplesDue: true }).approved,
  };
}

function reviewer(who: string, tally: Tally): ReviewerLine {
  const { keys, durations, hours, ...counts } = tally;
  return {
    who,
    ...counts,
    keysPerCard: median(keys),
    secondsPerCard: median(durations),
    perHour: hours.size > 0 ? counts.decided / hours.size : undefined,
  };
}
