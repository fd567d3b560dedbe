/**
 * Which index a question about many cards reads, said outright: each page that is read has to be decrypted, and a guess that
 * takes an index in the right order but without the other columns reads every whole row one by one.
 */
import { CARD_STATES, type ColumnFilter, type Filter, type Group, type Sort } from '../../shared/cards';

/** In the order of a column, with what batches and states ask for. */
const IN_ORDER: Readonly<Partial<Record<Sort['key'], string>>> = {
  cardNumber: 'card_by_number',
  name: 'card_by_name',
  bankInfo: 'card_by_bank',
  cardType: 'card_by_type',
  validDate: 'card_by_expiry',
};

/** What `card_score` holds of a card. */
const HELD = 'card_score';
const HELD_SORTS: readonly Sort['key'][] = [
  'risk',
  'takenIn',
  'name',
  'cardNumber',
  'bankInfo',
  'state',
  'batch',
];
const HELD_GROUPS: readonly Group[] = ['batch', 'bankInfo', 'state'];
const HELD_COLUMNS: readonly ColumnFilter[] = ['name', 'cardNumber', 'bankInfo', 'batch', 'risk'];

export interface Question {
  readonly filter: Partial<Filter>;
  readonly sort?: Sort;
  readonly group?: Group;
}

const typedColumns = ({ columns = {} }: Partial<Filter>): ColumnFilter[] =>
  (Object.keys(columns) as ColumnFilter[]).filter((name) => columns[name]?.trim());

/** Asks for nothing but a batch and states, which every index here tells. */
export function isScope(filter: Partial<Filter>): boolean {
  const { search = '', onlyWithWarnings, doubt, assignedTo, samplesDue } = filter;
  return (
    search.trim() === '' &&
    typedColumns(filter).length === 0 &&
    !onlyWithWarnings &&
    doubt === undefined &&
    assignedTo === undefined &&
    !samplesDue
  );
}

function isHeld({ filter, sort, group }: Question): boolean {
  const { onlyWithWarnings, doubt, assignedTo } = filter;
  return (
    !onlyWithWarnings &&
    doubt === undefined &&
    assignedTo === undefined &&
    typedColumns(filter).every((name) => HELD_COLUMNS.includes(name)) &&
    (sort === undefined || HELD_SORTS.includes(sort.key)) &&
    (group === undefined || HELD_GROUPS.includes(group))
  );
}

/** What stands behind `FROM card`. */
export function sourceOf(question: Question): string {
  const { filter, sort, group } = question;
  // Few, by an index of their own.
  if (filter.samplesDue) return '';
  if (isScope(filter) && !group) {
    // In the order of the table, or by the indexes of states and batches.
    if (!sort || sort.key === 'takenIn' || sort.key === 'state') return '';
    const index = IN_ORDER[sort.key];
    if (index) return `INDEXED BY ${index}`;
  }
  // One look at all rows in their own order is quicker than one at each in another.
  return isHeld(question) ? `INDEXED BY ${HELD}` : 'NOT INDEXED';
}

/** How many states a card's number in `packed` leaves room for. */
const ROOM = 16;

/** A card's id and its state as one number, so that both come out of one look at the rows. */
export const PACKED = `card.id * ${ROOM} + CASE card.state ${CARD_STATES.map(
  (state, at) => `WHEN '${state}' THEN ${at}`,
).join(' ')} END`;

export const idIn = (packed: number): number => Math.floor(packed / ROOM);
export const stateIn = (packed: number): number => packed % ROOM;
