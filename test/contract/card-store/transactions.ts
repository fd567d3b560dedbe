import { describe, expect, it } from 'vitest';
import type { Person } from '../../../src/shared/people';
import { AT, givenStore, type MakeStore } from './given';

export function transactionContract(make: MakeStore): void {
  describe('transaction', () => {
    const given = givenStore(make);

    it('answers what its work answers, and what was written stands', () => {
      const { store } = given;
      expect(store.transaction(() => (store.setSetting('a', 'kept'), 'done'))).toBe('done');
      expect(store.setting('a')).toBe('kept');
    });

    it('shows its work what it has written so far', () => {
      const { store } = given;
      store.transaction(() => {
        store.setSetting('a', 'now');
        expect(store.setting('a')).toBe('now');
      });
    });

    it('takes everything back when its work throws, and throws the same error', () => {
      const { store } = given;
      const batchId = given.batch();
      const id = given.add(batchId, 'a.jpg', { fields: { bankInfo: 'first' } });
      const folderId = store.addFolder(batchId, '/folder');
      const attemptId = store.beginAttempt(id, 'local', AT, {});
      const editId = store.addEdit('An', 'approved', [], AT);
      const [person] = [{ name: 'An', role: 'reviewer' as Person['role'], pinHash: '', active: true }];
      const personId = store.addPerson({ ...person, failures: 0, waitUntil: 0 });
      const everything = () => ({
        batches: store.batches(),
        folders: store.foldersToWalk(),
        cards: store.cards(store.idsAfter(0, 100)),
        attempts: store.attempts(id),
        undo: store.editToUndo('An'),
        decisions: [...store.decisions(undefined)],
        people: store.people(),
        history: store.history(id),
        settings: ['new', 'old'].map((name) => store.setting(name)),
      });
      store.setSetting('old', 'before');
      const before = everything();
      const error = new Error('in the middle');
      const work = () =>
        store.transaction(() => {
          store.createBatch('afternoon', AT);
          store.renameBatch(batchId, 'evening');
          store.folderDone(folderId);
          store.addFolder(batchId, '/other');
          store.change(id, { fields: { bankInfo: 'second' } }, AT + 1);
          given.add(batchId, 'b.jpg');
          store.splitCard(id, ['a 1', 'a 2'], AT + 1);
          store.endAttempt(attemptId, { finishedAt: AT, outcome: 'failed', maybeCharged: false });
          store.beginAttempt(id, 'tencent', AT, {});
          store.markEdit(editId, true);
          store.addEdit('An', 'rejected', [], AT);
          store.addDecisions([
            {
              editId,
              at: AT,
              who: 'An',
              cardId: id,
              batchId,
              kind: 'approved',
              byRule: false,
              corrected: [],
            },
          ]);
          store.changePerson(personId, { failures: 3 });
          store.addPerson({ ...person, name: 'Bo', failures: 0, waitUntil: 0 });
          store.addAudit('An', 'approved', id, {}, AT);
          store.setSetting('new', 'x');
          store.setSetting('old', 'after');
          throw error;
        });
      expect(work).toThrow(error);
      expect(everything()).toEqual(before);
    });

    it('leaves what was taken back free for the next one', () => {
      const { store } = given;
      const batchId = given.batch();
      expect(() =>
        store.transaction(() => {
          given.add(batchId, 'a.jpg');
          throw new Error('no');
        }),
      ).toThrow();
      expect(given.card(given.add(batchId, 'a.jpg')).name).toBe('a.jpg');
    });

    it('is part of the one around it: it alone takes nothing back, and the outer one takes both back', () => {
      const { store } = given;
      store.transaction(() => {
        const inner = () =>
          store.transaction(() => {
            store.setSetting('inner', 'stands');
            throw new Error('inner');
          });
        expect(inner).toThrow('inner');
      });
      expect(store.setting('inner')).toBe('stands');
      expect(() =>
        store.transaction(() => {
          store.transaction(() => store.setSetting('inner', 'gone'));
          throw new Error('outer');
        }),
      ).toThrow('outer');
      expect(store.setting('inner')).toBe('stands');
    });
  });
}
