/** What a view over the seeded cards has to show, worked out here a second time so that nothing wrong is timed. */
import { BATCHES, type ManyCard } from '../../helpers/many-cards';

/** The names of the first rows and how many there are: enough to tell one view from another. */
export interface Expected {
  readonly names: readonly string[];
  readonly total: number;
}

const FIRST_ROWS = 5;

type Key = (card: ManyCard) => string | number | undefined;
export const SORTS = {
  risk: (card) => card.score,
  cardNumber: (card) => card.fields.cardNumber,
  bankInfo: (card) => card.fields.bankInfo,
  cardType: (card) => card.fields.cardType,
  validDate: ({ fields: { validDate } }) => validDate && validDate.slice(3) + validDate.slice(0, 2),
  state: (card) => card.state.kind,
  name: (card) => card.name,
} as const satisfies Record<string, Key>;
export type SortName = keyof typeof SORTS;

/** In the order of intake: batch by batch. */
export function inStore(cards: readonly ManyCard[]): readonly ManyCard[] {
  return BATCHES.flatMap((_name, batch) => cards.filter((card) => card.batch === batch));
}

/** Empty values come last in both directions, ties keep the order of intake. */
export function sorted(cards: readonly ManyCard[], by: SortName, descending: boolean): readonly ManyCard[] {
  const key: Key = SORTS[by];
  const sign = descending ? -1 : 1;
  return cards
    .map((card) => ({ card, value: key(card) }))
    .sort(({ value: one }, { value: other }) => {
      if (one === other) return 0;
      if (one === undefined) return 1;
      if (other === undefined) return -1;
      return one < other ? -sign : sign;
    })
    .map(({ card }) => card);
}

export function found(cards: readonly ManyCard[], text: string): readonly ManyCard[] {
  const digits = text.replaceAll(' ', '');
  return cards.filter(
    ({ name, fields }) =>
      name.includes(text) || fields.bankInfo?.includes(text) || fields.cardNumber?.includes(digits),
  );
}

export function expectedOf(cards: readonly ManyCard[]): Expected {
  return { names: cards.slice(0, FIRST_ROWS).map(({ name }) => name), total: cards.length };
}
