/**
 * One attempt at one card: written before the call, ended after it. An answer is kept before anything else is done with it;
 * only when it stands do its pictures follow, and its card never fails for what this computer cannot keep.
 */
import type { CardId } from '../../shared/ids';
import type { EngineName, Recognition } from '../../shared/recognition';
import { jobOf, type Job } from '../cards/card';
import type { Card } from '../cards/ports';
import { isExhausted, troubleOf } from '../environment/trouble';
import { judge, type JobOutcome } from '../recognition/judge';
import type { Asked, CancelSignal, EngineAnswer, RecognitionRequest } from '../recognition/ports';
import { attemptEnd, withCrops, type Crops } from './answers';
import { changeState, failedOrBack, historyOf, outcomeFor } from './outcome';
import type { QueueTools } from './ports';
import { createRepeats, type Repeat } from './repeats';
import type { Widths } from './width';

export interface AttemptTools extends QueueTools {
  readonly widths: Widths;
  closing(): boolean;
  /** The call is about to begin. */
  begun(): void;
  /** `engine`: the one that was asked, if one was. `toPerson`: the card waits for no engine any more. */
  ended(outcome: JobOutcome, engine: EngineName | undefined, toPerson: boolean): void;
}

export interface Attempts {
  run(card: Card, engine: EngineName, signal: CancelSignal): Promise<void>;
}

/** What a call came to: what the engine said, or that it broke the promise to say something. */
type Called = EngineAnswer | { readonly kind: 'threw'; readonly error: unknown };

/** So often is a stored picture tried that the disk does not give, before it is that picture's fault. */
const READ_TRIES = 3;

export function createAttempts(tools: AttemptTools): Attempts {
  const { store, clock, hold, pictures } = tools;
  const unread = new Map<CardId, number>();
  const repeats = createRepeats(tools);

  /** Undefined: it cannot be had, and its card says so. What the computer fails at is thrown: its time will come. */
  async function pictureOf(card: Card, { picture }: Job): Promise<Uint8Array | undefined> {
    try {
      const bytes = await pictures.get(picture ?? card.pictures.original ?? '');
      unread.delete(card.id);
      return bytes;
    } catch (error) {
      const tries = (unread.get(card.id) ?? 0) + 1;
      unread.set(card.id, tries);
      // Where only this one cannot be read, again and again, the others need not wait for it.
      if (isExhausted(error) || (troubleOf(error) && tries < READ_TRIES)) throw error;
      tools.defect(error);
      unread.delete(card.id);
      fail(card, 'picture.cannotOpen');
      return undefined;
    }
  }

  function fail(card: Card, code: string): void {
    const now = clock.now();
    changeState(store, card.id, failedOrBack(card, code, now), now);
    tools.changed([card.id]);
  }

  function begun(card: Card, engine: EngineName, job: Job, asked: Asked): number | undefined {
    return store.transaction(() => {
      const now = clock.now();
      const id = store.beginAttempt(card.id, engine, now, { picture: job.picture, ...asked });
      if (changeState(store, card.id, { kind: 'recognising', attemptId: id, ...job }, now)) return id;
      store.endAttempt(id, { finishedAt: now, outcome: 'cancelled', maybeCharged: false });
      return undefined;
    });
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

  /** No answer at all: for want of memory or handles the card waits for its turn, else it is a defect. */
  function giveBack(id: CardId, attemptId: number, engine: EngineName, error: unknown): void {
    const waits = troubleOf(error) !== undefined;
    store.transaction(() => {
      const now = clock.now();
      store.endAttempt(attemptId, {
        finishedAt: now,
        outcome: waits ? 'cancelled' : 'failed',
        errorCode: waits ? undefined : 'internal',
        maybeCharged: !waits && tools.engines.traits(engine).charges,
      });
      const card = standing(id, attemptId);
      if (!card) return;
      const state = waits
        ? ({ kind: 'queued', ...jobOf(card.state) } as const)
        : failedOrBack(card, 'internal', now);
      changeState(store, id, state, now);
    });
  }

  /** The card, unless it was cancelled or taken over meanwhile: then the answer is kept with its attempt, no more. */
  function standing(id: CardId, attemptId: number): Card | undefined {
    const card = store.card(id);
    return card?.state.kind === 'recognising' && card.state.attemptId === attemptId ? card : undefined;
  }

  function keepAnswer(id: CardId, attemptId: number, engine: EngineName, answer: EngineAnswer) {
    return store.transaction(() => {
      const now = clock.now();
      const outcome = judge(answer, historyOf(store, id, attemptId), tools.random);
      store.endAttempt(attemptId, attemptEnd(answer, outcome, now));
      const card = standing(id, attemptId);
      if (!card) return { outcome, toPerson: false };
      const circumstances = { engine, own: tools.engines.own(), closing: tools.closing(), now };
      const { to, more } = outcomeFor(card, outcome, circumstances);
      changeState(store, id, to, now, more);
      if (outcome.kind === 'finished') tools.read(id);
      return { outcome, toPerson: to.kind !== 'queued' && outcome.kind !== 'cancelled' };
    });
  }

  /** A defect in what follows from an answer must not cost the answer. */
  function keepAnswerAlone(id: CardId, attemptId: number, answer: EngineAnswer) {
    return store.transaction(() => {
      const now = clock.now();
      const outcome = judge(answer, historyOf(store, id, attemptId), tools.random);
      store.endAttempt(attemptId, attemptEnd(answer, outcome, now));
      const card = standing(id, attemptId);
      if (card) changeState(store, id, failedOrBack(card, 'internal', now), now);
      return { outcome, toPerson: true };
    });
  }

  /** Begun and ended in one transaction: a crash leaves no call that looks as if it had been paid. */
  async function takeOver(
    card: Card,
    engine: EngineName,
    question: string,
    { answer, copiedFrom }: Repeat,
  ): Promise<void> {
    const job = jobOf(card.state);
    const taken = store.transaction(() => {
      const attemptId = begun(card, engine, job, { question, copiedFrom });
      return attemptId === undefined
        ? undefined
        : { attemptId, ...keepAnswer(card.id, attemptId, engine, answer) };
    });
    if (!taken) return;
    tools.ended(taken.outcome, undefined, taken.toPerson);
    tools.changed([card.id]);
    if (taken.outcome.kind === 'finished')
      await keepCrops(card.id, taken.attemptId, taken.outcome.recognition, job.opinion === true);
  }

  async function settle(
    id: CardId,
    attemptId: number,
    engine: EngineName,
    answer: EngineAnswer,
    opinion: boolean,
  ): Promise<void> {
    const { outcome, toPerson } = await hold.keep(() => {
      try {
        return keepAnswer(id, attemptId, engine, answer);
      } catch (error) {
        if (troubleOf(error)) throw error;
        tools.defect(error);
        return keepAnswerAlone(id, attemptId, answer);
      }
    });
    hold.worked();
    if ('maybeCharged' in outcome && outcome.maybeCharged) tools.widths.lost(engine);
    tools.ended(outcome, engine, toPerson);
    tools.changed([id]);
    if (outcome.kind === 'finished') await keepCrops(id, attemptId, outcome.recognition, opinion);
  }

  async function keepCrops(
    id: CardId,
    attemptId: number,
    { borderCutImage, cardNoImage }: Recognition,
    opinion: boolean,
  ): Promise<void> {
    const crops: Crops = {};
    try {
      if (borderCutImage) crops.card = await hold.keep(() => pictures.put(borderCutImage));
      if (cardNoImage) crops.number = await hold.keep(() => pictures.put(cardNoImage));
    } finally {
      // What could be kept is shown, whatever became of the rest.
      if (crops.card !== undefined || crops.number !== undefined)
        await hold.keep(() => addCrops(id, attemptId, crops, opinion));
    }
  }

  function addCrops(id: CardId, attemptId: number, crops: Crops, opinion: boolean): void {
    store.transaction(() => {
      store.addCrops(attemptId, crops);
      const card = store.card(id);
      if (card) store.change(id, { pictures: withCrops(card, crops, opinion) }, clock.now());
    });
    tools.changed([id]);
  }

  return {
    async run(card, engine, signal) {
      const job = jobOf(card.state);
      let attemptId: number | undefined;
      let request: RecognitionRequest | undefined;
      try {
        const image = await pictureOf(card, job);
        if (image === undefined || signal.aborted) return;
        request = { image, switches: tools.switches() };
        const question = repeats.question(image, request.switches);
        const repeat = await repeats.find(card, engine, question);
        // The disk may have filled up while the picture was fetched: a call whose answer might not be kept is not begun.
        if (signal.aborted || hold.waiting()) return;
        if (repeat) return await takeOver(card, engine, question, repeat);
        attemptId = begun(card, engine, job, { question });
      } catch (error) {
        // Nothing was begun: the card waits as it did, unless it is a defect.
        if (hold.met(error)) return;
        tools.defect(error);
        await hold.keep(() => fail(card, 'internal'));
      }
      if (request === undefined || attemptId === undefined) return;
      const begunId = attemptId;
      tools.changed([card.id]);
      tools.begun();
      const called = await call(engine, request, signal);
      if (called.kind !== 'threw') return settle(card.id, begunId, engine, called, job.opinion === true);
      await hold.keep(() => giveBack(card.id, begunId, engine, called.error));
      tools.changed([card.id]);
      if (!hold.met(called.error)) tools.defect(called.error);
    },
  };
}
