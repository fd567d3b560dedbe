/** What changed since an open view was last told of it, and when it was told of what. */
import type { BatchId, CardId } from '../../shared/ids';

export interface Changes {
  /** Since the last patch. */
  readonly touched: ReadonlySet<CardId>;
  /** Those among them that must find their place anew. */
  readonly moving: ReadonlySet<CardId>;
  /** Batches with another name since the last patch: their cards are no other cards for that. */
  readonly renamed: ReadonlySet<BatchId>;
  add(ids: readonly CardId[], moving: boolean): void;
  rename(id: BatchId): void;
  /** All of it goes out with this version of the view. */
  told(version: number): void;
  /** Whether a card is now as it was when the view had this version. */
  isSameAs(id: CardId, version: number): boolean;
  forget(): void;
}

export function createChanges(): Changes {
  const touched = new Set<CardId>();
  const moving = new Set<CardId>();
  const renamed = new Set<BatchId>();
  const toldWith = new Map<CardId, number>();
  return {
    touched,
    moving,
    renamed,
    rename: (id) => void renamed.add(id),
    add(ids, moves) {
      for (const id of ids) {
        touched.add(id);
        if (moves) moving.add(id);
      }
    },
    told(version) {
      for (const id of touched) toldWith.set(id, version);
      touched.clear();
      moving.clear();
      renamed.clear();
    },
    isSameAs: (id, version) => !touched.has(id) && (toldWith.get(id) ?? 0) <= version,
    forget() {
      touched.clear();
      moving.clear();
      renamed.clear();
      toldWith.clear();
    },
  };
}
