/**
 * Takes pictures in: first every one gets its place on the list (state arriving), then each is copied into the profile,
 * encrypted, hashed and prepared. Both halves can die at any moment and go on at the next start. A bad picture
 * becomes a failed card that says why and holds up nothing. Here the parts are joined: the list, the folders that are
 * walked, the admission of each picture, and the numbers that people are told.
 */
import type { BatchId, CardId } from '../../shared/ids';
import type { IntakeProgress } from '../../shared/ipc';
import type { AuditLog } from '../audit/ports';
import type { BatchStore } from '../batches/ports';
import type { Card, CardStore, Clock, PictureStore, Transactions } from '../cards/ports';
import type { Hold } from '../environment/hold';
import { createWaiters } from '../environment/waiters';
import type { CancelSignal, Canceller } from '../recognition/ports';
import type { SettingStore } from '../settings/ports';
import { createAdmission } from './admit';
import type { BackTools } from './backs';
import { createEntry } from './entry';
import { createKeeping } from './keeping';
import { createLeftovers } from './leftovers';
import { createList, type Material } from './list';
import type { FileTool, LinkTool } from './ports';
import { createPump } from './pump';
import { createRefusals } from './refusals';
import { createTally } from './tally';
import { createWalks } from './walk';

export interface IntakeTools extends BackTools {
  readonly store: CardStore & BatchStore & SettingStore & AuditLog & Transactions;
  readonly pictures: PictureStore;
  readonly files: FileTool;
  readonly links: LinkTool;
  readonly clock: Clock;
  readonly hold: Hold;
  who(): string;
  /** A signal that fires when the desk closes. */
  readonly signal: CancelSignal;
  newCanceller(): Canceller;
  changed(ids: readonly CardId[]): void;
  progressed(progress: IntakeProgress): void;
  /** The next step may have work. */
  arrived(): void;
  /** A defect, not a bad picture. */
  defect(error: unknown): void;
}

export type { Material } from './list';

export interface Intake {
  /** Resolves when each given path, link and bitmap is on the list (folders are still walked then). */
  take(batchName: string, material: Material): Promise<BatchId>;
  /** Tries again to take in cards that failed for their file's or link's sake. */
  retake(ids: readonly CardId[]): void;
  cancel(batchId: BatchId): void;
  /** Goes on with what an earlier run left. */
  resume(): void;
  /** The computer can keep pictures again, or can no longer. */
  wake(): void;
  /** Resolves when nothing is left to take in. */
  idle(): Promise<void>;
  /** Resolves when nothing is under way any more, after the signal has fired. */
  stopped(): Promise<void>;
}

export function createIntake(tools: IntakeTools): Intake {
  const { store, hold, signal } = tools;
  const waiters = createWaiters();
  const leftovers = createLeftovers(store, tools.pictures);
  const keeping = createKeeping(tools.pictures);
  const tally = createTally({ ...tools, searching: (batchId) => walks.going(batchId) });
  const list = createList({ ...tools, keeping, leftovers, added });
  const walks = createWalks({
    ...tools,
    list,
    ended(batchId) {
      if (!signal.aborted) tally.tell(batchId);
      goOn();
    },
  });
  const entry = createEntry({ ...tools, leftovers });
  const refusals = createRefusals({ ...tools, entry, took });
  const admission = createAdmission({ ...tools, entry, keeping, refusals, took });
  const pump = createPump({
    ...tools,
    slots: tools.looker.slots ?? 1,
    work,
    ended: () => guarded(goOn),
    writeAside: refusals.write,
  });
  signal.addEventListener('abort', () => pump.cancel());

  /** What this computer fails at is waited for; anything else is a defect. */
  function failed(error: unknown): void {
    if (!hold.met(error)) tools.defect(error);
  }

  function guarded(step: () => void): void {
    try {
      step();
    } catch (error) {
      failed(error);
    }
  }

  function tell(batchId: BatchId, ids: readonly CardId[]): void {
    tools.changed(ids);
    tally.tell(batchId);
  }

  function took(batchId: BatchId, ids: readonly CardId[], more: number): void {
    tally.count(batchId, 'found', more);
    for (const { state } of store.cards(ids))
      tally.count(batchId, state.kind === 'failed' ? 'failed' : 'taken', 1);
    tell(batchId, ids);
    tools.arrived();
  }

  function added(batchId: BatchId, ids: readonly CardId[]): void {
    tally.count(batchId, 'found', ids.length);
    tell(batchId, ids);
    goOn();
  }

  const quiet = () => pump.resting() && !walks.going();

  function goOn(): void {
    if (!signal.aborted && !hold.waiting()) pump.fill();
    // Those that wait for the computer are still to come.
    const over = signal.aborted || !hold.waiting();
    if (over && quiet()) waiters.release();
  }

  async function work(card: Card, called: CancelSignal, aside: () => void): Promise<void> {
    try {
      await admission.admit(card, called, aside).catch((error: unknown) => {
        // What a card ran into that was called off, such as a bitmap that is removed, matters no more.
        // And what the computer failed at is no fault of the picture: it arrives when that has passed.
        if (called.aborted || hold.met(error)) return;
        tools.defect(error);
        return admission.refuse(card, 'file.cannotRead');
      });
      await leftovers.remove();
    } catch (error) {
      failed(error);
    }
  }

  return {
    take: (batchName, material) =>
      list.take(batchName, material, ({ batchId, folders, ids }) => {
        tally.begin(batchId, batchName);
        for (const folder of folders) walks.begin(folder);
        added(batchId, ids);
      }),
    retake: list.retake,
    cancel(batchId) {
      walks.callOff(batchId);
      const ids = list.callOff(batchId);
      pump.cancel(batchId);
      leftovers.remove().catch(failed);
      tally.count(batchId, 'failed', ids.length);
      tell(batchId, ids);
    },
    resume() {
      for (const folder of store.foldersToWalk()) walks.begin(folder);
      for (const { id, counts } of store.batches())
        if (counts.arriving > 0) tally.count(id, 'found', counts.arriving);
      leftovers.remove().catch(failed);
      goOn();
    },
    wake: () =>
      guarded(() => {
        if (!hold.waiting()) walks.again();
        goOn();
      }),
    idle: () => (quiet() && store.cardsIn('arriving', 1).length === 0 ? Promise.resolve() : waiters.wait()),
    stopped: () => (quiet() ? Promise.resolve() : waiters.wait()),
  };
}
