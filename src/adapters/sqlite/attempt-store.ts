/** What the engines were asked and what they answered, kept for ever as it came. */
import type { AttemptStore } from '../../core/recognition/ports';
import { toAnswered, toAttempt, type AnsweredRecord, type AttemptRecord } from './rows';
import type { Sql } from './sql';

export function createAttemptStore(sql: Sql): AttemptStore {
  return {
    beginAttempt: (cardId, engine, at, { picture, question, copiedFrom }) =>
      sql.insert(
        `INSERT INTO attempt (card_id, engine, started_at, picture_asked, question, copied_from, outcome)
         VALUES (?, ?, ?, ?, ?, ?, 'started')`,
        cardId,
        engine,
        at,
        picture ?? null,
        question ?? null,
        copiedFrom ?? null,
      ),
    endAttempt(attemptId, end) {
      const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
      sql.run(
        `UPDATE attempt SET finished_at = ?, outcome = ?, request_id = ?, error_code = ?, message = ?, http_status = ?,
         maybe_charged = ?, raw = ?, fields = ?, warnings = ?, quality = ?, evidence = ?
         WHERE id = ? AND outcome = 'started'`,
        end.finishedAt,
        end.outcome,
        end.requestId ?? null,
        end.errorCode ?? null,
        end.message ?? null,
        end.httpStatus ?? null,
        end.maybeCharged ? 1 : 0,
        end.raw ?? null,
        json(end.fields),
        json(end.warnings),
        end.quality ?? null,
        json(end.evidence),
        attemptId,
      );
    },
    addCrops: (attemptId, crops) =>
      void sql.run(
        'UPDATE attempt SET picture_card = ?, picture_number = ? WHERE id = ?',
        crops.card ?? null,
        crops.number ?? null,
        attemptId,
      ),
    attempts: (cardId) =>
      sql.all<AttemptRecord>('SELECT * FROM attempt WHERE card_id = ? ORDER BY id', cardId).map(toAttempt),
    unfinishedAttempts: () =>
      sql.all<AttemptRecord>("SELECT * FROM attempt WHERE outcome = 'started' ORDER BY id").map(toAttempt),
    answered({ id, batchId }, engine, question) {
      const row = sql.one<AnsweredRecord>(
        `SELECT attempt.* FROM attempt JOIN card ON card.id = attempt.card_id
         WHERE attempt.question = ? AND attempt.copied_from IS NULL AND attempt.engine = ? AND attempt.card_id <> ?
           AND attempt.outcome IN ('finished', 'failed')
           AND (card.batch_id = ? OR NOT (SELECT anew FROM batch WHERE batch.id = ?))
         ORDER BY attempt.outcome = 'finished' DESC, attempt.id DESC LIMIT 1`,
        question,
        engine,
        id,
        batchId,
        batchId,
      );
      return row && toAnswered(row);
    },
  };
}
