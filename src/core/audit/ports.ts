import type { HistoryEntry } from '../../shared/cards';
import type { CardId } from '../../shared/ids';

/** Who did what and when. Lines are added and never changed. */
export interface AuditLog {
  addAudit(
    who: string,
    what: string,
    cardId: CardId | undefined,
    params: HistoryEntry['params'],
    at: number,
  ): void;
  history(cardId: CardId): readonly HistoryEntry[];
}
