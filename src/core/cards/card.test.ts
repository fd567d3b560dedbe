import { describe, expect, it } from 'vitest';
import { CARD_STATES, type CardStateName } from '../../shared/cards';
import { moveTo, type CardState, type Verdict } from './card';

const VERDICT: Verdict = { by: 'a', at: 1, decision: { kind: 'approve' }, fields: {}, corrected: [] };

const EXAMPLES: Readonly<Record<CardStateName, CardState>> = {
  arriving: { kind: 'arriving' },
  queued: { kind: 'queued' },
  recognising: { kind: 'recognising', attemptId: 1 },
  pending: { kind: 'pending' },
  held: { kind: 'held', by: 'a', at: 1 },
  second: { kind: 'second', first: VERDICT },
  disputed: { kind: 'disputed', first: VERDICT, second: { ...VERDICT, by: 'b' } },
  approved: { kind: 'approved', by: 'a', at: 1 },
  rejected: { kind: 'rejected', by: 'a', at: 1, reason: 'other' },
  rescan: { kind: 'rescan', by: 'a', at: 1 },
  failed: { kind: 'failed', code: 'x', at: 1 },
};

/** Written out again on purpose: what a person may rely on. Rows are from, columns to, in the order of CARD_STATES. */
const TABLE = `
arriving     - Q - - - - - - - - F
queued       - - R P - - - - - - F
recognising  - Q - P - - - - - - F
pending      - Q - - H 2 - A J S -
held         - Q - P - 2 - A J S -
second       - - - P - - D A - - -
disputed     - - - P - - - A J S -
approved     - - - P - - - - - - -
rejected     - - - P - - - - - - -
rescan       - - - P - - - - - - -
failed       N Q - P - - - - J S -
`;

describe('states of a card', () => {
  const rows = TABLE.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const cases = rows.flatMap(([from, ...cells]) =>
    cells.map((mark, at) => [from as CardStateName, CARD_STATES[at] as CardStateName, mark !== '-'] as const),
  );

  it.each(cases)('%s to %s: %s', (from, to, allowed) => {
    const moved = moveTo(EXAMPLES[from], EXAMPLES[to]);
    expect(moved.ok).toBe(allowed);
    if (moved.ok) expect(moved.value).toBe(EXAMPLES[to]);
    else expect(moved.error).toEqual({ code: 'card.wrongState', params: { from, to }, cause: undefined });
  });
});
