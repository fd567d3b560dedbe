/** Why a card cannot be decided on now, and which keys lead on; main refuses the same, this says it before it is asked. */
import type { CardRow, CardStateName, DecisionKind } from '../../../shared/cards';
import type { Command } from '../../../shared/keys';

export interface Obstacle {
  /** A sentence of the messages under `decide.cannot`. */
  readonly why: 'decided' | 'failed' | 'onItsWay' | 'held';
  /** What can be done in its place. */
  readonly instead: readonly Command[];
}

const DECIDED: readonly CardStateName[] = ['approved', 'rejected', 'rescan'];
const ON_ITS_WAY: readonly CardStateName[] = ['arriving', 'queued', 'recognising'];

export const isDecided = ({ state }: Pick<CardRow, 'state'>): boolean => DECIDED.includes(state);

export function obstacleTo(kind: DecisionKind, row: Pick<CardRow, 'state'>): Obstacle | undefined {
  if (isDecided(row)) return { why: 'decided', instead: ['reopen'] };
  if (ON_ITS_WAY.includes(row.state)) return { why: 'onItsWay', instead: [] };
  if (row.state === 'held' && kind === 'hold')
    return { why: 'held', instead: ['approve', 'reject', 'rescan'] };
  if (row.state === 'failed' && (kind === 'approve' || kind === 'hold'))
    return { why: 'failed', instead: ['edit', 'again', 'reject', 'rescan'] };
  return undefined;
}
