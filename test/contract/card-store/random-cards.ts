/** Cards, filters and orders of all kinds, out of small stocks, so that they meet each other often. */
import fc from 'fast-check';
import type { CardChange } from '../../../src/core/cards/ports';
import type { DeskStore } from '../../../src/core/desk-store';
import {
  CARD_STATES,
  RANGE_FILTERS,
  SORT_KEYS,
  TEXT_FILTERS,
  type CardStateName,
  type Filter,
  type Sort,
} from '../../../src/shared/cards';
import { DOUBT_NAMES } from '../../../src/shared/doubts';
import type { BatchId } from '../../../src/shared/ids';
import { ENGINES, FIELD_NAMES, WARNING_CODES } from '../../../src/shared/recognition';
import { AT } from './given';

const BATCHES = ['Morning', 'noon 招商', '100%'];
const PEOPLE = ['An', 'an', 'Bo'];
const TEXTS = [
  'a',
  'A',
  'aB',
  'Ab',
  'z',
  'Z_z',
  '100%',
  'a\\b',
  'Ä',
  'ä',
  'ß',
  '招商银行',
  '😀',
  '｡',
  '',
  ' x ',
  '',
  '[',
  '@',
  '`',
];
const NUMBERS = ['6222021234567890', '6222 0212', '6217', '0', ''];
const DATES = ['12/2028', '01/2030', '02/2028', '1/30', 'x', '😀😀😀😀'];

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const text = fc.constantFrom(...TEXTS);

function stateOf(kind: CardStateName): CardChange['state'] {
  const person = { by: 'An', at: 1 };
  const verdict = { ...person, decision: { kind: 'approve' }, fields: {}, corrected: [] } as const;
  switch (kind) {
    case 'arriving':
    case 'pending':
    case 'queued':
      return { kind };
    case 'recognising':
      return { kind, attemptId: 1 };
    case 'second':
      return { kind, first: verdict };
    case 'disputed':
      return { kind, first: verdict, second: verdict };
    case 'rejected':
      return { kind, ...person, reason: 'other' };
    case 'failed':
      return { kind, code: 'x', at: 1 };
    default:
      return { kind, ...person };
  }
}

interface AnyCard {
  readonly name: string;
  readonly batch: number;
  readonly at: number;
  readonly change: CardChange;
}

const anyCard: fc.Arbitrary<AnyCard> = fc.record({
  name: text,
  batch: fc.nat(BATCHES.length - 1),
  at: fc.nat(5),
  change: fc.record(
    {
      state: fc.constantFrom(...CARD_STATES).map((kind) => stateOf(kind) as NonNullable<CardChange['state']>),
      fields: fc.record({
        cardNumber: maybe(fc.constantFrom(...NUMBERS)),
        bankInfo: maybe(text),
        cardType: maybe(text),
        cardName: maybe(text),
        validDate: maybe(fc.constantFrom(...DATES)),
      }),
      corrected: fc.subarray([...FIELD_NAMES]),
      warnings: fc.subarray([...WARNING_CODES]),
      doubts: fc
        .subarray([...DOUBT_NAMES], { maxLength: 4 })
        .map((names) => names.map((name) => ({ name, weight: 5 }))),
      score: maybe(fc.nat(6)),
      sample: maybe(fc.constantFrom('due' as const, 'right' as const, 'wrong' as const)),
      assignedTo: maybe(fc.constantFrom(...PEOPLE)),
      quality: maybe(fc.nat(6)),
      engine: maybe(fc.constantFrom(...ENGINES)),
      sha256: maybe(fc.constantFrom('ab', 'cd')),
    },
    { requiredKeys: [] },
  ),
});

/** The same at each run: what is asked of them is not. */
export function anyCards(): readonly AnyCard[] {
  return fc.sample(anyCard, { seed: 20, numRuns: 300 });
}

/** The same into each. */
export function fillAll(stores: readonly DeskStore[], cards: readonly AnyCard[]): void {
  for (const store of stores) {
    store.transaction(() => {
      const batches = BATCHES.map((name) => store.createBatch(name, AT));
      cards.forEach(({ name, batch, at, change }, place) => {
        const source = { kind: 'file', name, location: `/in/${place}` } as const;
        const [id] = store.addCards(batches[batch] as BatchId, [source], AT);
        if (id !== undefined) store.change(id, change, at);
      });
    });
  }
}

const typed = fc.constantFrom(
  ...TEXTS,
  ...NUMBERS,
  ...DATES,
  '-',
  '%',
  '_',
  '\\',
  'B',
  '商',
  '62220212',
  '2 1',
  'loc',
  '/20',
);
const range = fc.constantFrom(
  '<',
  '<3',
  '≤3',
  '>2',
  '>=2',
  '3',
  '=3',
  '2-4',
  '4-2',
  '5-',
  'x',
  ' 2 ~ 3 ',
  '999999',
);

const TERMS = {
  states: fc.subarray([...CARD_STATES]),
  batchId: fc.constantFrom(1, 2, 3, 4).map((id) => id as BatchId),
  search: typed,
  onlyWithWarnings: fc.boolean(),
  doubt: fc.constantFrom(...DOUBT_NAMES),
  assignedTo: fc.constantFrom(...PEOPLE),
  samplesDue: fc.boolean(),
  columns: fc
    .dictionary(fc.constantFrom(...TEXT_FILTERS), typed, { maxKeys: 2 })
    .chain((texts) =>
      fc
        .dictionary(fc.constantFrom(...RANGE_FILTERS), range, { maxKeys: 1 })
        .map((ranges) => ({ ...texts, ...ranges })),
    ),
};

/** Of few terms: one of many lets hardly a card through, and tells two stores from each other no more. */
export const anyFilter: fc.Arbitrary<Partial<Filter>> = fc
  .tuple(fc.record(TERMS), fc.subarray(Object.keys(TERMS) as (keyof typeof TERMS)[], { maxLength: 2 }))
  .map(([terms, names]) => Object.fromEntries(names.map((name) => [name, terms[name]])));

export const anySort: fc.Arbitrary<Sort> = fc.record({
  key: fc.constantFrom(...SORT_KEYS),
  descending: fc.boolean(),
});
