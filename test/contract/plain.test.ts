/** What a search finds and how cards stand in order, written out a second time in the plainest way, and held against every store. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/core/cards/ports';
import { SORT_KEYS, type Sort } from '../../src/shared/cards';
import type { DeskStore } from '../../src/core/desk-store';
import type { BatchId } from '../../src/shared/ids';
import { AT, type MadeStore } from './card-store/given';
import { anyCards, fillAll } from './card-store/random-cards';
import { STORES } from './card-store/stores';

const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const contains = (text: string | undefined, part: string) =>
  text !== undefined && lower(text).includes(lower(part));

function isFound({ name, fields }: Card, typed: string): boolean {
  const text = typed.trim();
  const digits = text.replace(/[\s-]/g, '');
  return (
    contains(name, text) ||
    contains(fields.bankInfo, text) ||
    (/^[0-9]+$/.test(digits) && contains(fields.cardNumber, digits))
  );
}

type Value = string | number | undefined;
const VALUES: Readonly<Record<Sort['key'], (card: Card) => Value>> = {
  risk: ({ score }) => score,
  takenIn: ({ id }) => id,
  name: ({ name }) => lower(name),
  cardNumber: ({ fields }) => fields.cardNumber,
  bankInfo: ({ fields }) => fields.bankInfo,
  cardType: ({ fields }) => fields.cardType,
  cardName: ({ fields }) => fields.cardName,
  validDate: ({ fields: { validDate } }) => {
    const signs = validDate === undefined ? undefined : Array.from(validDate);
    return signs && [...signs.slice(3), ...signs.slice(0, 2)].join('');
  },
  quality: ({ quality }) => quality,
  warnings: ({ warnings }) => warnings.length,
  state: ({ state }) => state.kind,
  engine: ({ engine }) => engine,
  batch: ({ batchId }) => batchId,
  assignedTo: ({ assignedTo }) => assignedTo,
  updated: ({ updatedAt }) => updatedAt,
};

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
}

function inOrder(cards: readonly Card[], { key, descending }: Sort): readonly Card[] {
  const value = VALUES[key];
  const some = cards.filter((card) => value(card) !== undefined);
  const none = cards.filter((card) => value(card) === undefined);
  const sign = descending ? -1 : 1;
  some.sort((one, other) => {
    const [a, b] = [value(one), value(other)] as [string | number, string | number];
    return sign * compare(a, b) || one.id - other.id;
  });
  return [...some, ...none];
}

/** Letters and digits of one width and the other, marks of LIKE, gaps, words of one and two signs, signs of two code units. */
const PARTS = [
  'a',
  'B',
  'ab',
  'Ａ',
  'ａ',
  'ß',
  'Ä',
  'ä',
  'İ',
  '1',
  '１',
  '62',
  '0212',
  '2 1',
  '2-1',
  '%',
  '_',
].concat([
  '\\',
  '%%',
  "'",
  '"',
  ' ',
  '\u3000',
  '\u00a0',
  '-',
  '招商',
  '银',
  '銀行',
  '㐂',
  '😀',
  '👩‍💻',
  '\u0301',
  '*',
  '?',
  '[',
]);
const text = fc
  .array(fc.oneof(fc.constantFrom(...PARTS), fc.string({ maxLength: 2, unit: 'binary' })), { maxLength: 5 })
  // A text ends at this sign in SQLite's own functions, and no file and no bank has it in its name.
  .map((parts) => parts.join('').replaceAll('\0', ''));
const number = fc.stringMatching(/^[012]{3,8}$/);

describe.each(Object.entries(STORES))('the store %s', (_where, make) => {
  let made: MadeStore;
  let store: DeskStore;
  let cards: readonly Card[];
  beforeAll(() => {
    made = make();
    store = made.store;
    fillAll([store], anyCards());
    const names = fc.sample(fc.tuple(text, text, fc.option(number, { nil: undefined })), {
      seed: 3,
      numRuns: 300,
    });
    store.transaction(() => {
      for (const [at, [name, bankInfo, cardNumber]] of names.entries()) {
        const [id] = store.addCards(1 as BatchId, [{ kind: 'file', name, location: `/text/${at}` }], AT);
        if (id !== undefined) store.change(id, { fields: { bankInfo, cardNumber } }, AT);
      }
    });
    cards = store.cards(store.idsAfter(0, 1000));
  });
  afterAll(() => made.dispose());

  it('finds what holds the text, A to Z without regard to case, and a number by its digits, with gaps or without', () => {
    const pieces = fc.constantFrom(...cards).chain(({ name, fields }) => {
      const from = Array.from(
        fc.sample(fc.constantFrom(name, fields.bankInfo ?? '', fields.cardNumber ?? ''), 1)[0] ?? '',
      );
      return fc
        .tuple(fc.nat(from.length), fc.nat(from.length))
        .map(([one, other]) => from.slice(Math.min(one, other), Math.max(one, other)).join(''));
    });
    let hits = 0;
    fc.assert(
      fc.property(fc.oneof(text, pieces, number), (typed) => {
        fc.pre(typed.trim() !== '');
        const expected = cards.filter((card) => isFound(card, typed)).map(({ id }) => id);
        hits += expected.length;
        expect(store.found({ search: typed }, { key: 'takenIn', descending: false }).ids).toEqual(expected);
      }),
      { numRuns: 600 },
    );
    expect(hits).toBeGreaterThan(600);
  });

  it.each(SORT_KEYS.flatMap((key) => [false, true].map((descending) => ({ key, descending }))))(
    'puts cards in order by $key, downwards: $descending',
    (sort) => {
      const expected = inOrder(cards, sort).map(({ id }) => id);
      if (sort.key === 'takenIn' && sort.descending) expected.sort((one, other) => other - one);
      expect(store.found({}, sort).ids).toEqual(expected);
      const pending = new Set(store.ids({ states: ['pending'] }, sort));
      expect(store.ids({ states: ['pending'] }, sort)).toEqual(expected.filter((id) => pending.has(id)));
    },
  );
});
