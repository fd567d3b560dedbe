/** The list of what is to be taken in: the batches, and in them the cards in state arriving. It is in the database alone. */
import type { BatchId, CardId } from '../../shared/ids';
import type { BatchStore } from '../batches/ports';
import { moveTo } from '../cards/card';
import type { CardStore, Clock, PictureNames, PictureStore, Source, Transactions } from '../cards/ports';
import type { Hold } from '../environment/hold';
import type { Keeping } from './keeping';
import type { Leftovers } from './leftovers';
import type { FileTool } from './ports';

/** What a person gives at once: it becomes one batch. */
export interface Material {
  readonly paths?: readonly string[];
  readonly links?: readonly { readonly url: string; readonly name: string }[];
  readonly clipboard?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Files and links as they go on the list: folders among them are not walked. */
  readonly sources?: readonly Exclude<Source, { kind: 'clipboard' }>[];
  /** What was read before does not answer for these pictures: the engine is asked. */
  readonly anew?: boolean;
}

/** A folder whose files are not all on the list yet. */
export interface Folder {
  readonly id: number;
  readonly batchId: BatchId;
  readonly path: string;
}

export interface Listed {
  readonly batchId: BatchId;
  readonly folders: readonly Folder[];
  readonly ids: readonly CardId[];
}

export interface List {
  /** Puts a new batch on the list and goes on with it in the same breath. */
  take(batchName: string, material: Material, goOn: (listed: Listed) => void): Promise<BatchId>;
  /** More of a batch was found. */
  add(batchId: BatchId, sources: readonly Source[]): Promise<void>;
  /** Puts cards that failed at intake on the list again. */
  retake(ids: readonly CardId[]): void;
  /** Takes what is left of a batch off the list; answers what that was. */
  callOff(batchId: BatchId): readonly CardId[];
}

export interface ListTools {
  readonly store: CardStore & BatchStore & Transactions;
  readonly pictures: Pick<PictureStore, 'put'>;
  readonly files: Pick<FileTool, 'kind' | 'name'>;
  readonly clock: Clock;
  readonly hold: Pick<Hold, 'keep'>;
  readonly keeping: Keeping;
  readonly leftovers: Leftovers;
  added(batchId: BatchId, ids: readonly CardId[]): void;
}

const BY_INTAKE = { key: 'takenIn', descending: false } as const;

export function createList(tools: ListTools): List {
  const { store, clock, keeping } = tools;

  /** `kept`: the bitmaps that no card names yet. */
  async function sort(material: Material, kept: PictureNames[]) {
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
    return { sources, folders };
  }

  return {
    take(batchName, material, goOn) {
      const kept: PictureNames[] = [];
      return keeping.orDiscard(kept, async () => {
        const { sources, folders } = await sort(material, kept);
        // One transaction: a batch is on the list with all that was given, or not at all.
        const listed = store.transaction((): Listed => {
          const batchId = store.createBatch(batchName, clock.now(), material.anew);
          return {
            batchId,
            folders: folders.map((path) => ({ path, batchId, id: store.addFolder(batchId, path) })),
            ids: store.addCards(batchId, sources, clock.now()),
          };
        });
        kept.length = 0;
        goOn(listed);
        return listed.batchId;
      });
    },
    async add(batchId, sources) {
      tools.added(batchId, await tools.hold.keep(() => store.addCards(batchId, sources, clock.now())));
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
      for (const { id, batchId } of cards) tools.added(batchId, [id]);
    },
    callOff(batchId) {
      const now = clock.now();
      const ids = store.ids({ states: ['arriving'], batchId }, BY_INTAKE);
      store.transaction(() => {
        for (const card of store.cards(ids)) {
          tools.leftovers.note(card.pictures.source);
          store.change(
            card.id,
            { state: { kind: 'failed', code: 'intake.cancelled', at: now }, pictures: {} },
            now,
          );
        }
      });
      return ids;
    },
  };
}
