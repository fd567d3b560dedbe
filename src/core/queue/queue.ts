/**
 * Sends cards to the engines and keeps what they answer. The queue itself is the cards' states in the database; this file
 * holds only what is under way. An attempt is written before the call and ended after it, so that a call whose answer
 * was lost by a crash is known as such and not silently repeated. What this computer cannot keep is held until it can, and
 * no further call is begun meanwhile.
 */
import type { CardId } from '../../shared/ids';
import type { QueueStatus } from '../../shared/ipc';
import { ENGINES, type EngineName } from '../../shared/recognition';
import type { Card } from '../cards/ports';
import { megabytesNeeded } from '../environment/room';
import { createAttempts } from './attempt';
import { changeState, failedOrBack } from './outcome';
import { createPace } from './pace';
import type { Canceller } from '../recognition/ports';
import type { QueueTools } from './ports';
import { recover } from './recovery';
import { askedByPerson, samePicture } from './repeats';
import { createStanding } from './standing';
import { createWidths } from './width';

export interface Queue {
  /** Settles what a crash left and starts. */
  start(): void;
  /** There may be new work. */
  wake(): void;
  pause(): void;
  /** Also after `stopped`, `offline` and `blocked`: try again now. */
  resume(): void;
  /** Waiting and running cards become failed (`queue.cancelled`). An answer that was paid for is still kept. */
  cancel(): void;
  status(): QueueStatus;
  /** Resolves when nothing waits and nothing is under way, or when the queue stopped and a person must act. */
  settled(): Promise<void>;
  /** Lets calls end that are paid for (they have their own time-out), gives up the others. */
  close(): Promise<void>;
}

const PAUSED_SETTING = 'queue.paused';
const LOOK_AT_LEAST_EVERY_MS = 60_000;

export function createQueue(tools: QueueTools): Queue {
  const { store, clock, hold } = tools;
  const underWay = new Map<
    CardId,
    { engine: EngineName; picture: string; canceller: Canceller; job: Promise<void> }
  >();
  const pace = createPace(clock);
  const widths = createWidths(tools.engines);
  const standing = createStanding(clock, tools.engines.own);
  let started = false;
  let recovered = false;
  let paused = false;
  /** A defect keeps cards from being worked on at all; going on would only repeat it. */
  let broken = false;
  let closing = false;
  let done = 0;
  let callOff: (() => void) | undefined;
  let waiters: (() => void)[] = [];

  const attempts = createAttempts({
    ...tools,
    widths,
    closing: () => closing,
    begun: tell,
    ended(outcome, engine, toPerson) {
      if (engine) standing.follow(outcome, engine);
      if (!toPerson) return;
      done++;
      pace.mark();
    },
  });

  /** What this computer fails at is waited for; anything else is a defect. Neither ends whoever called. */
  function guarded(work: () => void, defect: (error: unknown) => void = tools.defect): void {
    try {
      work();
    } catch (error) {
      if (!hold.met(error)) defect(error);
    }
  }

  function broke(error: unknown): void {
    broken = true;
    tools.defect(error);
  }

  // --- telling ---------------------------------------------------------------------------------------------------------

  /** Why nothing goes on, and the first reason only. */
  function standstill(left: number): Pick<QueueStatus, 'kind' | 'code' | 'retryAt'> | undefined {
    const trouble = hold.trouble();
    if (trouble) return { kind: 'blocked', ...trouble };
    if (paused) return { kind: 'paused' };
    if (broken) return { kind: 'stopped', code: 'internal' };
    const own = standing.of(tools.engines.own());
    if (own || left === 0 || underWay.size > 0) return own;
    // Nothing is left but cards that were sent to another engine by name.
    return ENGINES.map((engine) => standing.of(engine)).find((one) => one !== undefined);
  }

  function status(): QueueStatus {
    const counts = store.counts();
    const left = counts.arriving + counts.queued + counts.recognising;
    const perMinute = pace.perMinute();
    const { kind, code, retryAt } = standstill(left) ?? { kind: left > 0 ? 'running' : 'idle' };
    return {
      kind,
      code,
      retryAt,
      room: code?.startsWith('disk.')
        ? { folder: tools.folder, megabytes: code === 'disk.full' ? megabytesNeeded(counts) : undefined }
        : undefined,
      engine: tools.engines.own(),
      done,
      total: done + left,
      recognising: underWay.size,
      cardsPerMinute: perMinute,
      secondsLeft:
        perMinute && left > 0 && kind === 'running' ? Math.ceil((left / perMinute) * 60) : undefined,
    };
  }

  function tell(): void {
    guarded(() => {
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
    });
  }

  // --- choosing --------------------------------------------------------------------------------------------------------

  function pump(): void {
    callOff?.();
    callOff = undefined;
    if (!started || closing) return;
    guarded(() => {
      if (!recovered) {
        const ids = recover(tools);
        recovered = true;
        tools.changed(ids);
      }
      if (paused || broken || hold.waiting()) return;
      const now = clock.now();
      for (const engine of ENGINES) fill(engine, now);
      scheduleNext(now);
    }, broke);
  }

  function fill(engine: EngineName, now: number): void {
    const running = [...underWay.values()].filter((job) => job.engine === engine).length;
    const calls = standing.calls(engine, widths.now(engine) - running, running);
    if (calls <= 0) return;
    // Those under way may still be queued, while their pictures are fetched.
    const limit = calls + underWay.size;
    const byName = store.queuedFor(engine, limit, now);
    const others = engine === tools.engines.own() ? store.queuedFor(undefined, limit, now) : [];
    const free = [...byName, ...others].filter(({ id }) => !underWay.has(id)).sort(byTurn);
    let left = calls;
    for (const card of free) {
      if (left === 0) return;
      if (!askedByPerson(card) && asked(card, engine)) continue;
      begin(card, engine);
      left--;
    }
  }

  /** The same picture is at this engine: its answer will do for this card too. */
  function asked(card: Card, engine: EngineName): boolean {
    const picture = samePicture(card);
    return [...underWay.values()].some((job) => job.engine === engine && job.picture === picture);
  }

  function scheduleNext(now: number): void {
    const wakes = [store.nextWake(now), standing.retryAt()];
    const next = Math.min(...wakes.filter((at) => at !== undefined && at > now).map(Number));
    if (Number.isFinite(next)) callOff = clock.after(Math.min(next - now, LOOK_AT_LEAST_EVERY_MS), pump);
  }

  function begin(card: Card, engine: EngineName): void {
    const canceller = tools.newCanceller();
    const job = attempts
      .run(card, engine, canceller.signal)
      .catch(broke)
      .finally(() => {
        underWay.delete(card.id);
        pump();
        tell();
      });
    underWay.set(card.id, { engine, picture: samePicture(card), canceller, job });
  }

  return {
    start() {
      started = true;
      guarded(() => (paused = store.setting(PAUSED_SETTING) === 'yes'));
      pump();
      tell();
    },
    wake() {
      pump();
      tell();
    },
    pause() {
      paused = true;
      guarded(() => store.setSetting(PAUSED_SETTING, 'yes'));
      tell();
    },
    resume() {
      standing.clear();
      broken = false;
      // Only what stands in the way is meant: a pause under it stays.
      if (hold.trouble()) hold.retry();
      else {
        paused = false;
        guarded(() => store.setSetting(PAUSED_SETTING, 'no'));
      }
      pump();
      tell();
    },
    cancel() {
      const now = clock.now();
      const ids = store.ids({ states: ['queued', 'recognising'] }, { key: 'takenIn', descending: false });
      store.transaction(() => {
        for (const card of store.cards(ids))
          changeState(store, card.id, failedOrBack(card, 'queue.cancelled', now), now);
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
        if (!tools.engines.traits(engine).charges) canceller.cancel();
      }
      await Promise.all([...underWay.values()].map(({ job }) => job));
    },
  };
}

/** As the store orders them. */
function byTurn(one: Card, other: Card): number {
  return turnOf(one) - turnOf(other) || one.id - other.id;
}

function turnOf({ state }: Card): number {
  return state.kind === 'queued' ? (state.notBefore ?? 0) : 0;
}
