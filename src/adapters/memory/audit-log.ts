import type { AuditLog } from '../../core/audit/ports';
import type { HistoryEntry } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { Rows } from './rows';
import { stored } from './tables';

export function createAuditLog({ table }: Rows): AuditLog {
  /** What is about no card is under 0. */
  const lines = table<CardId | 0, readonly HistoryEntry[]>();
  return {
    addAudit(who, what, cardId = 0 as CardId, params, at) {
      lines.put(cardId, [...(lines.get(cardId) ?? []), { at, who, what, params: stored(params) }]);
    },
    history: (cardId) => lines.get(cardId) ?? [],
  };
}
