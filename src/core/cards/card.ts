/**
 * A card is in exactly one state, with exactly the data of that state. What may follow what is the table below;
 * everything else that a card knows (picture, readings, values) lies beside the state and outlives it.
 */
import type { ApprovalRule, CardStateName, Decision, RejectReason } from '../../shared/cards';
import type { EngineName, FieldName, Fields } from '../../shared/recognition';
import { fail, ok, type Result } from '../../shared/result';

/** What one person made of a card: the decision and the values under it. */
export interface Verdict {
  readonly by: string;
  readonly at: number;
  readonly decision: Decision;
  readonly fields: Fields;
  readonly corrected: readonly FieldName[];
}

/** `notBefore` of cards that a person sent to an engine: they go before those that wait their turn, and are asked about anew. */
export const ASKED_BY_PERSON = -1;

/** What a card on its way to an engine carries. `engine`: asked for by name, else the setting's. */
export interface Job {
  readonly engine?: EngineName;
  /** A second opinion: its reading stands beside the values, not in their place. */
  readonly opinion?: true;
  /** A region cut out by hand, by its name in the picture store; else the card's own picture. */
  readonly picture?: string;
}

export type CardState =
  | { readonly kind: 'arriving' }
  /** `notBefore`: epoch ms before which no engine should be asked again. */
  | ({ readonly kind: 'queued'; readonly notBefore?: number } & Job)
  | ({ readonly kind: 'recognising'; readonly attemptId: number } & Job)
  | { readonly kind: 'pending' }
  | { readonly kind: 'held'; readonly by: string; readonly at: number }
  /** The first person's verdict is kept here alone: the card's own values are those that were read, as if nobody had looked. */
  | { readonly kind: 'second'; readonly first: Verdict }
  | { readonly kind: 'disputed'; readonly first: Verdict; readonly second: Verdict }
  /** `also`: the second person, where two had to agree. `rule`: no person approved it but this rule. */
  | {
      readonly kind: 'approved';
      readonly by: string;
      readonly at: number;
      readonly also?: string;
      readonly rule?: ApprovalRule;
    }
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

/** What may follow each state; `disputed` and `second` are left only through the rules of `review/second-review`. A failed card can be rejected or sent to be scanned again, but not approved: it has no values yet. What is decided goes back to pending before it is decided otherwise. */
const FOLLOWS: Readonly<Record<CardStateName, readonly CardStateName[]>> = {
  arriving: ['queued', 'failed'],
  queued: ['recognising', 'failed', 'pending'],
  recognising: ['pending', 'queued', 'failed'],
  pending: ['approved', 'rejected', 'rescan', 'queued', 'held', 'second'],
  held: ['pending', 'approved', 'rejected', 'rescan', 'queued', 'second'],
  second: ['approved', 'disputed', 'pending'],
  disputed: ['approved', 'rejected', 'rescan', 'pending'],
  approved: ['pending'],
  rejected: ['pending'],
  rescan: ['pending'],
  failed: ['arriving', 'queued', 'pending', 'rejected', 'rescan'],
};

/** What a person, or the rule, has come to an end with. */
export function isDecided({ kind }: CardState): boolean {
  return kind === 'approved' || kind === 'rejected' || kind === 'rescan';
}

export function moveTo(from: CardState, to: CardState): Result<CardState, 'card.wrongState'> {
  return FOLLOWS[from.kind].includes(to.kind)
    ? ok(to)
    : fail('card.wrongState', { from: from.kind, to: to.kind });
}

export function jobOf(state: CardState): Job {
  if (state.kind !== 'queued' && state.kind !== 'recognising') return {};
  return { engine: state.engine, opinion: state.opinion, picture: state.picture };
}
