import { describe, expect, it } from 'vitest';
import type { AttemptEnd } from '../../../src/core/recognition/ports';
import type { BatchId, CardId } from '../../../src/shared/ids';
import type { EngineName } from '../../../src/shared/recognition';
import { AT, givenStore, type Given, type MakeStore } from './given';

const READ: AttemptEnd = {
  finishedAt: AT + 5,
  outcome: 'finished',
  requestId: 'r-1',
  errorCode: 'none',
  message: 'for the technical view',
  httpStatus: 200,
  maybeCharged: true,
  raw: '{"a":1}',
  fields: { cardNumber: '6222' },
  warnings: [-9112],
  quality: 60,
  evidence: { digitConfidence: [0.5, 1], otherCandidates: ['6223'], luhnPassed: true },
};
const failed = (errorCode: string): AttemptEnd => ({
  finishedAt: AT,
  outcome: 'failed',
  errorCode,
  maybeCharged: false,
});

export function attemptContract(make: MakeStore): void {
  describe('attempts', () => {
    const given = givenStore(make);
    const card = () => given.add(given.batch(), 'a.jpg');

    it('begin as started, and are there in their order', () => {
      const id = card();
      const first = given.store.beginAttempt(id, 'local', AT, {});
      const second = given.store.beginAttempt(id, 'tencent', AT + 1, { picture: 'cut', copiedFrom: first });
      const common = { cardId: id, outcome: 'started', maybeCharged: false };
      const expected = [
        { ...common, id: first, engine: 'local', startedAt: AT, ofCut: false, copied: false },
        { ...common, id: second, engine: 'tencent', startedAt: AT + 1, ofCut: true, copied: true },
      ];
      expect(given.store.attempts(id)).toEqual(expected);
      expect(given.store.unfinishedAttempts()).toEqual(expected);
    });

    it('end once: what an engine said stays as it is', () => {
      const id = card();
      const attemptId = given.store.beginAttempt(id, 'local', AT, {});
      given.store.endAttempt(attemptId, READ);
      given.store.endAttempt(attemptId, failed('late'));
      const { message: _message, httpStatus: _status, raw: _raw, ...shown } = READ;
      expect(given.store.attempts(id)).toEqual([
        { id: attemptId, cardId: id, engine: 'local', startedAt: AT, ofCut: false, copied: false, ...shown },
      ]);
      expect(given.store.unfinishedAttempts()).toEqual([]);
    });

    it('are about a card that is there', () => {
      expect(() => given.store.beginAttempt(9 as CardId, 'local', AT, {})).toThrow();
      expect(given.store.attempts(9 as CardId)).toEqual([]);
    });
  });

  answerContract(make);
}

function ask(
  given: Given,
  batchId: BatchId,
  question: string,
  end: AttemptEnd,
  { engine = 'tencent', copiedFrom }: { engine?: EngineName; copiedFrom?: number } = {},
): number {
  const name = `card ${given.store.idsAfter(0, 1000).length}`;
  const attemptId = given.store.beginAttempt(given.add(batchId, name), engine, AT, { question, copiedFrom });
  given.store.endAttempt(attemptId, end);
  return attemptId;
}

function answerContract(make: MakeStore): void {
  describe('answered', () => {
    const given = givenStore(make);
    const asker = (batchId: BatchId) => ({ id: given.add(batchId, 'asks'), batchId });

    it('gives what an engine said to the question about another card, whole, with its pictures', () => {
      const batchId = given.batch();
      const attemptId = ask(given, batchId, 'q', READ);
      given.store.addCrops(attemptId, { card: 'c', number: 'n', thumb: 'not kept here' });
      expect(given.store.answered(asker(batchId), 'tencent', 'q')).toEqual({
        attemptId,
        end: READ,
        crops: { card: 'c', number: 'n' },
      });
    });

    it('prefers a reading to an error, and else the newest', () => {
      const batchId = given.batch();
      const me = asker(batchId);
      const answer = () => given.store.answered(me, 'tencent', 'q')?.attemptId;
      ask(given, batchId, 'q', failed('one'));
      const later = ask(given, batchId, 'q', failed('two'));
      expect(answer()).toBe(later);
      const reading = ask(given, batchId, 'q', READ);
      ask(given, batchId, 'q', failed('three'));
      expect(answer()).toBe(reading);
      expect(ask(given, batchId, 'q', READ)).toBe(answer());
    });

    it('is no answer to another question, by another engine, of the card itself, repeated or without an end', () => {
      const batchId = given.batch();
      const me = asker(batchId);
      ask(given, batchId, 'other', READ);
      ask(given, batchId, 'q', READ, { engine: 'local' });
      ask(given, batchId, 'q', READ, { copiedFrom: 1 });
      ask(given, batchId, 'q', { ...READ, outcome: 'unknown' });
      given.store.beginAttempt(given.add(batchId, 'open'), 'tencent', AT, { question: 'q' });
      const own = given.store.beginAttempt(me.id, 'tencent', AT, { question: 'q' });
      given.store.endAttempt(own, READ);
      expect(given.store.answered(me, 'tencent', 'q')).toBeUndefined();
    });

    it('comes from any batch, save for one that is to be read anew: that hears only its own', () => {
      const old = ask(given, given.batch(), 'q', READ);
      const anew = given.store.createBatch('anew', AT, true);
      expect(given.store.answered(asker(given.batch()), 'tencent', 'q')?.attemptId).toBe(old);
      const me = asker(anew);
      expect(given.store.answered(me, 'tencent', 'q')).toBeUndefined();
      const own = ask(given, anew, 'q', failed('x'));
      expect(given.store.answered(me, 'tencent', 'q')?.attemptId).toBe(own);
    });
  });
}
