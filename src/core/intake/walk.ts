/** Folders, whose files go on the list while they are found. */
import type { BatchId } from '../../shared/ids';
import type { BatchStore } from '../batches/ports';
import type { Source } from '../cards/ports';
import type { Hold } from '../environment/hold';
import { isExhausted } from '../environment/trouble';
import type { CancelSignal } from '../recognition/ports';
import type { Folder, List } from './list';
import type { FileTool } from './ports';

export interface Walks {
  begin(folder: Folder): void;
  /** Whether any folder is walked, or one of this batch. */
  going(batchId?: BatchId): boolean;
  /** No more of a batch is put on the list. */
  callOff(batchId: BatchId): void;
  /** Walks again those that the computer failed at. */
  again(): void;
}

export interface WalkTools {
  readonly store: Pick<BatchStore, 'folderDone'>;
  readonly files: Pick<FileTool, 'walk' | 'name'>;
  readonly hold: Hold;
  readonly signal: CancelSignal;
  readonly list: Pick<List, 'add'>;
  ended(batchId: BatchId): void;
  defect(error: unknown): void;
}

const LISTED_AT_ONCE = 200;

export function createWalks(tools: WalkTools): Walks {
  const { store, files, hold, signal, list } = tools;
  const walking = new Map<Folder['id'], BatchId>();
  /** By the computer: not by whoever called the batch off. */
  const interrupted = new Map<Folder['id'], Folder>();
  const calledOff = new Set<BatchId>();

  async function listFiles({ batchId, path }: Folder): Promise<void> {
    let some: Source[] = [];
    for await (const file of files.walk(path)) {
      if (signal.aborted) return;
      if (calledOff.has(batchId)) break;
      some.push({ kind: 'file', name: file.name, location: file.path });
      if (some.length >= LISTED_AT_ONCE) {
        await list.add(batchId, some);
        some = [];
      }
    }
    if (some.length > 0) await list.add(batchId, some);
  }

  /** The folder itself takes a place on the list, where reading it fails and says so. */
  async function listItself({ id, batchId, path }: Folder): Promise<void> {
    await list.add(batchId, [{ kind: 'file', name: files.name(path), location: path }]);
    await hold.keep(() => store.folderDone(id));
  }

  async function walk(folder: Folder): Promise<void> {
    walking.set(folder.id, folder.batchId);
    try {
      await listFiles(folder);
      if (signal.aborted) return;
      await hold.keep(() => store.folderDone(folder.id));
    } catch (error) {
      if (signal.aborted) return;
      if (isExhausted(error) && hold.met(error)) {
        interrupted.set(folder.id, folder);
        return;
      }
      tools.defect(error);
      await listItself(folder);
    } finally {
      walking.delete(folder.id);
      tools.ended(folder.batchId);
    }
  }

  function begin(folder: Folder): void {
    walk(folder).catch((error: unknown) => {
      if (!hold.met(error)) tools.defect(error);
    });
  }

  return {
    begin,
    going: (batchId) => (batchId === undefined ? walking.size > 0 : [...walking.values()].includes(batchId)),
    callOff: (batchId) => void calledOff.add(batchId),
    again() {
      const folders = [...interrupted.values()];
      interrupted.clear();
      for (const folder of folders) begin(folder);
    },
  };
}
