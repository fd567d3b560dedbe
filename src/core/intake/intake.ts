/**
 * Takes pictures in: first every one gets its place on the list (state arriving), then each is copied into the profile,
 * encrypted, hashed and prepared. Both halves can die at any moment and go on at the next start. A bad picture
 * becomes a failed card that says why and holds up nothing.
 */
import type { BatchId, CardId } from '../../shared/ids';
import type { IntakeProgress } from '../../shared/ipc';
import { maskNumbersIn } from '../../shared/mask';
import { assertNever, type Failure, type Result } from '../../shared/result';
import type { AuditLog } from '../audit/ports';
import type { BatchStore } from '../batches/ports';
import type {
  Card,
  CardChange,
  CardStore,
  Clock,
  PictureNames,
  PictureStore,
  Source,
  Transactions,
} from '../cards/ports';
import type { SettingStore } from '../settings/ports';
import { moveTo, type CardState } from '../cards/card';
import type { Hold } from '../environment/hold';
import { isExhausted, troubleOf } from '../environment/trouble';
import type { Canceller } from '../queue/ports';
import type { CancelSignal } from '../recognition/ports';
import { admit, type BackTools, type NotAdmitted } from './backs';
import { MAX_FILE_BYTES, type IntakeFailure } from './formats';
import { createKeeping } from './keeping';
import { createLeftovers } from './leftovers';
import type { Corners, FileTool, LinkTool } from './ports';
import { pieceName, takeApart } from './several';

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

export interface Material {
  readonly paths?: readonly string[];
  readonly links?: readonly { readonly url: string; readonly name: string }[];
  readonly clipboard?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Files and links as they go on the list: folders among them are not walked. */
  readonly sources?: readonly Exclude<Source, { kind: 'clipboard' }>[];
  /** What was read before does not answer for these pictures: the engine is asked. */
  readonly anew?: boolean;
}

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

/** Pictures worked on at once; decoding is sharp's own threads, so two keep disk and processor busy. */
const AT_ONCE = 2;
const LISTED_AT_ONCE = 200;
const BY_INTAKE = { key: 'takenIn', descending: false } as const;

export function createIntake(tools: IntakeTools): Intake {
  const { store, clock, hold } = tools;
  const busy = new Map<CardId, { readonly batchId: BatchId; readonly canceller: Canceller }>();
  const leftovers = createLeftovers(store, tools.pictures);
  const keeping = createKeeping(tools.pictures);
  const walking = new Set<number>();
  /** Folders that are walked again when the computer can. */
  const interrupted = new Map<number, () => Promise<void>>();
  const cancelled = new Set<BatchId>();
  const tallies = new Map<BatchId, { name: string; found: number; taken: number; failed: number }>();
  let waiters: (() => void)[] = [];

  function tally(batchId: BatchId, name?: string) {
    let found = tallies.get(batchId);
    if (!found) {
      const batch = store.batches().find(({ id }) => id === batchId);
      tallies.set(batchId, (found = { name: name ?? batch?.name ?? '', found: 0, taken: 0, failed: 0 }));
    }
    return found;
  }

  function report(batchId: BatchId): void {
    const { name, ...numbers } = tally(batchId);
    const left = numbers.found - numbers.taken - numbers.failed;
    const finished = left === 0 && ![...walking].some((id) => folderBatch.get(id) === batchId);
    tools.progressed({ batchId, batchName: maskNumbersIn(name), ...numbers, finished });
    if (finished) tallies.delete(batchId);
  }

  const folderBatch = new Map<number, BatchId>();

  function added(batchId: BatchId, ids: readonly CardId[]): void {
    tally(batchId).found += ids.length;
    tools.changed(ids);
    report(batchId);
    pump();
  }

  async function list(batchId: BatchId, sources: readonly Source[]): Promise<void> {
    added(batchId, await hold.keep(() => store.addCards(batchId, sources, clock.now())));
  }

  async function walk(folderId: number, batchId: BatchId, folder: string): Promise<void> {
    walking.add(folderId);
    folderBatch.set(folderId, batchId);
    try {
      let some: Source[] = [];
      for await (const file of tools.files.walk(folder)) {
        if (tools.signal.aborted) return;
        if (cancelled.has(batchId)) break;
        some.push({ kind: 'file', name: file.name, location: file.path });
        if (some.length >= LISTED_AT_ONCE) {
          await list(batchId, some);
          some = [];
        }
      }
      if (some.length > 0) await list(batchId, some);
      await hold.keep(() => store.folderDone(folderId));
    } catch (error) {
      if (tools.signal.aborted) return;
      if (isExhausted(error) && hold.met(error)) {
        interrupted.set(folderId, () => walk(folderId, batchId, folder).catch(orMet));
        return;
      }
      // The folder itself takes a place on the list, where reading it fails and says so.
      tools.defect(error);
      const source = { kind: 'file', name: tools.files.name(folder), location: folder } as const;
      await list(batchId, [source]);
      await hold.keep(() => store.folderDone(folderId));
    } finally {
      walking.delete(folderId);
      if (!tools.signal.aborted) report(batchId);
      pump();
    }
  }

  /** Answers false for a card that was cancelled meanwhile, which stays so. */
  function write(card: Card, state: CardState, change: CardChange): boolean {
    const now = clock.now();
    return store.transaction(() => {
      const current = store.card(card.id);
      if (current?.state.kind !== 'arriving') return false;
      // Bitmaps of the clipboard are stored before anybody looks at them, and never kept as such.
      const { source } = current.pictures;
      if (change.pictures && change.pictures.source !== source) leftovers.note(source);
      store.change(card.id, { ...change, state }, now);
      audit(card.id, state, now);
      return true;
    });
  }

  function audit(id: CardId, state: CardState, now: number): void {
    if (state.kind === 'failed')
      store.addAudit(tools.who(), 'refusedAtIntake', id, { code: state.code }, now);
    else store.addAudit(tools.who(), 'takenIn', id, {}, now);
  }

  /** `more`: cards that were not known of when the picture was put on the list. */
  function took(batchId: BatchId, ids: readonly CardId[], more: number): void {
    const numbers = tally(batchId);
    numbers.found += more;
    for (const { state } of store.cards(ids)) numbers[state.kind === 'failed' ? 'failed' : 'taken']++;
    tools.changed(ids);
    report(batchId);
    tools.arrived();
  }

  /** What fails at intake keeps no picture: nobody has made sure of what it shows. */
  function refuse(card: Card, code: IntakeFailure, known: CardChange = {}): void {
    const done = write(card, { kind: 'failed', code, at: clock.now() }, { ...known, pictures: {} });
    if (done) took(card.batchId, [card.id], 0);
  }

  async function bytesOf(card: Card, signal: CancelSignal): Promise<Result<Uint8Array, IntakeFailure>> {
    switch (card.sourceKind) {
      case 'file':
        return tools.files.read(card.location ?? '', MAX_FILE_BYTES);
      case 'link':
        return tools.links.fetch(card.location ?? '', MAX_FILE_BYTES, signal);
      case 'clipboard':
        return { ok: true, value: await tools.pictures.get(card.pictures.source ?? '') };
      default:
        return assertNever(card.sourceKind);
    }
  }

  async function takeOne(card: Card, signal: CancelSignal): Promise<void> {
    const bytes = await bytesOf(card, signal);
    if (signal.aborted) return;
    if (!bytes.ok) {
      // It would have been read at another moment.
      if (isExhausted(bytes.error.cause)) throw bytes.error.cause;
      return refuse(card, bytes.error.code);
    }
    const sha256 = tools.pictureTool.sha256(bytes.value);
    const known = { sha256, byteLength: bytes.value.length };
    const prepared = await tools.pictureTool.prepare(bytes.value);
    if (signal.aborted) return;
    if (!prepared.ok) return refuse(card, prepared.error.code, known);
    const looked = await tools.looker.look(prepared.value.prepared, signal);
    if (looked?.ok && looked.value.cards.length > 0)
      return takeSeveral(card, bytes.value, known, looked.value.cards, signal);
    const admitted = looked?.ok ? await admit(tools, prepared.value, looked.value, signal) : looked;
    if (!admitted || signal.aborted) return;
    if (!admitted.ok) return notAdmitted(card, admitted.error, known);
    const picture = admitted.value;
    const pictures = await keeping.keep(picture);
    const seen = {
      pictureWidth: picture.width,
      pictureHeight: picture.height,
      intakeNotes: picture.notes,
    };
    const done = await keeping.orDiscard([pictures], () =>
      write(card, { kind: 'queued' }, { ...known, ...seen, pictures }),
    );
    if (done) took(card.batchId, [card.id], 0);
    else await keeping.discard(pictures);
  }

  function notAdmitted(card: Card, { code, cause }: Failure<NotAdmitted>, known: CardChange): void {
    // Nobody could look for want of memory or handles: its time will come.
    if (troubleOf(cause)) throw cause;
    if (code === 'picture.notLookedAt') tools.defect(cause);
    return refuse(card, code, known);
  }

  /** The picture that they lay on is not kept: each has its own, and its own state. All are on the list at once, or none. */
  async function takeSeveral(
    card: Card,
    bytes: Uint8Array,
    known: CardChange,
    cards: readonly Corners[],
    signal: CancelSignal,
  ): Promise<void> {
    const pieces = await takeApart(tools, bytes, cards, signal);
    if (!pieces || signal.aborted) return;
    if (!pieces.ok) return notAdmitted(card, pieces.error, known);
    const kept: PictureNames[] = [];
    await keeping.orDiscard(kept, async () => {
      for (const piece of pieces.value) kept.push(piece.ok ? await keeping.keep(piece.value) : {});
    });
    const names = pieces.value.map((_piece, at) => pieceName(card.name, at, pieces.value.length));
    const split = () => {
      const now = clock.now();
      const current = store.card(card.id);
      if (current?.state.kind !== 'arriving') return [];
      leftovers.note(current.pictures.source);
      return store.splitCard(card.id, names, now).map((id, at) => {
        const piece = pieces.value[at];
        if (!piece) throw new Error('Expected as many cards as pieces');
        const state: CardState = piece.ok
          ? { kind: 'queued' }
          : { kind: 'failed', code: piece.error.code, at: now };
        const seen = piece.ok && {
          pictureWidth: piece.value.width,
          pictureHeight: piece.value.height,
          intakeNotes: piece.value.notes,
        };
        store.change(id, { ...known, ...seen, pictures: kept[at] ?? {}, state }, now);
        audit(id, state, now);
        return id;
      });
    };
    const ids = await keeping.orDiscard(kept, () => store.transaction(split));
    if (ids.length === 0) for (const pictures of kept) await keeping.discard(pictures);
    else took(card.batchId, ids, ids.length - 1);
  }

  function orMet(error: unknown): void {
    if (!hold.met(error)) tools.defect(error);
  }

  function pump(): void {
    const free = AT_ONCE - busy.size;
    if (free > 0 && !tools.signal.aborted && !hold.waiting()) {
      const next = store.cardsIn('arriving', AT_ONCE * 2).filter(({ id }) => !busy.has(id));
      for (const card of next.slice(0, free)) {
        const canceller = tools.newCanceller();
        busy.set(card.id, { batchId: card.batchId, canceller });
        takeOne(card, canceller.signal)
          .catch((error: unknown) => {
            // What a card ran into that was called off, such as a bitmap that is removed, matters no more.
            // And what the computer failed at is no fault of the picture: it arrives when that has passed.
            if (canceller.signal.aborted || hold.met(error)) return;
            tools.defect(error);
            refuse(card, 'file.cannotRead');
          })
          .then(() => leftovers.remove())
          .catch(orMet)
          .finally(() => {
            busy.delete(card.id);
            pump();
          })
          .catch(orMet);
      }
    }
    // Those that wait for the computer are still to come.
    const over = tools.signal.aborted || !hold.waiting();
    if (over && busy.size === 0 && walking.size === 0) {
      const waiting = waiters;
      waiters = [];
      for (const resolve of waiting) resolve();
    }
  }

  tools.signal.addEventListener('abort', () => {
    for (const { canceller } of busy.values()) canceller.cancel();
  });

  /** `kept`: the bitmaps that no card names yet. */
  async function takeAll(batchName: string, material: Material, kept: PictureNames[]): Promise<BatchId> {
    const bitmaps: Source[] = [];
    for (const { name, bytes } of material.clipboard ?? []) {
      const picture = await tools.pictures.put(bytes);
      kept.push({ source: picture });
      bitmaps.push({ kind: 'clipboard', name, picture });
    }
    const kinds = await Promise.all((material.paths ?? []).map((path) => tools.files.kind(path)));
    const sources: Source[] = [...bitmaps, ...(material.sources ?? [])];
    const folders: string[] = [];
    (material.paths ?? []).forEach((path, at) => {
      if (kinds[at] === 'folder') folders.push(path);
      else sources.push({ kind: 'file', name: tools.files.name(path), location: path });
    });
    for (const { url, name } of material.links ?? []) sources.push({ kind: 'link', name, location: url });
    // One transaction: a batch is on the list with all that was given, or not at all.
    const { batchId, walks, ids } = store.transaction(() => {
      const made = store.createBatch(batchName, clock.now(), material.anew);
      return {
        batchId: made,
        walks: folders.map((path) => ({ path, id: store.addFolder(made, path) })),
        ids: store.addCards(made, sources, clock.now()),
      };
    });
    kept.length = 0;
    tally(batchId, batchName);
    for (const { id, path } of walks) walk(id, batchId, path).catch(orMet);
    added(batchId, ids);
    return batchId;
  }

  return {
    async take(batchName, material) {
      const kept: PictureNames[] = [];
      return keeping.orDiscard(kept, () => takeAll(batchName, material, kept));
    },
    retake(ids) {
      const now = clock.now();
      const cards = store.transaction(() =>
        store.cards(ids).filter(({ id, state }) => {
          const moved = moveTo(state, { kind: 'arriving' });
          if (moved.ok) store.change(id, { state: moved.value }, now);
          return moved.ok;
        }),
      );
      for (const { id, batchId } of cards) added(batchId, [id]);
    },
    cancel(batchId) {
      cancelled.add(batchId);
      const now = clock.now();
      const ids = store.ids({ states: ['arriving'], batchId }, BY_INTAKE);
      store.transaction(() => {
        for (const card of store.cards(ids)) {
          leftovers.note(card.pictures.source);
          store.change(
            card.id,
            { state: { kind: 'failed', code: 'intake.cancelled', at: now }, pictures: {} },
            now,
          );
        }
      });
      for (const one of busy.values()) if (one.batchId === batchId) one.canceller.cancel();
      leftovers.remove().catch(orMet);
      tally(batchId).failed += ids.length;
      tools.changed(ids);
      report(batchId);
    },
    resume() {
      for (const { id, batchId, path } of store.foldersToWalk()) walk(id, batchId, path).catch(orMet);
      for (const { id, counts } of store.batches()) {
        if (counts.arriving > 0) tally(id).found += counts.arriving;
      }
      leftovers.remove().catch(orMet);
      pump();
    },
    wake() {
      try {
        if (!hold.waiting()) {
          for (const again of interrupted.values()) void again();
          interrupted.clear();
        }
        pump();
      } catch (error) {
        orMet(error);
      }
    },
    idle() {
      if (busy.size === 0 && walking.size === 0 && store.cardsIn('arriving', 1).length === 0)
        return Promise.resolve();
      return new Promise((resolve) => waiters.push(resolve));
    },
    stopped() {
      if (busy.size === 0 && walking.size === 0) return Promise.resolve();
      return new Promise((resolve) => waiters.push(resolve));
    },
  };
}
