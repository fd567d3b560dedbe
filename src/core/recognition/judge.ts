/** From what happened at an engine to what is done next. Pure: the table of errors, the card's past, and chance. */
import type { Recognition } from '../../shared/recognition';
import { classify } from './errors';
import type { EngineAnswer } from './ports';

export type JobOutcome =
  | { readonly kind: 'finished'; readonly recognition: Recognition }
  | {
      readonly kind: 'retry';
      readonly code: string;
      readonly delayMs: number;
      readonly maybeCharged: boolean;
    }
  /** Too fast: costs the card no attempt. */
  | { readonly kind: 'throttled'; readonly code: string; readonly delayMs: number }
  /** The request never left this computer: the network is down, which is not this card's fault. */
  | { readonly kind: 'unreachable'; readonly code: string }
  /** The service fails, whatever card it is asked about: the card waits as it did. */
  | { readonly kind: 'unwell'; readonly code: string; readonly maybeCharged: boolean }
  /** `stopsQueue`: every other call would fail as well, so the queue stops until a person acts. */
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly maybeCharged: boolean;
      readonly stopsQueue: boolean;
    }
  /** An answer that may have been paid for was lost once too often: a person decides whether to call again. */
  | { readonly kind: 'unknown'; readonly code: string; readonly maybeCharged: true }
  | { readonly kind: 'cancelled'; readonly maybeCharged: boolean };

export interface AttemptsBefore {
  /** Attempts of this run that ended in `retry`. */
  readonly retries: number;
  readonly throttles: number;
  /** Calls in the card's whole life whose answer was lost although the cloud may have charged for them. */
  readonly lost: number;
}

/** Codes of calls that left this computer and whose answer did not arrive whole. */
const LOST_ANSWERS = new Set(['client.timeout', 'client.network', 'client.http5xx', 'client.badResponse']);
/** What answered is not the cloud: a login page, a proxy's refusal. Nothing was charged, and no card is to blame. */
export const ALIEN_ANSWER = 'client.notTheCloud';
/** A call that may have been charged is repeated this often at most over a card's life. */
const REPEATS_OF_LOST = 1;
/** Once more where the service was seen to fail: such a card helped to find out, and should not pay for it. */
export const REPEATS_IN_OUTAGE = 2;

export function isLost(answer: EngineAnswer): boolean {
  return answer.kind === 'error' && answer.sent && LOST_ANSWERS.has(answer.code);
}

/** Full jitter: a wait anywhere between nothing and the doubled base, under a cap; keeps many clients apart. */
function backoffMs(baseMs: number, capMs: number, tries: number, random: () => number): number {
  return Math.round(Math.min(capMs, baseMs * 2 ** tries) * random());
}

/** Base and cap as error-codes.json gives them. A throttled card waits its base at least: sooner is refused again. */
const TRANSIENT = { baseMs: 500, capMs: 8_000 };
const THROTTLE = { baseMs: 1_000, capMs: 16_000 };
/** Before an answer that may have been paid for is asked for again: other cards tell meanwhile whether the service fails. */
const AFTER_LOST_MS = 5_000;

/** `blame`: whom a failure is to be laid to, as the failures of other cards tell. */
export function judge(
  answer: EngineAnswer,
  before: AttemptsBefore,
  random: () => number,
  blame: 'card' | 'service' = 'card',
): JobOutcome {
  if (answer.kind === 'answer') return { kind: 'finished', recognition: answer.recognition };
  if (answer.kind === 'cancelled') return { kind: 'cancelled', maybeCharged: answer.sent };

  const { code } = answer;
  if (code === 'client.network' && !answer.sent) return { kind: 'unreachable', code };
  const maybeCharged = isLost(answer);
  const meaning = classify(code);
  switch (meaning.class) {
    case 'throttle': {
      const { baseMs, capMs } = THROTTLE;
      return {
        kind: 'throttled',
        code,
        delayMs: baseMs + backoffMs(baseMs, capMs, before.throttles, random),
      };
    }
    case 'transient': {
      const repeats = blame === 'service' ? REPEATS_IN_OUTAGE : REPEATS_OF_LOST;
      if (maybeCharged && before.lost >= repeats) return { kind: 'unknown', code, maybeCharged };
      if (blame === 'service') return { kind: 'unwell', code, maybeCharged };
      if (before.retries >= meaning.maxRetries)
        return { kind: 'failed', code, maybeCharged, stopsQueue: false };
      const waitMs = backoffMs(TRANSIENT.baseMs, TRANSIENT.capMs, before.retries, random);
      const delayMs = maybeCharged ? AFTER_LOST_MS + waitMs : waitMs;
      return { kind: 'retry', code, delayMs, maybeCharged };
    }
    case 'image':
      return { kind: 'failed', code, maybeCharged: false, stopsQueue: false };
    case 'settings':
    case 'account':
      if (before.retries < meaning.maxRetries)
        return { kind: 'retry', code, delayMs: 0, maybeCharged: false };
      return { kind: 'failed', code, maybeCharged: false, stopsQueue: true };
  }
}
