/**
 * A card is in exactly one state, with exactly the data of that state. What may follow what is the table below;
 * everything else that a card knows (picture, readings, values) lies beside the state and outlives it.
 */
import type { CardStateName, RejectReason } from '../../shared/cards';
import type { EngineName } from '../../shared/recognition';
import { fail, ok, type Result } from '../../shared/result';

export type CardState =
  | { readonly kind: 'arriving' }
  /** `notBefore`: epoch ms before which no engine should be asked again. `engine`: asked for by a person, else the setting's. */
  | { readonly kind: 'queued'; readonly notBefore?: number; readonly engine?: EngineName }
  | { readonly kind: 'recognising'; readonly attemptId: number; readonly engine?: EngineName }
  | { readonly kind: 'pending' }
  | { readonly kind: 'approved'; readonly by: string; readonly at: number }
  | {
      readonly kind: 'rejected';
      readonly by: string;
      readonly at: number;
      readonly reason: RejectReason;
      readonly note?: string;
    }
  | { readonly kind: 'rescan'; readonly by: string; readonly at: number }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly params?: Readonly<Record<string, string | number>>;
      readonly at: number;
    };

/** What may follow each state. A failed card can be rejected or sent to be scanned again, but not approved: it has no values yet. */
const FOLLOWS: Readonly<Record<CardStateName, readonly CardStateName[]>> = {
  arriving: ['queued', 'failed'],
  queued: ['recognising', 'failed'],
  recognising: ['pending', 'queued', 'failed'],
  pending: ['approved', 'rejected', 'rescan', 'queued'],
  approved: ['pending', 'rejected', 'rescan'],
  rejected: ['pending', 'approved', 'rescan'],
  rescan: ['pending', 'approved', 'rejected'],
  failed: ['queued', 'pending', 'rejected', 'rescan'],
};

export function moveTo(from: CardState, to: CardState): Result<CardState, 'card.wrongState'> {
  return FOLLOWS[from.kind].includes(to.kind)
    ? ok(to)
    : fail('card.wrongState', { from: from.kind, to: to.kind });
}
