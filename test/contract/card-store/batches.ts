import { describe, expect, it } from 'vitest';
import type { BatchId } from '../../../src/shared/ids';
import { noCounts } from '../../../src/shared/cards';
import { AT, givenStore, type MakeStore } from './given';

export function batchContract(make: MakeStore): void {
  describe('batches', () => {
    const given = givenStore(make);

    it('come newest first, with how many of their cards are in which state', () => {
      const morning = given.batch('morning');
      const noon = given.store.createBatch('noon', AT + 5);
      given.add(morning, 'a.jpg');
      given.add(morning, 'b.jpg', { state: { kind: 'pending' } });
      expect(given.store.batches()).toEqual([
        { id: noon, name: 'noon', createdAt: AT + 5, counts: noCounts() },
        { id: morning, name: 'morning', createdAt: AT, counts: { ...noCounts(), arriving: 1, pending: 1 } },
      ]);
    });

    it('may have the same name twice', () => {
      expect(given.batch('morning')).not.toBe(given.batch('morning'));
    });

    it('can be renamed, which their cards show at once; one that is not there cannot', () => {
      const batchId = given.batch('morning');
      const id = given.add(batchId, 'a.jpg');
      expect(given.store.renameBatch(batchId, 'evening')).toBe(true);
      expect(given.store.batches().map(({ name }) => name)).toEqual(['evening']);
      expect(given.card(id)).toMatchObject({ batchName: 'evening', revision: 1 });
      expect(given.store.renameBatch((batchId + 1) as BatchId, 'x')).toBe(false);
    });

    it('remember the folders that are not wholly listed, in the order in which they were named', () => {
      const batchId = given.batch();
      const [one, other] = ['/one', '/other'].map((path) => given.store.addFolder(batchId, path));
      expect(given.store.foldersToWalk()).toEqual([
        { id: one, batchId, path: '/one' },
        { id: other, batchId, path: '/other' },
      ]);
      given.store.folderDone(one as number);
      expect(given.store.foldersToWalk().map(({ path }) => path)).toEqual(['/other']);
    });

    it('are needed for a folder and for a card', () => {
      const none = 7 as BatchId;
      expect(() => given.store.addFolder(none, '/x')).toThrow();
      expect(() =>
        given.store.addCards(none, [{ kind: 'clipboard', name: 'x', picture: 'p' }], AT),
      ).toThrow();
    });
  });
}
