import { describe, expect, it } from 'vitest';
import { CARD_STATES, type CardStateName, type DecisionKind } from '../../../shared/cards';
import { obstacleTo } from './obstacle';

const KINDS: readonly DecisionKind[] = ['approve', 'reject', 'rescan', 'hold'];
/** Columns in the order of KINDS; - is no obstacle. */
const TABLE: Readonly<Record<CardStateName, string>> = {
  arriving: 'onItsWay onItsWay onItsWay onItsWay',
  queued: 'onItsWay onItsWay onItsWay onItsWay',
  recognising: 'onItsWay onItsWay onItsWay onItsWay',
  pending: '- - - -',
  held: '- - - held',
  second: '- - - -',
  disputed: '- - - -',
  approved: 'decided decided decided decided',
  rejected: 'decided decided decided decided',
  rescan: 'decided decided decided decided',
  failed: 'failed - - failed',
};

describe('what stands in the way of a decision', () => {
  it.each(CARD_STATES)('on a card that is %s', (state) => {
    expect(KINDS.map((kind) => obstacleTo(kind, { state })?.why ?? '-').join(' ')).toBe(TABLE[state]);
  });

  it('leads back to review from what is decided', () => {
    expect(obstacleTo('rescan', { state: 'approved' })?.instead).toEqual(['reopen']);
  });
});
