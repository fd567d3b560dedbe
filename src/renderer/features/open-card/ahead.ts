/**
 * What is kept ready around the open card, so that the next one is there when its key is pressed. Whole numbers are
 * never asked for ahead: each showing is written to the audit log.
 */
import type { CardDetail, CardRow } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';

const REACH = 2;

/** Positions of a view around one of them, the likeliest to be asked for first. */
export function positionsAround(at: number, total: number): readonly number[] {
  const near = Array.from({ length: REACH }, (_none, step) => [at + step + 1, at - step - 1]).flat();
  return near.filter((position) => position >= 0 && position < total);
}

/** A card that is still on its way changes before anybody looks at it: nothing of it is worth keeping. */
export function isSettled({ state }: CardRow): boolean {
  return state !== 'arriving' && state !== 'queued' && state !== 'recognising';
}

/** Details of the open card and of those around it; what was not asked for longest goes when there are too many. */
export class HeldDetails {
  static readonly MOST = 2 * REACH + 1;
  private readonly held = new Map<CardId, CardDetail>();

  /** Undefined when it is not there, or the card has changed since. */
  of({ id, revision }: Pick<CardRow, 'id' | 'revision'>): CardDetail | undefined {
    const detail = this.held.get(id);
    if (detail?.row.revision !== revision) return undefined;
    this.put(detail);
    return detail;
  }

  put(detail: CardDetail): void {
    this.held.delete(detail.row.id);
    this.held.set(detail.row.id, detail);
    for (const id of this.held.keys()) {
      if (this.held.size <= HeldDetails.MOST) return;
      this.held.delete(id);
    }
  }

  drop(id: CardId): void {
    this.held.delete(id);
  }

  clear(): void {
    this.held.clear();
  }
}
