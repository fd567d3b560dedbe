import type { BatchSummary } from '../../shared/cards';
import type { BatchId } from '../../shared/ids';

/** What was taken in together, and the folders whose content is not wholly listed yet. */
export interface BatchStore {
  /** `anew`: what was read before it does not answer for its cards. */
  createBatch(name: string, at: number, anew?: boolean): BatchId;
  renameBatch(id: BatchId, name: string): boolean;
  /** Newest first. */
  batches(): readonly BatchSummary[];
  addFolder(batchId: BatchId, path: string): number;
  folderDone(folderId: number): void;
  foldersToWalk(): readonly { readonly id: number; readonly batchId: BatchId; readonly path: string }[];
}
