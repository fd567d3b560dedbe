/** What the engines were asked and what they answered. */
import type { Attempt, AttemptStore } from '../../core/recognition/ports';
import type { CardId } from '../../shared/ids';
import { expectRow, type AttemptRow, type Rows } from './rows';
import { stored } from './tables';

export function createAttemptStore({ attempts, cards, batches, table }: Rows): AttemptStore {
  const ofCard = table<CardId, readonly number[]>();

  const isAnswer = ({ attempt, asked }: AttemptRow): boolean =>
    asked.copiedFrom === undefined && (attempt.outcome === 'finished' || attempt.outcome === 'failed');
  const readingsFirst = (one: AttemptRow, other: AttemptRow): number =>
    Number(other.attempt.outcome === 'finished') - Number(one.attempt.outcome === 'finished') ||
    other.attempt.id - one.attempt.id;

  return {
    beginAttempt(cardId, engine, at, asked) {
      expectRow(cards.get(cardId), 'card');
      const id = attempts.next();
      const attempt: Attempt = {
        id,
        cardId,
        engine,
        startedAt: at,
        outcome: 'started',
        maybeCharged: false,
        ofCut: asked.picture !== undefined,
        copied: asked.copiedFrom !== undefined,
      };
      attempts.put(id, { attempt, asked: stored(asked), crops: {} });
      ofCard.put(cardId, [...(ofCard.get(cardId) ?? []), id]);
      return id;
    },
    endAttempt(attemptId, end) {
      const row = attempts.get(attemptId);
      if (row?.attempt.outcome !== 'started') return;
      const whole = stored(end);
      const { message: _message, httpStatus: _status, raw: _raw, ...shown } = whole;
      attempts.put(attemptId, { ...row, attempt: { ...row.attempt, ...shown }, end: whole });
    },
    addCrops(attemptId, { card, number }) {
      const row = attempts.get(attemptId);
      if (row) attempts.put(attemptId, { ...row, crops: stored({ card, number }) });
    },
    attempts: (cardId) =>
      (ofCard.get(cardId) ?? []).map((id) => expectRow(attempts.get(id), 'attempt').attempt),
    unfinishedAttempts: () =>
      [...attempts.rows()].map(({ attempt }) => attempt).filter(({ outcome }) => outcome === 'started'),
    answered({ id, batchId }, engine, question) {
      const batch = batches.get(batchId);
      const mayAnswer = (other: CardId): boolean =>
        other !== id && (cards.get(other)?.batchId === batchId || batch?.anew === false);
      const [found] = [...attempts.rows()]
        .filter(
          (row) =>
            row.asked.question === question &&
            row.attempt.engine === engine &&
            isAnswer(row) &&
            mayAnswer(row.attempt.cardId),
        )
        .sort(readingsFirst);
      return found?.end && { attemptId: found.attempt.id, end: found.end, crops: found.crops };
    },
  };
}
