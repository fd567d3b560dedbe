/**
 * Sends cards to the engines and keeps what they answer. The queue itself is the cards' states in the database; these files
 * hold only what is under way: schedule chooses the calls, attempt makes one, recovery settles what a crash left, and here
 * they are joined. What this computer cannot keep is held until it can, and no further call is begun meanwhile.
 */
import type { CardId } from '../../shared/ids';
import type { QueueStatus } from '../../shared/ipc';
import type { CancelSignal } from '../recognition/ports';
import { createSteady } from '../environment/steady';
import { createWaiters } from '../environment/waiters';
import { createAttempts } from './attempt';
import { createHalt } from './halt';
import { changeState, failedOrBack } from './outcome';
import type { QueueTools } from './ports';
import { createProgress } from './progress';
import { createRecovery } from './recovery';
import { createSchedule } from './schedule';
import { createStanding } from './standing';
import { createUnderWay } from './under-way';
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
  /** Begins nothing more. Lets calls end that have left and are paid for, until it is enough; gives up the others. */
  close(enough?: CancelSignal): Promise<void>;
}

export function createQueue(tools: QueueTools): Queue {
  const { store, clock, hold, engines } = tools;
  const steady = createSteady(clock);
  const waiters = createWaiters();
  const halt = createHalt(store, guarded);
  const widths = createWidths(engines);
  const standing = createStanding(clock, engines.own);
  const recovery = createRecovery({ ...tools, steady });
  const attempts = createAttempts({
    ...tools,
    widths,
    steady,
    closing: () => phase === 'closing',
    begun: tell,
    heard: standing.heard,
    ended(outcome, engine, toPerson) {
      if (engine) standing.follow(outcome, engine);
      if (toPerson) progress.finished();
    },
  });
  const underWay = createUnderWay({
    newCanceller: tools.newCanceller,
    work: (card, engine, signal) => attempts.run(card, engine, signal).catch(broke),
    roomMade: goOn,
  });
  const progress = createProgress({ ...tools, halt, standing, underWay });
  const schedule = createSchedule({ ...tools, steady, standing, widths, underWay, due: pump });
  let phase: 'new' | 'started' | 'closing' = 'new';

  /** What this computer fails at is waited for; anything else is a defect. Neither ends whoever called. */
  function guarded(work: () => void, defect: (error: unknown) => void = tools.defect): void {
    try {
      work();
    } catch (error) {
      if (!hold.met(error)) defect(error);
    }
  }

  function broke(error: unknown): void {
    halt.breakDown();
    tools.defect(error);
  }

  /** What waits for its turn or for a connection can be called off at no cost. */
  function hasLeft(card: CardId): boolean {
    return store.card(card)?.state.kind === 'recognising';
  }

  function tell(): void {
    guarded(() => {
      const now = progress.status();
      tools.statusChanged(now);
      if (underWay.count() > 0) return;
      if (now.kind === 'idle') progress.reset();
      if (now.kind === 'idle' || now.kind === 'stopped' || now.kind === 'paused') waiters.release();
    });
  }

  function pump(): void {
    schedule.callOff();
    if (phase !== 'started') return;
    guarded(() => {
      recovery.once();
      if (!halt.halted() && !hold.waiting()) schedule.fill();
    }, broke);
  }

  function goOn(): void {
    pump();
    tell();
  }

  return {
    start() {
      if (phase === 'new') phase = 'started';
      halt.recall();
      goOn();
    },
    wake: goOn,
    pause() {
      halt.pause();
      guarded(() => underWay.cancel((_engine, card) => !hasLeft(card)));
      tell();
    },
    resume() {
      standing.clear();
      halt.mend();
      // Only what stands in the way is meant: a pause under it stays.
      if (hold.trouble()) hold.retry();
      else halt.goOn();
      goOn();
    },
    cancel() {
      const now = clock.now();
      const ids = store.ids({ states: ['queued', 'recognising'] }, { key: 'takenIn', descending: false });
      store.transaction(() => {
        for (const card of store.cards(ids))
          changeState(store, card.id, failedOrBack(card, 'queue.cancelled', now), now);
      });
      underWay.cancel();
      tools.changed(ids);
      tell();
    },
    status: progress.status,
    settled() {
      const settled = waiters.wait();
      tell();
      return settled;
    },
    async close(enough) {
      phase = 'closing';
      schedule.callOff();
      guarded(() => underWay.cancel((engine, card) => !engines.traits(engine).charges || !hasLeft(card)));
      await underWay.ended(enough);
    },
  };
}
