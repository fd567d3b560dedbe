/**
 * One attempt at one card. It is written when it is a fact: over a network in the moment before its first byte leaves, so that
 * a crash while it waits for its turn or for a connection leaves nothing that may have been paid for. An answer is kept
 * before anything else is done with it; only when it stands do its pictures follow, and its card never fails for what this
 * computer cannot keep.
 */
import type { EngineName } from '../../shared/recognition';
import type { Card } from '../cards/ports';
import type { CancelSignal, EngineAnswer, RecognitionRequest } from '../recognition/ports';
import { createBeginning } from './beginning';
import type { AttemptTools } from './ports';
import { createPreparation } from './preparation';
import { createRecords } from './records';
import { createSettling } from './settling';

export interface Attempts {
  run(card: Card, engine: EngineName, signal: CancelSignal): Promise<void>;
}

/** What a call came to: what the engine said, or that it broke the promise to say something. */
type Called = EngineAnswer | { readonly kind: 'threw'; readonly error: unknown };

export function createAttempts(tools: AttemptTools): Attempts {
  const { clock, hold } = tools;
  const records = createRecords(tools);
  const { settle, settleUnsent, takeOver } = createSettling(tools, records);
  const prepare = createPreparation({ ...tools, fail: records.fail });

  /** The card waits as it did, unless it is a defect. */
  async function notBegun(card: Card, error: unknown): Promise<void> {
    if (hold.met(error)) return;
    tools.defect(error);
    await hold.keep(() => {
      records.fail(card, 'internal');
      tools.changed([card.id]);
    });
  }

  function begin(card: Card, engine: EngineName, question: string, signal: CancelSignal): number | undefined {
    if (signal.aborted || hold.waiting() || tools.closing()) return undefined;
    const attemptId = records.begin(card, engine, { question });
    if (attemptId === undefined) return undefined;
    tools.changed([card.id]);
    tools.begun();
    return attemptId;
  }

  async function call(
    engine: EngineName,
    request: RecognitionRequest,
    signal: CancelSignal,
    begin: () => boolean,
  ): Promise<Called> {
    let started = clock.monotonic();
    const leaving = () => {
      started = clock.monotonic();
      return begin();
    };
    try {
      const answer = await tools.engines.named(engine).recognise(request, signal, leaving);
      if (answer.kind === 'answer') tools.widths.answered(engine, clock.monotonic() - started);
      return answer;
    } catch (error) {
      return { kind: 'threw', error };
    }
  }

  return {
    async run(card, engine, signal) {
      const prepared = await prepare(card, engine, signal).catch((error: unknown) => notBegun(card, error));
      if (!prepared) return;
      const { request, question, repeat } = prepared;
      if (repeat)
        return takeOver(card, engine, question, repeat).catch((error: unknown) => notBegun(card, error));
      const beginning = createBeginning(() => begin(card, engine, question, signal));
      const waits = tools.engines.traits(engine).overNetwork;
      const called: Called =
        waits || beginning.begin()
          ? await call(engine, request, signal, beginning.begin)
          : { kind: 'cancelled', sent: false };
      const failure = beginning.failure();
      if (failure) return notBegun(card, failure.error);
      const attemptId = beginning.attemptId();
      if (called.kind !== 'threw')
        return attemptId === undefined
          ? settleUnsent(card, engine, question, called)
          : settle(card, attemptId, engine, called);
      if (attemptId === undefined) return notBegun(card, called.error);
      await hold.keep(() => records.unanswered(card.id, attemptId, engine, called.error));
      tools.changed([card.id]);
      if (!hold.met(called.error)) tools.defect(called.error);
    },
  };
}
