/**
 * Takes pictures in: first every one gets its place on the list (state arriving), then each is copied into the profile,
 * encrypted, hashed and prepared. Both halves can die at any moment and go on at the next start. A bad picture
 * becomes a failed card that says why and holds up nothing.
 */
import type { BatchId, CardId } from '../../shared/ids';
import type { IntakeProgress } from '../../shared/ipc';
import { assertNever, type Result } from '../../shared/result';
import type { Card, CardStore, Clock, PictureStore, Source } from '../cards/ports';
import type { CardState } from '../cards/card';
import type { CancelSignal } from '../recognition/ports';
import { MAX_FILE_BYTES, type IntakeFailure } from './formats';
import type { FileTool, LinkTool, PictureTool } from './ports';

export interface IntakeTools {
  readonly store: CardStore;
  readonly pictures: PictureStore;
  readonly pictureTool: PictureTool;
  readonly files: FileTool;
  readonly links: LinkTool;
  readonly clock: Clock;
  who(): string;
  /** A signal that fires when the desk closes. */
  readonly signal: CancelSignal;
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
}

export interface Intake {
  /** Resolves when each given path, link and bitmap is on the list (folders are still walked then). */
  take(batchName: string, material: Material): Promise<BatchId>;
  cancel(batchId: BatchId): void;
  /** Goes on with what an earlier run left. */
  resume(): void;
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
  const { store, clock } = tools;
  const busy = new Set<CardId>();
  const walking = new Set<number>();
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
    tools.progressed({ batchId, batchName: name, ...numbers, finished });
    if (finished) tallies.delete(batchId);
  }

  const folderBatch = new Map<number, BatchId>();

  function added(batchId: BatchId, ids: readonly CardId[]): void {
    tally(batchId).found += ids.length;
    tools.changed(ids);
    report(batchId);
    pump();
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
          added(batchId, store.addCards(batchId, some, clock.now()));
          some = [];
        }
      }
      if (some.length > 0) added(batchId, store.addCards(batchId, some, clock.now()));
      store.folderDone(folderId);
    } catch (error) {
      // The folder itself takes a place on the list, where reading it fails and says so.
      tools.defect(error);
      const source = { kind: 'file', name: tools.files.name(folder), location: folder } as const;
      added(batchId, store.addCards(batchId, [source], clock.now()));
      store.folderDone(folderId);
    } finally {
      walking.delete(folderId);
      if (!tools.signal.aborted) report(batchId);
      pump();
    }
  }

  function finish(card: Card, state: CardState, change: Parameters<CardStore['change']>[1]): void {
    const now = clock.now();
    const done = store.transaction(() => {
      const current = store.card(card.id);
      // A card that was cancelled meanwhile stays so.
      if (current?.state.kind !== 'arriving') return false;
      store.change(card.id, { ...change, state }, now);
      if (state.kind === 'failed')
        store.addAudit(tools.who(), 'refusedAtIntake', card.id, { code: state.code }, now);
      else store.addAudit(tools.who(), 'takenIn', card.id, {}, now);
      return true;
    });
    if (!done) return;
    const numbers = tally(card.batchId);
    numbers[state.kind === 'failed' ? 'failed' : 'taken']++;
    tools.changed([card.id]);
    report(card.batchId);
    tools.arrived();
  }

  async function bytesOf(card: Card): Promise<Result<Uint8Array, IntakeFailure>> {
    switch (card.sourceKind) {
      case 'file':
        return tools.files.read(card.location ?? '', MAX_FILE_BYTES);
      case 'link':
        return tools.links.fetch(card.location ?? '', MAX_FILE_BYTES, tools.signal);
      case 'clipboard':
        return { ok: true, value: await tools.pictures.get(card.pictures.source ?? '') };
      default:
        return assertNever(card.sourceKind);
    }
  }

  async function takeOne(card: Card): Promise<void> {
    const failed = (code: IntakeFailure): CardState => ({ kind: 'failed', code, at: clock.now() });
    const bytes = await bytesOf(card);
    if (tools.signal.aborted) return;
    if (!bytes.ok) return finish(card, failed(bytes.error.code), {});
    const sha256 = tools.pictureTool.sha256(bytes.value);
    const known = { sha256, byteLength: bytes.value.length };
    const prepared = await tools.pictureTool.prepare(bytes.value);
    if (tools.signal.aborted) return;
    if (!prepared.ok) return finish(card, failed(prepared.error.code), known);
    const { value } = prepared;
    const source = card.pictures.source ?? (await tools.pictures.put(bytes.value));
    const original = value.prepared === bytes.value ? source : await tools.pictures.put(value.prepared);
    const thumb = await tools.pictures.put(value.thumb);
    finish(
      card,
      { kind: 'queued' },
      {
        ...known,
        pictureWidth: value.width,
        pictureHeight: value.height,
        intakeNotes: value.notes,
        pictures: { source, original, thumb },
      },
    );
  }

  function pump(): void {
    const free = AT_ONCE - busy.size;
    if (free > 0 && !tools.signal.aborted) {
      const next = store.cardsIn('arriving', AT_ONCE * 2).filter(({ id }) => !busy.has(id));
      for (const card of next.slice(0, free)) {
        busy.add(card.id);
        takeOne(card)
          .catch((error: unknown) => {
            tools.defect(error);
            finish(card, { kind: 'failed', code: 'file.cannotRead', at: clock.now() }, {});
          })
          .finally(() => {
            busy.delete(card.id);
            pump();
          })
          .catch(tools.defect);
      }
    }
    if (busy.size === 0 && walking.size === 0) {
      const waiting = waiters;
      waiters = [];
      for (const resolve of waiting) resolve();
    }
  }

  return {
    async take(batchName, material) {
      const bitmaps = await Promise.all(
        (material.clipboard ?? []).map(async ({ name, bytes }) => ({
          kind: 'clipboard' as const,
          name,
          picture: await tools.pictures.put(bytes),
        })),
      );
      const kinds = await Promise.all((material.paths ?? []).map((path) => tools.files.kind(path)));
      const sources: Source[] = [...bitmaps];
      const folders: string[] = [];
      (material.paths ?? []).forEach((path, at) => {
        if (kinds[at] === 'folder') folders.push(path);
        else sources.push({ kind: 'file', name: tools.files.name(path), location: path });
      });
      for (const { url, name } of material.links ?? []) sources.push({ kind: 'link', name, location: url });
      // One transaction: a batch is on the list with all that was given, or not at all.
      const { batchId, walks, ids } = store.transaction(() => {
        const made = store.createBatch(batchName, clock.now());
        return {
          batchId: made,
          walks: folders.map((path) => ({ path, id: store.addFolder(made, path) })),
          ids: store.addCards(made, sources, clock.now()),
        };
      });
      tally(batchId, batchName);
      for (const { id, path } of walks) walk(id, batchId, path).catch(tools.defect);
      added(batchId, ids);
      return batchId;
    },
    cancel(batchId) {
      cancelled.add(batchId);
      const now = clock.now();
      const ids = store.ids({ states: ['arriving'], batchId }, BY_INTAKE);
      store.transaction(() => {
        for (const id of ids)
          store.change(id, { state: { kind: 'failed', code: 'intake.cancelled', at: now } }, now);
      });
      tally(batchId).failed += ids.length;
      tools.changed(ids);
      report(batchId);
    },
    resume() {
      for (const { id, batchId, path } of store.foldersToWalk()) walk(id, batchId, path).catch(tools.defect);
      for (const { id, counts } of store.batches()) {
        if (counts.arriving > 0) tally(id).found += counts.arriving;
      }
      pump();
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
