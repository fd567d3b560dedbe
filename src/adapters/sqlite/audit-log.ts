import type { AuditLog } from '../../core/audit/ports';
import type { HistoryEntry } from '../../shared/cards';
import type { Sql } from './sql';

export function createAuditLog(sql: Sql): AuditLog {
  return {
    addAudit(who, what, cardId, params, at) {
      sql.run(
        'INSERT INTO audit (at, who, what, card_id, params) VALUES (?, ?, ?, ?, ?)',
        at,
        who,
        what,
        cardId ?? null,
        JSON.stringify(params),
      );
    },
    history: (cardId) =>
      sql
        .all<{
          at: number;
          who: string;
          what: string;
          params: string;
        }>('SELECT at, who, what, params FROM audit WHERE card_id = ? ORDER BY id', cardId)
        .map((row) => ({ ...row, params: JSON.parse(row.params) as HistoryEntry['params'] })),
  };
}
