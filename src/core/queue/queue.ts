/**
 * Sends cards to the engines and keeps what they answer. The queue itself is the cards' states in the database; this file
 * holds only what is under way. An attempt is written before the call and ended after it, so that a call whose answer
 * was lost by a crash is known as such and not silently repeated.
 */
import type { CardId } from '../../shared/ids';
import type { QueueStatus } from '../../shared/ipc';
import type { EngineName, Switches } from '../../shared/recognition';
import { assertNever } from '../../shared/result';
import type { Asked, Card, CardChange, CardStore, Clock, PictureStore } from '../cards/ports';
import { moveTo, type CardState, type Errand } from '../cards/card';
import { judge, type JobOutcome } from '../recognition/judge';
import type { CancelSignal, EngineAnswer, RecognitionEngine } from '../recognition/ports';
import { addOpinion, attemptEnd, readInto, type Crops } from './answers';
import { createPace } from './pace';
import { askedByPerson, createRepeats, pictureOf } from './repeats';
import { createWidth } from './width';

export interface Canceller {
  readonly signal: CancelSignal;
  cancel(): void;
}

export interface QueueTools {
  readonly store: CardStore;
  readonly pictures: PictureStore;
  sha256(bytes: Uint8Array): string;
  readonly clock: Clock;
  /** 0 up to, not including, 1. */
  random(): number;
  readonly engines: Readonly<Record<EngineName, RecognitionEngine>>;
  /** The engine for cards that no person asked another one for. */
  engine(): EngineName;
  switches(): Switches;
  /** Calls under way at once. */
  slots(engine: EngineName): number;
  newCanceller(): Canceller;
  /** A card was read and waits for a person: what follows by itself, in the same transaction. */
  read(id: CardId): void;
  changed(ids: readonly CardId[]): void;
  statusChanged(status: QueueStatus): void;
  defect(error: unknown): void;
}

export interface Queue {
  /** Settles what a crash left and starts. */
  start(): void;
  /** There may be new work. */
  wake(): void;
  pause(): void;
  /** Also after `stopped` and `offline`: try again now. */
  resume(): void;
  /** Waiting and running cards become failed (`queue.cancelled`). An answer that was paid for is still kept. */
  cancel(): void;
  status(): QueueStatus;
  /** Resolves when nothing waits and nothing is under way, or when the queue stopped and a person must act. */
  settled(): Promise<void>;
  /** Lets paid calls end (they have their own time-out), gives up local ones. */
  close(): Promise<void>;
}

type Mode =
  | { readonly kind: 'running' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'stopped'; readonly code: string }
  | { readonly kind: 'offline'; readonly code: string; readonly retryAt: number };

const PAUSED_SETTING = 'queue.paused';
/** Looked at in one go; more than all slots of both engines. */
const LOOK_AHEAD = 64;
/** Waiting time before the network is tried again: doubles from the first to the last. */
const FIRST_PROBE_MS = 2_000;
const LAST_PROBE_MS = 30_000;
/** A card may lose this many answers that the cloud possibly charged for; then a person decides. */
const LOST_AT_MOST = 1;

export function createQueue(tools: QueueTools): Queue {
  const { store, clock } = tools;
  const underWay = new Map<
    CardId,
    { engine: EngineName; picture: string; canceller: Canceller; job: Promise<void> }
  >();
  const repeats = createRepeats(tools);
  const pace = createPace(clock);
  const width = createWidth(() => tools.slots('tencent'));
  let mode: Mode = { kind: 'running' };
  let closing = false;
  let probes = 0;
  let done = 0;
  let callOff: (() => void) | undefined;
  let waiters: (() => void)[] = [];

  function remaining(): number {
    const counts = store.counts();
    return counts.arriving + counts.queued + counts.recognising;
  }

  function status(): QueueStatus {
    const left = remaining();
    const perMinute = pace.perMinute();
    const kind = mode.kind === 'running' ? (left > 0 ? 'running' : 'idle') : mode.kind;
    return {
      kind,
      code: 'code' in mode ? mode.code : undefined,
      retryAt: 'retryAt' in mode ? mode.retryAt : undefined,
      engine: tools.engine(),
      done,
      total: done + left,
      recognising: underWay.size,
      cardsPerMinute: perMinute,
      secondsLeft:
        perMinute && left > 0 && kind === 'running' ? Math.ceil((left / perMinute) * 60) : undefined,
    };
  }

  function tell(): void {
    const now = status();
    tools.statusChanged(now);
    if (now.kind === 'idle' && underWay.size === 0) {
      done = 0;
      pace.reset();
    }
    const over = now.kind === 'idle' || now.kind === 'stopped' || now.kind === 'paused';
    if (over && underWay.size === 0) {
      const waiting = waiters;
      waiters = [];
      for (const resolve of waiting) resolve();
    }
  }

  function change(id: CardId, to: CardState, more: CardChange = {}): boolean {
    const card = store.card(id);
    const moved = card && moveTo(card.state, to);
    if (!moved?.ok) return false;
    store.change(id, { ...more, state: moved.value }, clock.now());
    return true;
  }

  // --- choosing --------------------------------------------------------------------------------------------------------

  function pump(): void {
    callOff?.();
    callOff = undefined;
    if (closing || mode.kind === 'paused' || mode.kind === 'stopped') return;
    const now = clock.now();
    for (const card of store.cardsIn('queued', LOOK_AHEAD, now)) {
      if (underWay.has(card.id)) continue;
      const engine = wanted(card);
      if (!askedByPerson(card) && asked(card, engine)) continue;
      if (engine === 'tencent' && mode.kind === 'offline') {
        // One card at a time finds out whether the network is back.
        if (now < mode.retryAt || running('tencent') > 0) continue;
      }
      if (running(engine) < slots(engine)) begin(card, engine);
    }
    scheduleNext(now);
  }

  function scheduleNext(now: number): void {
    const wakes = [store.nextWake(now), mode.kind === 'offline' ? mode.retryAt : undefined];
    const next = Math.min(...wakes.filter((at) => at !== undefined && at > now).map(Number));
    if (Number.isFinite(next)) callOff = clock.after(Math.min(next - now, 60_000), pump);
  }

  function wanted(card: Card): EngineName {
    return errandOf(card.state).engine ?? tools.engine();
  }

  function slots(engine: EngineName): number {
    return engine === 'tencent' ? width.now() : tools.slots(engine);
  }

  function running(engine: EngineName): number {
    return [...underWay.values()].filter((job) => job.engine === engine).length;
  }

  /** The same picture is at this engine: its answer will do for this card too. */
  function asked(card: Card, engine: EngineName): boolean {
    const picture = pictureOf(card);
    return [...underWay.values()].some((job) => job.engine === engine && job.picture === picture);
  }

  // --- one attempt -------------------------------------------------------------------------------------------------------

  function begin(card: Card, engine: EngineName): void {
    const canceller = tools.newCanceller();
    const job = attempt(card, engine, canceller)
      .catch((error: unknown) => {
        tools.defect(error);
        change(card.id, { kind: 'failed', code: 'internal', at: clock.now() });
        tools.changed([card.id]);
      })
      .finally(() => {
        underWay.delete(card.id);
        pump();
        tell();
      });
    underWay.set(card.id, { engine, picture: pictureOf(card), canceller, job });
  }

  async function attempt(card: Card, engine: EngineName, canceller: Canceller): Promise<void> {
    const errand = errandOf(card.state);
    const image = await tools.pictures.get(errand.picture ?? card.pictures.original ?? '');
    if (canceller.signal.aborted) return;
    const switches = tools.switches();
    const question = repeats.question(image, switches);
    const repeat = await repeats.find(card, engine, question);
    if (canceller.signal.aborted) return;
    if (repeat) {
      const { answer, copiedFrom } = repeat;
      const outcome = judge(answer, historyOf(card.id), tools.random);
      const crops = await cropsOf(outcome);
      // Begun and ended at once: a crash leaves no call that looks as if it had been paid.
      store.transaction(() => {
        const id = open(card, engine, { question, copiedFrom });
        if (id !== undefined) end(card.id, id, engine, answer, outcome, crops);
      });
      tools.changed([card.id]);
      return;
    }
    const attemptId = store.transaction(() => open(card, engine, { question }));
    if (attemptId === undefined) return;
    tools.changed([card.id]);
    tell();
    const started = clock.monotonic();
    const answer = await tools.engines[engine].recognise({ image, switches }, canceller.signal);
    if (engine === 'tencent' && answer.kind === 'answer') width.answered(clock.monotonic() - started);
    const outcome = judge(answer, historyOf(card.id, attemptId), tools.random);
    const crops = await cropsOf(outcome);
    store.transaction(() => end(card.id, attemptId, engine, answer, outcome, crops));
    follow(outcome, engine);
    tools.changed([card.id]);
  }

  /** Within a transaction. Undefined when the card is not waiting any more. */
  function open(card: Card, engine: EngineName, asked: Asked): number | undefined {
    const errand = errandOf(card.state);
    const id = store.beginAttempt(card.id, engine, clock.now(), { picture: errand.picture, ...asked });
    if (change(card.id, { kind: 'recognising', attemptId: id, ...errand })) return id;
    store.endAttempt(id, { finishedAt: clock.now(), outcome: 'cancelled', maybeCharged: false });
    return undefined;
  }

  /** Within a transaction. */
  function end(
    id: CardId,
    attemptId: number,
    engine: EngineName,
    answer: EngineAnswer,
    outcome: JobOutcome,
    crops: Crops,
  ): void {
    store.endAttempt(attemptId, attemptEnd(answer, outcome, crops, clock.now()));
    const card = store.card(id);
    // Cancelled or taken over meanwhile: the answer is kept with its attempt, the card stays as it is.
    if (card?.state.kind !== 'recognising' || card.state.attemptId !== attemptId) return;
    apply(card, errandOf(card.state), engine, outcome, crops);
  }

  function historyOf(id: CardId, attemptId?: number) {
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

  function apply(card: Card, errand: Errand, engine: EngineName, outcome: JobOutcome, crops: Crops): void {
    const now = clock.now();
    const back = (code: string): CardState =>
      card.fields.cardNumber === undefined ? { kind: 'failed', code, at: now } : { kind: 'pending' };
    switch (outcome.kind) {
      case 'finished':
        change(
          card.id,
          { kind: 'pending' },
          errand.opinion
            ? addOpinion(card, outcome.recognition, crops)
            : readInto(card, engine, outcome.recognition, crops),
        );
        tools.read(card.id);
        done++;
        pace.mark();
        return;
      case 'retry':
      case 'throttled':
        change(card.id, { kind: 'queued', notBefore: now + outcome.delayMs, ...errand });
        return;
      case 'cancelled':
        change(card.id, closing ? { kind: 'queued', ...errand } : back('queue.cancelled'));
        return;
      case 'unknown':
        change(card.id, back('client.answerLost'));
        done++;
        return;
      case 'failed':
        if (outcome.stopsQueue) change(card.id, { kind: 'queued', ...errand });
        else {
          change(card.id, back(outcome.code));
          done++;
          pace.mark();
        }
        return;
      case 'unreachable':
        change(card.id, { kind: 'queued', ...errand });
        return;
      default:
        assertNever(outcome);
    }
  }

  function follow(outcome: JobOutcome, engine: EngineName): void {
    if ('maybeCharged' in outcome && outcome.maybeCharged) width.lost();
    if (mode.kind === 'paused' || mode.kind === 'stopped') return;
    if (outcome.kind === 'failed' && outcome.stopsQueue) mode = { kind: 'stopped', code: outcome.code };
    else if (outcome.kind === 'unreachable') {
      const delay = Math.min(FIRST_PROBE_MS * 2 ** probes, LAST_PROBE_MS);
      // Calls that were under way together fail together: they count as one.
      if (mode.kind !== 'offline' || clock.now() >= mode.retryAt) probes++;
      mode = { kind: 'offline', code: outcome.code, retryAt: clock.now() + delay };
    } else if (engine === 'tencent' && mode.kind === 'offline' && outcome.kind !== 'cancelled') {
      mode = { kind: 'running' };
      probes = 0;
    }
  }

  async function cropsOf(outcome: JobOutcome): Promise<Crops> {
    if (outcome.kind !== 'finished') return {};
    const { recognition } = outcome;
    const [card, number] = await Promise.all(
      [recognition.borderCutImage, recognition.cardNoImage].map(
        (bytes) => bytes && tools.pictures.put(bytes),
      ),
    );
    return { card, number };
  }

  // --- after a crash -----------------------------------------------------------------------------------------------------

  function recover(): void {
    const ids: CardId[] = [];
    store.transaction(() => {
      const now = clock.now();
      for (const attempt of store.unfinishedAttempts()) {
        const paid = attempt.engine === 'tencent';
        store.endAttempt(attempt.id, {
          finishedAt: now,
          outcome: paid ? 'unknown' : 'cancelled',
          errorCode: paid ? 'client.answerLost' : undefined,
          maybeCharged: paid,
        });
        const card = store.card(attempt.cardId);
        if (card?.state.kind !== 'recognising') continue;
        const lost = store.attempts(card.id).filter(({ maybeCharged }) => maybeCharged).length;
        if (lost > LOST_AT_MOST) change(card.id, { kind: 'failed', code: 'client.answerLost', at: now });
        else change(card.id, { kind: 'queued', ...errandOf(card.state) });
        ids.push(card.id);
      }
    });
    tools.changed(ids);
  }

  return {
    start() {
      recover();
      if (store.setting(PAUSED_SETTING) === 'yes') mode = { kind: 'paused' };
      pump();
      tell();
    },
    wake() {
      pump();
      tell();
    },
    pause() {
      mode = { kind: 'paused' };
      store.setSetting(PAUSED_SETTING, 'yes');
      tell();
    },
    resume() {
      mode = { kind: 'running' };
      probes = 0;
      store.setSetting(PAUSED_SETTING, 'no');
      pump();
      tell();
    },
    cancel() {
      const now = clock.now();
      const ids = store.ids({ states: ['queued', 'recognising'] }, { key: 'takenIn', descending: false });
      store.transaction(() => {
        for (const card of store.cards(ids)) {
          const hasNumber = card.fields.cardNumber !== undefined;
          // A card that has its values already is one to review, whatever else was still asked for.
          const to: CardState = hasNumber
            ? { kind: 'pending' }
            : { kind: 'failed', code: 'queue.cancelled', at: now };
          change(card.id, to);
        }
      });
      for (const { canceller } of underWay.values()) canceller.cancel();
      tools.changed(ids);
      tell();
    },
    status,
    settled() {
      return new Promise((resolve) => {
        waiters.push(resolve);
        tell();
      });
    },
    async close() {
      closing = true;
      callOff?.();
      for (const { engine, canceller } of underWay.values()) {
        if (engine === 'local') canceller.cancel();
      }
      await Promise.all([...underWay.values()].map(({ job }) => job));
    },
  };
}

function errandOf(state: CardState): Errand {
  if (state.kind !== 'queued' && state.kind !== 'recognising') return {};
  return { engine: state.engine, opinion: state.opinion, picture: state.picture };
}
