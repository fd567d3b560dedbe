/**
 * What is written of an attempt, each time in one transaction with what it makes of its card: that it is begun, what was
 * answered, or that there was no answer. A card that was called off or taken over meanwhile stays as it is; what was answered
 * is kept with its attempt all the same.
 */
import type { CardId } from '../../shared/ids';
import type { EngineName } from '../../shared/recognition';
import { jobOf, type CardState, type Job } from '../cards/card';
import type { Card, CardChange, CardStore, Clock, Transactions } from '../cards/ports';
import { troubleOf } from '../environment/trouble';
import type { Engines } from '../recognition/engines';
import { judge, type JobOutcome } from '../recognition/judge';
import type { Asked, AttemptStore, EngineAnswer } from '../recognition/ports';
import { attemptEnd } from './answers';
import { changeState, failedOrBack, historyOf, outcomeFor, type FailureParams } from './outcome';

/** What an answer came to. `toPerson`: the card waits for no engine any more. */
export interface Kept {
  readonly outcome: JobOutcome;
  readonly toPerson: boolean;
}

export interface Records {
  /** Undefined: the card is not to be asked about any more. */
  begin(card: Card, engine: EngineName, asked: Asked): number | undefined;
  answered(
    id: CardId,
    attemptId: number,
    engine: EngineName,
    answer: EngineAnswer,
    blame: 'card' | 'service',
  ): Kept;
  /**
   * Begun and answered in one transaction, where nothing has left: a crash leaves no call that looks as if it had been paid.
   * Undefined: the card is not to be asked about any more.
   */
  atOnce(
    card: Card,
    engine: EngineName,
    asked: Asked,
    answer: EngineAnswer,
    blame: 'card' | 'service',
  ): (Kept & { readonly attemptId: number }) | undefined;
  /** No answer at all: for want of memory or handles the card waits for its turn, else it is a defect. */
  unanswered(id: CardId, attemptId: number, engine: EngineName, error: unknown): void;
  /** Nothing was begun: the card fails. */
  fail(card: Card, code: string, params?: FailureParams): void;
}

export interface RecordTools {
  readonly store: CardStore & AttemptStore & Transactions;
  readonly clock: Clock;
  steady(): number;
  readonly engines: Pick<Engines, 'own' | 'traits'>;
  random(): number;
  closing(): boolean;
  /** A card was read and waits for a person: what follows by itself, in the same transaction. */
  read(id: CardId): void;
  defect(error: unknown): void;
}

function isSame(one: Job, other: Job): boolean {
  return one.engine === other.engine && one.opinion === other.opinion && one.picture === other.picture;
}

type NextState = (card: Card, outcome: JobOutcome, now: number) => { to: CardState; more?: CardChange };

export function createRecords(tools: RecordTools): Records {
  const { store, clock, engines } = tools;

  function standing(id: CardId, attemptId: number): Card | undefined {
    const card = store.card(id);
    return card?.state.kind === 'recognising' && card.state.attemptId === attemptId ? card : undefined;
  }

  /** The answer with its attempt, and its card's next state, if the card still waits for it. */
  function keep(
    id: CardId,
    attemptId: number,
    answer: EngineAnswer,
    blame: 'card' | 'service',
    next: NextState,
  ) {
    const now = clock.now();
    const outcome = judge(answer, historyOf(store, id, attemptId), tools.random, blame);
    store.endAttempt(attemptId, attemptEnd(answer, outcome, now));
    const card = standing(id, attemptId);
    if (!card) return { outcome, to: undefined };
    const { to, more } = next(card, outcome, now);
    changeState(store, id, to, now, more);
    return { outcome, to };
  }

  function keepWhole(
    id: CardId,
    attemptId: number,
    engine: EngineName,
    answer: EngineAnswer,
    blame: 'card' | 'service',
  ): Kept {
    return store.transaction(() => {
      const { outcome, to } = keep(id, attemptId, answer, blame, (card, judged, now) =>
        outcomeFor(card, judged, {
          engine,
          own: engines.own(),
          closing: tools.closing(),
          now,
          steady: tools.steady(),
        }),
      );
      if (!to) return { outcome, toPerson: false };
      if (outcome.kind === 'finished') tools.read(id);
      return { outcome, toPerson: to.kind !== 'queued' && outcome.kind !== 'cancelled' };
    });
  }

  function keepAlone(id: CardId, attemptId: number, answer: EngineAnswer): Kept {
    return store.transaction(() => {
      const { outcome } = keep(id, attemptId, answer, 'card', (card, _judged, now) => ({
        to: failedOrBack(card, 'internal', now),
      }));
      return { outcome, toPerson: true };
    });
  }

  function begin(card: Card, engine: EngineName, asked: Asked): number | undefined {
    return store.transaction(() => {
      const now = clock.now();
      const job = jobOf(card.state);
      // It may have been called off, or sent somewhere else, while it waited for its turn.
      const current = store.card(card.id);
      if (current?.state.kind !== 'queued' || !isSame(jobOf(current.state), job)) return undefined;
      const id = store.beginAttempt(card.id, engine, now, { picture: job.picture, ...asked });
      changeState(store, card.id, { kind: 'recognising', attemptId: id, ...job }, now);
      return id;
    });
  }

  return {
    begin,
    atOnce: (card, engine, asked, answer, blame) =>
      store.transaction(() => {
        const attemptId = begin(card, engine, asked);
        return attemptId === undefined
          ? undefined
          : { attemptId, ...keepWhole(card.id, attemptId, engine, answer, blame) };
      }),
    answered(id, attemptId, engine, answer, blame) {
      try {
        return keepWhole(id, attemptId, engine, answer, blame);
      } catch (error) {
        if (troubleOf(error)) throw error;
        // A defect in what follows from an answer must not cost the answer.
        tools.defect(error);
        return keepAlone(id, attemptId, answer);
      }
    },
    unanswered(id, attemptId, engine, error) {
      const waits = troubleOf(error) !== undefined;
      store.transaction(() => {
        const now = clock.now();
        store.endAttempt(attemptId, {
          finishedAt: now,
          outcome: waits ? 'cancelled' : 'failed',
          errorCode: waits ? undefined : 'internal',
          maybeCharged: !waits && engines.traits(engine).charges,
        });
        const card = standing(id, attemptId);
        if (!card) return;
        const state = waits
          ? ({ kind: 'queued', ...jobOf(card.state) } as const)
          : failedOrBack(card, 'internal', now);
        changeState(store, id, state, now);
      });
    },
    fail(card, code, params) {
      const now = clock.now();
      changeState(store, card.id, failedOrBack(card, code, now, params), now);
    },
  };
}
