/**
 * One attempt at one card: written before the call, ended after it. An answer is kept before anything else is done with it;
 * only when it stands do its pictures follow, and its card never fails for what this computer cannot keep.
 */
import type { EngineName } from '../../shared/recognition';
import type { CardId } from '../../shared/ids';
import { jobOf } from '../cards/card';
import type { Card } from '../cards/ports';
import type { JobOutcome } from '../recognition/judge';
import type { CancelSignal, EngineAnswer, RecognitionRequest } from '../recognition/ports';
import { keepCrops } from './crops';
import { createPictureOf } from './picture';
import type { QueueTools } from './ports';
import { createRecords } from './records';
import { createRepeats, type Repeat } from './repeats';
import type { Widths } from './width';

export interface AttemptTools extends QueueTools {
  readonly widths: Widths;
  closing(): boolean;
  /** The call is about to begin. */
  begun(): void;
  /** Whom a failure is to be laid to. */
  heard(card: CardId, engine: EngineName, answer: EngineAnswer): 'card' | 'service';
  /** `engine`: the one that was asked, if one was. `toPerson`: the card waits for no engine any more. */
  ended(outcome: JobOutcome, engine: EngineName | undefined, toPerson: boolean): void;
}

export interface Attempts {
  run(card: Card, engine: EngineName, signal: CancelSignal): Promise<void>;
}

/** What a call came to: what the engine said, or that it broke the promise to say something. */
type Called = EngineAnswer | { readonly kind: 'threw'; readonly error: unknown };

export function createAttempts(tools: AttemptTools): Attempts {
  const { clock, hold } = tools;
  const pictureOf = createPictureOf(tools);
  const records = createRecords(tools);
  const repeats = createRepeats(tools);

  /** What the engine will be asked, and the attempt at it; undefined: it will not, and the card says so or waits. */
  async function prepare(card: Card, engine: EngineName, signal: CancelSignal) {
    const job = jobOf(card.state);
    try {
      const image = await pictureOf(card, job);
      if (image === undefined) {
        records.fail(card, 'picture.cannotOpen');
        tools.changed([card.id]);
        return undefined;
      }
      if (signal.aborted) return undefined;
      const request: RecognitionRequest = { image, switches: tools.switches() };
      const question = repeats.question(image, request.switches);
      const repeat = await repeats.find(card, engine, question);
      // The disk may have filled up while the picture was fetched: a call whose answer might not be kept is not begun.
      if (signal.aborted || hold.waiting()) return undefined;
      if (repeat) return await takeOver(card, engine, question, repeat);
      const attemptId = records.begin(card, engine, job, { question });
      return attemptId === undefined ? undefined : { request, attemptId };
    } catch (error) {
      // Nothing was begun: the card waits as it did, unless it is a defect.
      if (hold.met(error)) return undefined;
      tools.defect(error);
      await hold.keep(() => {
        records.fail(card, 'internal');
        tools.changed([card.id]);
      });
      return undefined;
    }
  }

  async function call(
    engine: EngineName,
    request: RecognitionRequest,
    signal: CancelSignal,
  ): Promise<Called> {
    const started = clock.monotonic();
    try {
      const answer = await tools.engines.named(engine).recognise(request, signal);
      if (answer.kind === 'answer') tools.widths.answered(engine, clock.monotonic() - started);
      return answer;
    } catch (error) {
      return { kind: 'threw', error };
    }
  }

  async function takeOver(
    card: Card,
    engine: EngineName,
    question: string,
    { answer, copiedFrom }: Repeat,
  ): Promise<undefined> {
    const job = jobOf(card.state);
    const taken = records.takenOver(card, engine, job, { question, copiedFrom }, answer);
    if (!taken) return;
    const { attemptId, outcome, toPerson } = taken;
    tools.ended(outcome, undefined, toPerson);
    tools.changed([card.id]);
    if (outcome.kind === 'finished')
      await keepCrops(tools, card.id, attemptId, outcome.recognition, job.opinion === true);
  }

  async function settle(
    card: Card,
    attemptId: number,
    engine: EngineName,
    answer: EngineAnswer,
  ): Promise<void> {
    const blame = tools.heard(card.id, engine, answer);
    const { outcome, toPerson } = await hold.keep(() =>
      records.answered(card.id, attemptId, engine, answer, blame),
    );
    hold.worked();
    if ('maybeCharged' in outcome && outcome.maybeCharged) tools.widths.lost(engine);
    tools.ended(outcome, engine, toPerson);
    tools.changed([card.id]);
    if (outcome.kind === 'finished')
      await keepCrops(tools, card.id, attemptId, outcome.recognition, jobOf(card.state).opinion === true);
  }

  return {
    async run(card, engine, signal) {
      const prepared = await prepare(card, engine, signal);
      if (!prepared) return;
      const { request, attemptId } = prepared;
      tools.changed([card.id]);
      tools.begun();
      const called = await call(engine, request, signal);
      if (called.kind !== 'threw') return settle(card, attemptId, engine, called);
      await hold.keep(() => records.unanswered(card.id, attemptId, engine, called.error));
      tools.changed([card.id]);
      if (!hold.met(called.error)) tools.defect(called.error);
    },
  };
}
