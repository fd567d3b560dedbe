import { describe, expect, it } from 'vitest';
import type { CardState } from '../../../src/core/cards/card';
import type { CardChange } from '../../../src/core/cards/ports';
import type { CardId } from '../../../src/shared/ids';
import { AT, givenStore, type MakeStore } from './given';

const EVERYTHING: Required<CardChange> = {
  state: {
    kind: 'second',
    first: {
      by: 'An',
      at: 5,
      decision: { kind: 'reject', reason: 'other', note: 'torn' },
      fields: { bankInfo: 'x' },
      corrected: ['bankInfo'],
    },
  },
  fields: { cardNumber: '6222020000000000000', bankInfo: '工商银行', validDate: '08/2030' },
  corrected: ['cardNumber', 'validDate'],
  warnings: [-9112, -9110],
  doubts: [
    { name: 'luhn', weight: 20, field: 'cardNumber', picture: 'number', digits: [1, 2], params: { n: 1 } },
  ],
  score: 20,
  sample: 'due',
  assignedTo: 'Bo',
  note: 'look twice',
  quality: 61,
  engine: 'tencent',
  intakeNotes: ['smallPicture'],
  sha256: 'ab',
  byteLength: 5,
  pictureWidth: 6,
  pictureHeight: 7,
  pictures: { source: 's', original: 'o', thumb: 't', card: 'c', number: 'n' },
};

export function cardContract(make: MakeStore): void {
  additionContract(make);
  changeContract(make);
  lookUpContract(make);
  waitingContract(make);
  duplicateContract(make);
}

function additionContract(make: MakeStore): void {
  describe('addCards', () => {
    const given = givenStore(make);

    it('adds cards in state arriving, with nothing but their place', () => {
      const batchId = given.batch('morning');
      const ids = given.store.addCards(
        batchId,
        [
          { kind: 'file', name: 'a.jpg', location: '/in/a.jpg' },
          { kind: 'link', name: 'b.jpg', location: 'https://example.com/b.jpg' },
          { kind: 'clipboard', name: 'pasted', picture: 'kept' },
        ],
        AT,
      );
      const common = { batchId, batchName: 'morning', state: { kind: 'arriving' }, revision: 1 };
      const empty = { fields: {}, corrected: [], warnings: [], doubts: [], intakeNotes: [], pictures: {} };
      const card = { ...common, ...empty, takenInAt: AT, updatedAt: AT };
      expect(given.store.cards(ids)).toEqual([
        { ...card, id: ids[0], name: 'a.jpg', sourceKind: 'file', location: '/in/a.jpg' },
        { ...card, id: ids[1], name: 'b.jpg', sourceKind: 'link', location: 'https://example.com/b.jpg' },
        { ...card, id: ids[2], name: 'pasted', sourceKind: 'clipboard', pictures: { source: 'kept' } },
      ]);
    });

    it('gives ids that only grow', () => {
      const ids = ['a', 'b', 'c'].map((name) => given.add(given.batch(), name));
      expect([...ids].sort((one, other) => one - other)).toEqual(ids);
    });

    it('leaves out a place that the batch has already; another batch takes it', () => {
      const source = { kind: 'file', name: 'a.jpg', location: '/in/a.jpg' } as const;
      const [morning, noon] = [given.batch('morning'), given.batch('noon')];
      expect(given.store.addCards(morning, [source, source], AT)).toHaveLength(1);
      expect(given.store.addCards(morning, [source], AT)).toHaveLength(0);
      expect(given.store.addCards(noon, [source], AT)).toHaveLength(1);
    });

    it('takes as many pictures of the clipboard as come: they have no place', () => {
      const pasted = { kind: 'clipboard', name: 'pasted', picture: 'kept' } as const;
      expect(given.store.addCards(given.batch(), [pasted, pasted], AT)).toHaveLength(2);
    });
  });

  describe('splitCard', () => {
    const given = givenStore(make);

    it('makes a card the first of several on its picture, from the same place, as old and in the same state', () => {
      const batchId = given.batch();
      const id = given.add(batchId, 'sheet.jpg', { sha256: 'ab', note: 'mine' });
      const ids = given.store.splitCard(id, ['sheet (1)', 'sheet (2)', 'sheet (3)'], AT + 9);
      expect(ids[0]).toBe(id);
      const cards = given.store.cards(ids);
      expect(cards.map(({ name, piece }) => [name, piece])).toEqual([
        ['sheet (1)', 1],
        ['sheet (2)', 2],
        ['sheet (3)', 3],
      ]);
      expect(cards[0]).toMatchObject({ revision: 3, updatedAt: AT + 9, takenInAt: AT, sha256: 'ab' });
      expect(cards[1]).toMatchObject({ batchId, location: '/in/sheet.jpg', state: { kind: 'arriving' } });
      expect(cards[1]).toMatchObject({ revision: 1, takenInAt: AT, updatedAt: AT + 9, fields: {} });
      expect(cards[1]?.sha256).toBeUndefined();
      expect(cards[1]?.note).toBeUndefined();
    });

    it('happens once to a place, and else not at all', () => {
      const id = given.add(given.batch(), 'sheet.jpg');
      given.store.splitCard(id, ['one', 'two'], AT);
      expect(() => given.store.splitCard(id, ['other', 'more'], AT)).toThrow();
      expect(given.card(id).name).toBe('one');
    });
  });
}

function changeContract(make: MakeStore): void {
  describe('change', () => {
    const given = givenStore(make);

    it('writes all that a card can be, and gives it back as it was', () => {
      const id = given.add(given.batch(), 'a.jpg');
      given.store.change(id, EVERYTHING, AT + 1);
      expect(given.card(id)).toMatchObject({ ...EVERYTHING, updatedAt: AT + 1 });
    });

    it('makes the revision grow by one at each call, also where nothing is named', () => {
      const id = given.add(given.batch(), 'a.jpg');
      given.store.change(id, { note: 'x' }, AT + 1);
      given.store.change(id, {}, AT + 2);
      expect(given.card(id)).toMatchObject({ revision: 3, updatedAt: AT + 2, note: 'x' });
    });

    it('touches only what it names; what it names without a value is taken away', () => {
      const id = given.add(given.batch(), 'a.jpg', EVERYTHING);
      given.store.change(id, { note: undefined, score: undefined }, AT);
      const { note: _note, score: _score, ...rest } = EVERYTHING;
      expect(given.card(id)).toMatchObject(rest);
      expect(given.card(id).note).toBeUndefined();
      expect(given.card(id).score).toBeUndefined();
    });

    it('writes fields and pictures whole: what is not among them is gone', () => {
      const id = given.add(given.batch(), 'a.jpg', EVERYTHING);
      given.store.change(id, { fields: { cardName: 'Gold' }, pictures: { thumb: 't2' } }, AT);
      expect(given.card(id).fields).toEqual({ cardName: 'Gold' });
      expect(given.card(id).pictures).toEqual({ thumb: 't2' });
    });

    it('keeps what it was given, whatever becomes of that afterwards', () => {
      const fields = { bankInfo: 'first' };
      const id = given.add(given.batch(), 'a.jpg', { fields });
      fields.bankInfo = 'second';
      expect(given.card(id).fields.bankInfo).toBe('first');
    });

    it('of a card that is not there does nothing', () => {
      given.store.change(9 as CardId, { note: 'x' }, AT);
      expect(given.store.card(9 as CardId)).toBeUndefined();
    });
  });
}

function lookUpContract(make: MakeStore): void {
  describe('cards, cardsAt, idsAfter', () => {
    const given = givenStore(make);

    it('come in the order in which they were asked for; those that are not there are left out', () => {
      const batchId = given.batch();
      const [a, b] = [given.add(batchId, 'a'), given.add(batchId, 'b')];
      expect(given.store.cards([b, 99 as CardId, a]).map(({ id }) => id)).toEqual([b, a]);
    });

    it('of one place are found in every batch, oldest first', () => {
      const ids = ['morning', 'noon'].map((name) => given.add(given.batch(name), 'a.jpg'));
      given.add(given.batch(), 'b.jpg');
      expect(given.store.cardsAt('/in/a.jpg').map(({ id }) => id)).toEqual(ids);
      expect(given.store.cardsAt('/in/A.jpg')).toEqual([]);
    });

    it('can be gone through in slices', () => {
      const batchId = given.batch();
      const ids = ['a', 'b', 'c'].map((name) => given.add(batchId, name));
      expect(given.store.idsAfter(0, 2)).toEqual(ids.slice(0, 2));
      expect(given.store.idsAfter(ids[1] as CardId, 2)).toEqual(ids.slice(2));
    });
  });
}

function waitingContract(make: MakeStore): void {
  describe('cardsIn, queuedFor, nextWake', () => {
    const given = givenStore(make);
    const queued = (name: string, state: Omit<Extract<CardState, { kind: 'queued' }>, 'kind'> = {}) =>
      given.add(given.batch(), name, { state: { kind: 'queued', ...state } });

    it('gives the cards of one state, those that may go on first, then oldest first, up to a limit', () => {
      const late = queued('late', { notBefore: 50 });
      const [a, b] = [queued('a'), queued('b')];
      given.add(given.batch(), 'pending', { state: { kind: 'pending' } });
      expect(given.store.cardsIn('queued', 9).map(({ id }) => id)).toEqual([a, b, late]);
      expect(given.store.cardsIn('queued', 2).map(({ id }) => id)).toEqual([a, b]);
    });

    it('tells cards that name an engine from those that name none', () => {
      const [any, local] = [queued('any'), queued('local', { engine: 'local' })];
      expect(given.store.queuedFor(undefined, 9, AT).map(({ id }) => id)).toEqual([any]);
      expect(given.store.queuedFor('local', 9, AT).map(({ id }) => id)).toEqual([local]);
      expect(given.store.queuedFor('tencent', 9, AT)).toEqual([]);
    });

    it('leaves a card alone until its time has come, and says when the next one does', () => {
      const [soon, later] = [queued('soon', { notBefore: 20 }), queued('later', { notBefore: 30 })];
      expect(given.store.nextWake(10)).toBe(20);
      expect(given.store.queuedFor(undefined, 9, 19)).toEqual([]);
      expect(given.store.queuedFor(undefined, 9, 20).map(({ id }) => id)).toEqual([soon]);
      expect(given.store.nextWake(20)).toBe(30);
      expect(given.store.nextWake(30)).toBeUndefined();
      given.store.change(later, { state: { kind: 'pending' } }, AT);
      expect(given.store.nextWake(20)).toBeUndefined();
    });

    it('ends the waits that would be over later, and no other', () => {
      const [soon, later] = [queued('soon', { notBefore: 20 }), queued('later', { notBefore: 30 })];
      given.store.endWaits(25);
      expect(given.store.nextWake(0)).toBe(20);
      expect(given.store.nextWake(20)).toBe(25);
      expect(given.store.queuedFor(undefined, 9, 25).map(({ id }) => id)).toEqual([soon, later]);
      expect(given.store.nextWake(25)).toBeUndefined();
    });

    it('takes those that wait longest first, up to a limit', () => {
      const [b, a] = [queued('b', { notBefore: 2 }), queued('a', { notBefore: 1 })];
      expect(given.store.queuedFor(undefined, 9, AT).map(({ id }) => id)).toEqual([a, b]);
      expect(given.store.queuedFor(undefined, 1, AT).map(({ id }) => id)).toEqual([a]);
    });
  });
}

function duplicateContract(make: MakeStore): void {
  describe('duplicates, duplicatesOf', () => {
    const given = givenStore(make);
    const alike = { fields: { cardNumber: '6222' }, sha256: 'ab' };

    it('count the other cards of the number and of the picture, in the batch and elsewhere', () => {
      const [morning, noon] = [given.batch('morning'), given.batch('noon')];
      const id = given.add(morning, 'a', alike);
      given.add(morning, 'b', { fields: { cardNumber: '6222' } });
      given.add(noon, 'c', alike);
      given.add(noon, 'd', { sha256: 'ab' });
      expect(given.store.duplicates(given.card(id))).toEqual({
        numberInBatch: 1,
        numberElsewhere: 1,
        pictureInBatch: 0,
        pictureElsewhere: 2,
      });
    });

    it('are none where there is neither a number nor a hash', () => {
      const [a] = ['a', 'b'].map((name) => given.add(given.batch(), name));
      const none = { numberInBatch: 0, numberElsewhere: 0, pictureInBatch: 0, pictureElsewhere: 0 };
      expect(given.store.duplicates(given.card(a as CardId))).toEqual(none);
      expect(given.store.duplicatesOf(undefined, undefined, 9)).toEqual([]);
    });

    it('tell the pieces of one picture apart: they have its hash and are other cards', () => {
      const [morning, noon] = [given.batch('morning'), given.batch('noon')];
      const pieces = (batchId: typeof morning) => {
        const ids = given.store.splitCard(given.add(batchId, 'sheet'), ['1', '2'], AT);
        for (const id of ids) given.store.change(id, { sha256: 'ab' }, AT);
        return ids;
      };
      const [first] = pieces(morning);
      const counts = () => given.store.duplicates(given.card(first as CardId));
      expect(counts()).toMatchObject({ pictureInBatch: 0, pictureElsewhere: 0 });
      pieces(noon);
      expect(counts()).toMatchObject({ pictureInBatch: 0, pictureElsewhere: 1 });
      given.add(noon, 'whole', { sha256: 'ab' });
      expect(counts()).toMatchObject({ pictureInBatch: 0, pictureElsewhere: 2 });
    });

    it('are found by number or by picture, up to a limit', () => {
      const batchId = given.batch();
      const ids = [{ fields: { cardNumber: '1' } }, { sha256: 'x' }, { fields: { cardNumber: '2' } }].map(
        (change, at) => given.add(batchId, `${at}`, change),
      );
      expect([...given.store.duplicatesOf('1', 'x', 9)].sort((one, other) => one - other)).toEqual(
        ids.slice(0, 2),
      );
      expect(given.store.duplicatesOf('2', undefined, 9)).toEqual([ids[2]]);
      expect(given.store.duplicatesOf('1', 'x', 1)).toHaveLength(1);
    });
  });
}
