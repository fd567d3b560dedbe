import { describe, expect, it } from 'vitest';
import type { CardChange } from '../../../src/core/cards/ports';
import { noCounts, type Filter, type Group, type Sort } from '../../../src/shared/cards';
import type { BatchId, CardId } from '../../../src/shared/ids';
import { givenStore, type MakeStore } from './given';

const BY_INTAKE: Sort = { key: 'takenIn', descending: false };
const APPROVED = { kind: 'approved', by: 'An', at: 1 } as const;

export function queryContract(make: MakeStore): void {
  filterContract(make);
  orderContract(make);
  groupContract(make);
  reportCountContract(make);
}

function filterContract(make: MakeStore): void {
  describe('a filter', () => {
    const given = givenStore(make);
    const CARDS: Readonly<Record<string, CardChange>> = {
      'Scan_1.jpg': { state: { kind: 'pending' }, fields: { bankInfo: '招商银行 CMB' }, quality: 50 },
      'scan-2.jpg': {
        state: APPROVED,
        fields: { cardNumber: '6222020012345678' },
        sample: 'due',
        score: 30,
        engine: 'local',
      },
      '100%.png': { state: { kind: 'pending' }, sample: 'due', warnings: [-9112], quality: 70 },
      'ÄRA.png': {
        state: { kind: 'held', by: 'An', at: 1 },
        doubts: [
          { name: 'luhn', weight: 20 },
          { name: 'expired', weight: 10 },
        ],
        assignedTo: 'An',
        fields: { bankInfo: 'a\\b' },
      },
    };
    const names = (filter: Partial<Filter>) =>
      given.store.cards(given.store.ids(filter, BY_INTAKE)).map(({ name }) => name);
    const fill = () => {
      const batchId = given.batch('Morning 100');
      for (const [name, change] of Object.entries(CARDS)) given.add(batchId, name, change);
      given.add(given.batch('noon'), 'other.jpg');
    };
    const ALL = [...Object.keys(CARDS), 'other.jpg'];

    it.each<readonly [string, Partial<Filter>, readonly string[]]>([
      ['nothing lets all through', {}, ALL],
      ['empty texts let all through', { search: '  ', columns: { name: ' ' }, states: [] }, ALL],
      ['states', { states: ['held', 'approved'] }, ['scan-2.jpg', 'ÄRA.png']],
      ['a batch', { batchId: 2 as BatchId }, ['other.jpg']],
      ['warnings', { onlyWithWarnings: true }, ['100%.png']],
      ['any of the doubts of a card', { doubt: 'expired' }, ['ÄRA.png']],
      ['whom it is assigned to', { assignedTo: 'An' }, ['ÄRA.png']],
      ['whom it is assigned to, to the letter', { assignedTo: 'an' }, []],
      ['samples that are due: of what is approved', { samplesDue: true }, ['scan-2.jpg']],
      [
        'a search in the name, A to Z without regard to case',
        { search: ' SCAN ' },
        ['Scan_1.jpg', 'scan-2.jpg'],
      ],
      ['a search with other letters as they are', { search: 'är' }, []],
      ['a search with other letters as they are, found', { search: 'Är' }, ['ÄRA.png']],
      ['a search in the bank', { search: '招商' }, ['Scan_1.jpg']],
      ['a search for digits of the number, with gaps', { search: '0012-3456 78' }, ['scan-2.jpg']],
      ['a search for a number and a letter is none for a number', { search: '0012a' }, []],
      ['a percent sign is one', { search: '0%' }, ['100%.png']],
      ['a low line is one', { search: 'n_1' }, ['Scan_1.jpg']],
      ['a backslash is one', { search: 'a\\b' }, ['ÄRA.png']],
      ['a column, part of its text', { columns: { bankInfo: 'cmb' } }, ['Scan_1.jpg']],
      ['a number with gaps', { columns: { cardNumber: '6222 0200' } }, ['scan-2.jpg']],
      ['nothing but gaps: whatever has a number', { columns: { cardNumber: '-' } }, ['scan-2.jpg']],
      ['a batch by its name', { columns: { batch: 'NOON' } }, ['other.jpg']],
      ['an engine', { columns: { engine: 'loc' } }, ['scan-2.jpg']],
      ['a range, its ends included', { columns: { quality: '50-60' } }, ['Scan_1.jpg']],
      [
        'a range that is open; what has no value is in none',
        { columns: { quality: '>=0' } },
        ['Scan_1.jpg', '100%.png'],
      ],
      ['a score', { columns: { risk: '<31' } }, ['scan-2.jpg']],
      ['how many warnings', { columns: { warnings: '=0' } }, ALL.filter((name) => name !== '100%.png')],
      ['a range half typed hides nothing', { columns: { quality: '<', risk: '5-' } }, ALL],
      ['all that it says at once', { search: 'scan', columns: { quality: '50' } }, ['Scan_1.jpg']],
    ])('by %s', (_what, filter, expected) => {
      fill();
      expect(names(filter)).toEqual(expected);
    });

    it('counts what it lets through, state by state', () => {
      fill();
      expect(given.store.counts()).toEqual({ ...noCounts(), pending: 2, approved: 1, held: 1, arriving: 1 });
      expect(given.store.counts({ search: 'scan' })).toEqual({ ...noCounts(), pending: 1, approved: 1 });
    });

    it('finds ids and counts at once: the counts are of all states, also of those that it does not show', () => {
      fill();
      const found = given.store.found({ search: 'scan', states: ['approved'] }, BY_INTAKE);
      expect(given.store.cards(found.ids).map(({ name }) => name)).toEqual(['scan-2.jpg']);
      expect(found.counts).toEqual({ ...noCounts(), pending: 1, approved: 1 });
      expect(given.store.found({ states: ['held'] }, BY_INTAKE).counts).toEqual(given.store.counts());
    });

    it('tells of some cards which it lets through; those that are not there are none', () => {
      fill();
      const ids = given.store.ids({}, BY_INTAKE);
      const asked = [ids[3], ids[0], ids[0], 99] as CardId[];
      expect(given.store.matching(asked, { states: ['pending', 'approved'] })).toEqual([ids[0]]);
      expect(given.store.matching([], {})).toEqual([]);
    });
  });
}

function orderContract(make: MakeStore): void {
  describe('an order', () => {
    const given = givenStore(make);
    const fill = (cards: Readonly<Record<string, CardChange>>) => {
      const batchId = given.batch();
      for (const [name, change] of Object.entries(cards)) given.add(batchId, name, change);
    };
    const names = (sort: Sort, group?: Group) =>
      given.store.cards(given.store.ids({}, sort, group)).map(({ name }) => name);

    it('of names takes A to Z without regard to case, other letters by their code points', () => {
      fill({ b: {}, A: {}, a: {}, B: {}, '😀': {}, '｡': {}, Ä: {}, ab: {} });
      const order = ['A', 'a', 'ab', 'b', 'B', 'Ä', '｡', '😀'];
      expect(names({ key: 'name', descending: false })).toEqual(order);
    });

    it('of other texts is to the letter', () => {
      fill(Object.fromEntries(['b', 'A', 'a', 'B'].map((text) => [text, { fields: { cardName: text } }])));
      expect(names({ key: 'cardName', descending: false })).toEqual(['A', 'B', 'a', 'b']);
    });

    it('puts what is empty last, whichever way it goes, and equal ones in the order of intake', () => {
      fill({ none: {}, two: { score: 20 }, one: { score: 10 }, too: { score: 20 }, nil: { score: 0 } });
      expect(names({ key: 'risk', descending: false })).toEqual(['nil', 'one', 'two', 'too', 'none']);
      expect(names({ key: 'risk', descending: true })).toEqual(['two', 'too', 'one', 'nil', 'none']);
    });

    it('of dates goes by the year, then the month', () => {
      const dates = ['12/2028', '01/2030', '02/2028'];
      fill(Object.fromEntries(dates.map((validDate) => [validDate, { fields: { validDate } }])));
      expect(names({ key: 'validDate', descending: false })).toEqual(['02/2028', '12/2028', '01/2030']);
    });

    it('of warnings goes by how many there are', () => {
      fill({ two: { warnings: [-9110, -9112] }, none: {}, one: { warnings: [-9114] } });
      expect(names({ key: 'warnings', descending: true })).toEqual(['two', 'one', 'none']);
    });

    it('of intake goes both ways', () => {
      fill({ a: {}, b: {} });
      expect(names({ key: 'takenIn', descending: true })).toEqual(['b', 'a']);
    });

    it('within groups is the order of each group', () => {
      fill({
        a: { fields: { bankInfo: 'X' }, score: 1 },
        b: { score: 3 },
        c: { fields: { bankInfo: 'X' }, score: 2 },
        d: { fields: { bankInfo: 'W' } },
      });
      expect(names({ key: 'risk', descending: true }, 'bankInfo')).toEqual(['d', 'c', 'a', 'b']);
    });

    it('tells of two cards which comes first', () => {
      const batchId = given.batch();
      const one = given.add(batchId, 'one', { score: 1 });
      const two = given.add(batchId, 'two', { score: 2, fields: { bankInfo: 'X' } });
      expect(given.store.first(one, two, { key: 'risk', descending: true })).toBe(two);
      expect(given.store.first(two, one, { key: 'risk', descending: false })).toBe(one);
      expect(given.store.first(one, two, { key: 'risk', descending: false }, 'bankInfo')).toBe(two);
      expect(given.store.first(two, one, { key: 'state', descending: true })).toBe(one);
    });
  });
}

function groupContract(make: MakeStore): void {
  describe('groups', () => {
    const given = givenStore(make);

    it('of batches come newest first, by their names', () => {
      const [morning, noon] = [given.batch('morning'), given.batch('noon')];
      given.add(morning, 'a');
      given.add(morning, 'b');
      given.add(noon, 'c');
      expect(given.store.groups({}, 'batch')).toEqual([
        { key: String(noon), label: 'noon', count: 1 },
        { key: String(morning), label: 'morning', count: 2 },
      ]);
      expect(given.store.groups({ search: 'a' }, 'batch')).toEqual([
        { key: String(morning), label: 'morning', count: 1 },
      ]);
    });

    it('of states and of doubts come as people think of them, cards with no doubt last', () => {
      const batchId = given.batch();
      given.add(batchId, 'a', { state: APPROVED });
      given.add(batchId, 'b', { doubts: [{ name: 'luhn', weight: 1 }] });
      given.add(batchId, 'c', {
        doubts: [
          { name: 'enginesDiffer', weight: 9 },
          { name: 'luhn', weight: 1 },
        ],
      });
      expect(given.store.groups({}, 'state')).toEqual([
        { key: 'arriving', count: 2 },
        { key: 'approved', count: 1 },
      ]);
      expect(given.store.groups({}, 'doubt')).toEqual([
        { key: 'enginesDiffer', count: 1 },
        { key: 'luhn', count: 1 },
        { key: '', count: 1 },
      ]);
    });

    it('of banks come by their names to the letter, cards with none last', () => {
      const batchId = given.batch();
      for (const bankInfo of ['b', undefined, 'B', 'b']) {
        given.add(batchId, `${given.store.idsAfter(0, 9).length}`, { fields: { bankInfo } });
      }
      expect(given.store.groups({}, 'bankInfo')).toEqual([
        { key: 'B', count: 1 },
        { key: 'b', count: 2 },
        { key: '', count: 1 },
      ]);
    });
  });
}

function reportCountContract(make: MakeStore): void {
  describe('doubtCounts, correctionCounts', () => {
    const given = givenStore(make);
    const fill = () => {
      const [morning, noon] = [given.batch('morning'), given.batch('noon')];
      const luhn = { name: 'luhn', weight: 20 } as const;
      given.add(morning, 'a', {
        doubts: [luhn, { ...luhn, weight: 5 }],
        corrected: ['cardNumber', 'bankInfo'],
      });
      given.add(morning, 'b', { doubts: [{ name: 'expired', weight: 1 }], corrected: ['cardNumber'] });
      given.add(noon, 'c', { doubts: [luhn, { name: 'corrected', weight: 1 }] });
      return { morning };
    };

    it('count the cards of each doubt once, the most first, then by name', () => {
      const { morning } = fill();
      expect(given.store.doubtCounts(undefined)).toEqual([
        { name: 'luhn', cards: 2 },
        { name: 'corrected', cards: 1 },
        { name: 'expired', cards: 1 },
      ]);
      expect(given.store.doubtCounts(morning)).toEqual([
        { name: 'expired', cards: 1 },
        { name: 'luhn', cards: 1 },
      ]);
    });

    it('count the cards that were corrected, and each field', () => {
      const { morning } = fill();
      const none = { bankInfo: 0, cardType: 0, cardName: 0, validDate: 0 };
      const corrected = { cards: 2, fields: { ...none, cardNumber: 2, bankInfo: 1 } };
      expect(given.store.correctionCounts(undefined)).toEqual(corrected);
      expect(given.store.correctionCounts(morning)).toEqual(corrected);
      expect(given.store.correctionCounts((morning + 1) as BatchId).cards).toBe(0);
    });
  });
}
