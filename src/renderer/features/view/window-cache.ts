/**
 * The rows of a view that the window holds: a few pages around what is seen. A page is fresh while main sends patches
 * for it, that is while it lies in the range asked for last; other pages are shown until something newer arrives, but
 * are asked for again before they are trusted.
 */
import { ROWS_AT_ONCE, type CardRow } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';

export const PAGE_ROWS = 50;
const KEPT_PAGES = 8;

export interface Range {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

export class WindowCache {
  private readonly pages = new Map<number, readonly CardRow[]>();
  private readonly fresh = new Set<number>();

  rowAt(index: number): CardRow | undefined {
    return this.pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  indexOf(id: CardId): number | undefined {
    for (const [page, rows] of this.pages) {
      const at = rows.findIndex((row) => row.id === id);
      if (at >= 0) return page * PAGE_ROWS + at;
    }
    return undefined;
  }

  get heldPages(): number {
    return this.pages.size;
  }

  /** What to ask for so that `seen` is fresh, in whole pages; undefined when it is. */
  wanted(seen: Range, total: number): Range | undefined {
    const to = Math.min(seen.to, total);
    const from = Math.max(0, Math.min(seen.from, to));
    if (from >= to) return undefined;
    const first = Math.floor(from / PAGE_ROWS);
    const last = Math.floor((to - 1) / PAGE_ROWS);
    let stale = false;
    for (let page = first; page <= last; page++) stale ||= !this.fresh.has(page);
    if (!stale) return undefined;
    const pages = Math.min(last - first + 1, ROWS_AT_ONCE / PAGE_ROWS);
    return { from: first * PAGE_ROWS, to: (first + pages) * PAGE_ROWS };
  }

  /** Rows that arrived for `asked`, which starts on a page. Everything else is no longer kept fresh by main. */
  put(asked: Range, rows: readonly CardRow[]): void {
    this.fresh.clear();
    const first = asked.from / PAGE_ROWS;
    const last = Math.ceil(asked.to / PAGE_ROWS);
    for (let page = first; page < last; page++) {
      const start = (page - first) * PAGE_ROWS;
      this.pages.delete(page);
      this.pages.set(page, rows.slice(start, start + PAGE_ROWS));
      this.fresh.add(page);
    }
    for (const page of this.pages.keys()) {
      if (this.pages.size <= KEPT_PAGES) break;
      if (!this.fresh.has(page)) this.pages.delete(page);
    }
  }

  /** Rows that changed where they stand. */
  patch(changed: readonly CardRow[]): void {
    const byId = new Map(changed.map((row) => [row.id, row]));
    if (byId.size === 0) return;
    for (const [page, rows] of this.pages) {
      if (!rows.some((row) => byId.has(row.id))) continue;
      this.pages.set(
        page,
        rows.map((row) => {
          const newer = byId.get(row.id);
          return newer && newer.revision >= row.revision ? newer : row;
        }),
      );
    }
  }

  /** The order changed: rows are shown where they were until they arrive again. */
  markStale(): void {
    this.fresh.clear();
  }
}
