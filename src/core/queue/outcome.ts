/** What an attempt's outcome makes of its card. */
import type { CardId } from '../../shared/ids';
import type { EngineName } from '../../shared/recognition';
import { assertNever } from '../../shared/result';
import { jobOf, moveTo, type CardState } from '../cards/card';
import type { Card, CardChange, CardStore } from '../cards/ports';
import type { AttemptStore } from '../recognition/ports';
import type { AttemptsBefore, JobOutcome } from '../recognition/judge';
import { addOpinion, readInto } from './answers';

/** Where the table of states allows it. */
export function changeState(
  store: CardStore,
  id: CardId,
  to: CardState,
  now: number,
  more: CardChange = {},
): boolean {
  const card = store.card(id);
  const moved = card && moveTo(card.state, to);
  if (!moved?.ok) return false;
  store.change(id, { ...more, state: moved.value }, now);
  return true;
}

export type FailureParams = Extract<CardState, { kind: 'failed' }>['params'];

/** Where a card goes that its job could not serve: with values of its own it is one to review, as it was before. */
export function failedOrBack(card: Card, code: string, at: number, params?: FailureParams): CardState {
  const hasValues = Object.values(card.fields).some((value) => value !== undefined);
  return hasValues ? { kind: 'pending' } : { kind: 'failed', code, at, ...(params && { params }) };
}

export function historyOf(store: AttemptStore, id: CardId, attemptId: number): AttemptsBefore {
  const before = store.attempts(id).filter((attempt) => attempt.id !== attemptId);
  // A person who asked again starts anew; what may have been charged counts for the card's whole life.
  let recent = 0;
  let throttles = 0;
  for (const attempt of before.reverse()) {
    if (attempt.outcome === 'throttled') throttles++;
    else if (attempt.outcome === 'retry') recent++;
    else if (attempt.outcome !== 'cancelled') break;
  }
  return { retries: recent, throttles, lost: before.filter((attempt) => attempt.maybeCharged).length };
}

export interface Circumstances {
  readonly engine: EngineName;
  /** The engine for cards that no person asked another one for. */
  readonly own: EngineName;
  readonly closing: boolean;
  readonly now: number;
  /** The time by which waits are measured. */
  readonly steady: number;
}

/** The card's next state and values. */
export function outcomeFor(
  card: Card,
  outcome: JobOutcome,
  { engine, own, closing, now, steady }: Circumstances,
): { readonly to: CardState; readonly more?: CardChange } {
  const job = jobOf(card.state);
  const again: CardState = { kind: 'queued', ...job };
  switch (outcome.kind) {
    case 'finished': {
      const { recognition } = outcome;
      const more = job.opinion ? addOpinion(card, recognition) : readInto(card, engine, recognition);
      return { to: { kind: 'pending' }, more };
    }
    case 'retry':
    case 'throttled':
      return { to: { ...again, notBefore: steady + outcome.delayMs } };
    case 'cancelled':
      return { to: closing ? again : failedOrBack(card, 'queue.cancelled', now) };
    case 'unknown':
      return { to: failedOrBack(card, 'client.answerLost', now) };
    case 'failed': {
      // Asked for by name, and all others go elsewhere: it concerns nobody else.
      const alone = job.engine !== undefined && job.engine !== own;
      return { to: outcome.stopsQueue && !alone ? again : failedOrBack(card, outcome.code, now) };
    }
    case 'unreachable':
      return { to: again };
    case 'unwell':
      // Behind those that were not tried, so that no card is tried over and over.
      return { to: { ...again, notBefore: steady } };
    default:
      return assertNever(outcome);
  }
}
