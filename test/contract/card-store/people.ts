/** What people did, who they are, and what is written down beside: edits, decisions, people, the audit log and settings. */
import { describe, expect, it } from 'vitest';
import type { DecisionLine, EditedCard } from '../../../src/core/review/ports';
import type { BatchId, CardId } from '../../../src/shared/ids';
import type { PersonId } from '../../../src/shared/people';
import { AT, givenStore, type MakeStore } from './given';

export function editContract(make: MakeStore): void {
  describe('edits', () => {
    const given = givenStore(make);

    it('come back as they were, for the person who made them', () => {
      const cards: readonly EditedCard[] = [
        {
          id: 1 as CardId,
          before: { state: { kind: 'pending' }, note: 'x' },
          after: { state: { kind: 'approved', by: 'An', at: AT } },
          beside: { fields: { bankInfo: 'b' }, warnings: [-9110], doubts: [{ name: 'luhn', weight: 2 }] },
        },
      ];
      const id = given.store.addEdit('An', 'approved', cards, AT);
      expect(given.store.editToUndo('An')).toEqual({ id, what: 'approved', cards });
      expect(given.store.editToUndo('Bo')).toBeUndefined();
      expect(given.store.editToRedo('An')).toBeUndefined();
    });

    it('are taken back the newest first, and done again the oldest first', () => {
      const { store } = given;
      const [one, two, three] = ['1', '2', '3'].map((what) => store.addEdit('An', what, [], AT));
      const undo = () => {
        const edit = store.editToUndo('An');
        if (edit) store.markEdit(edit.id, true);
        return edit?.id;
      };
      expect([undo(), undo()]).toEqual([three, two]);
      expect(store.editToRedo('An')?.id).toBe(two);
      store.markEdit(two as number, false);
      expect(store.editToRedo('An')?.id).toBe(three);
      expect(store.editToUndo('An')?.id).toBe(two);
      expect([undo(), undo(), undo()]).toEqual([two, one, undefined]);
    });

    it('of what a person took back are gone when they do something else; of others they stay', () => {
      const { store } = given;
      for (const who of ['An', 'Bo']) store.markEdit(store.addEdit(who, 'first', [], AT), true);
      store.addEdit('An', 'second', [], AT);
      expect(store.editToRedo('An')).toBeUndefined();
      expect(store.editToRedo('Bo')?.what).toBe('first');
    });

    it('are kept 20,000 back, whoever made them', () => {
      const { store } = given;
      store.transaction(() => {
        store.addEdit('An', 'oldest', [], AT);
        for (let at = 1; at < 20_000; at++) store.addEdit('Bo', 'more', [], AT);
      });
      expect(store.editToUndo('An')?.what).toBe('oldest');
      store.addEdit('Bo', 'one too many', [], AT);
      expect(store.editToUndo('An')).toBeUndefined();
    });
  });
}

export function decisionContract(make: MakeStore): void {
  describe('decisions', () => {
    const given = givenStore(make);
    const line = (editId: number, batchId: number, more: Partial<DecisionLine> = {}): DecisionLine => ({
      editId,
      at: AT,
      who: 'An',
      cardId: 1 as CardId,
      batchId: batchId as BatchId,
      kind: 'approved',
      byRule: false,
      corrected: [],
      ...more,
    });

    it('come back as they were, oldest first, of all batches or of one', () => {
      const lines = [
        line(2, 1, { about: 'Bo', kind: 'checkedWrong', corrected: ['cardNumber'], keys: 3, durationMs: 9 }),
        line(1, 2, { byRule: true }),
      ];
      given.store.addDecisions(lines);
      expect([...given.store.decisions(undefined)]).toEqual(lines);
      expect([...given.store.decisions(2 as BatchId)]).toEqual(lines.slice(1));
    });

    it('count no more while their edit is taken back', () => {
      given.store.addDecisions([line(1, 1), line(2, 1), line(1, 1)]);
      const edits = () => [...given.store.decisions(undefined)].map(({ editId }) => editId);
      given.store.markDecisions(1, true);
      expect(edits()).toEqual([2]);
      given.store.markDecisions(1, false);
      expect(edits()).toEqual([1, 2, 1]);
    });

    it('are all there, also where they are very many', () => {
      given.store.transaction(() =>
        given.store.addDecisions(Array.from({ length: 4001 }, (_none, at) => line(at, 1))),
      );
      expect([...given.store.decisions(undefined)].at(-1)?.editId).toBe(4000);
      expect([...given.store.decisions(undefined)]).toHaveLength(4001);
    });
  });
}

export function personContract(make: MakeStore): void {
  describe('people', () => {
    const given = givenStore(make);
    const person = (name: string) =>
      ({ name, role: 'reviewer', pinHash: 'h', active: true, failures: 0, waitUntil: 0 }) as const;

    it('are there in the order in which they came', () => {
      const ids = ['Bo', 'An'].map((name) => given.store.addPerson(person(name)));
      expect(given.store.people()).toEqual([
        { ...person('Bo'), id: ids[0] },
        { ...person('An'), id: ids[1] },
      ]);
    });

    it('change in what is named', () => {
      const id = given.store.addPerson(person('An'));
      given.store.changePerson(id, { role: 'supervisor', active: false, failures: 2, waitUntil: 77 });
      expect(given.store.people()).toEqual([
        { ...person('An'), id, role: 'supervisor', active: false, failures: 2, waitUntil: 77 },
      ]);
      given.store.changePerson(99 as PersonId, { name: 'x' });
      expect(given.store.people()).toHaveLength(1);
    });

    it('have names that nobody else has, A to Z without regard to case', () => {
      given.store.addPerson(person('An'));
      expect(() => given.store.addPerson(person('AN'))).toThrow();
      const id = given.store.addPerson(person('Bo'));
      expect(() => given.store.changePerson(id, { name: 'an' })).toThrow();
      given.store.changePerson(id, { name: 'BO' });
      expect(given.store.people().map(({ name }) => name)).toEqual(['An', 'BO']);
    });
  });
}

export function recordContract(make: MakeStore): void {
  describe('the audit log', () => {
    const given = givenStore(make);

    it('tells the history of a card, oldest first', () => {
      const id = given.add(given.batch(), 'a.jpg');
      given.store.addAudit('An', 'takenIn', id, { count: 2 }, AT + 1);
      given.store.addAudit('Bo', 'exported', undefined, {}, AT);
      given.store.addAudit('Bo', 'approved', id, {}, AT);
      expect(given.store.history(id)).toEqual([
        { at: AT + 1, who: 'An', what: 'takenIn', params: { count: 2 } },
        { at: AT, who: 'Bo', what: 'approved', params: {} },
      ]);
      expect(given.store.history((id + 1) as CardId)).toEqual([]);
    });
  });

  describe('settings', () => {
    const given = givenStore(make);

    it('are as they were set last', () => {
      expect(given.store.setting('a')).toBeUndefined();
      given.store.setSetting('a', 'one');
      given.store.setSetting('a', 'two');
      given.store.setSetting('b', '');
      expect([given.store.setting('a'), given.store.setting('b')]).toEqual(['two', '']);
    });
  });

  describe('looking through', () => {
    const given = givenStore(make);

    it('comes to an end, and stays there', () => {
      given.add(given.batch(), 'a.jpg');
      let calls = 0;
      while (given.store.lookThrough()) expect(calls++).toBeLessThan(1000);
      expect(given.store.lookThrough()).toBe(false);
    });
  });
}
