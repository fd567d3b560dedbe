/** A filter, a sort order and a grouping as SQL; values travel as parameters only. */
import {
  CARD_STATES,
  TEXT_FILTERS,
  type ColumnFilter,
  type Filter,
  type Group,
  type Sort,
} from '../../shared/cards';
import { DOUBT_NAMES } from '../../shared/doubts';
import type { BatchId } from '../../shared/ids';
import { parseRange } from '../../shared/range';

export interface Where {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

function like(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

const FILTERED: Readonly<Record<ColumnFilter, string>> = {
  name: 'card.name',
  cardNumber: 'card.card_number',
  bankInfo: 'card.bank_info',
  cardType: 'card.card_type',
  cardName: 'card.card_name',
  validDate: 'card.valid_date',
  batch: '(SELECT name FROM batch WHERE batch.id = card.batch_id)',
  engine: 'card.engine',
  quality: 'card.quality',
  risk: 'card.score',
  warnings: 'json_array_length(card.warnings)',
};

const isText = (name: ColumnFilter): boolean => (TEXT_FILTERS as readonly string[]).includes(name);

function columnTerm(name: ColumnFilter, typed: string): Where | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  const column = FILTERED[name];
  if (isText(name)) {
    const wanted = name === 'cardNumber' ? text.replace(/[\s-]/g, '') : text;
    return { sql: `${column} LIKE ? ESCAPE '\\'`, parameters: [like(wanted)] };
  }
  const range = parseRange(text);
  // What is not yet a range, half typed, hides nothing.
  if (!range) return undefined;
  const { least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER } = range;
  return { sql: `${column} BETWEEN ? AND ?`, parameters: [least, most] };
}

function searchTerm(typed: string): Where | undefined {
  const search = typed.trim();
  if (search === '') return undefined;
  const either = ["card.name LIKE ? ESCAPE '\\'", "card.bank_info LIKE ? ESCAPE '\\'"];
  const parameters = [like(search), like(search)];
  const digits = search.replace(/[\s-]/g, '');
  if (/^\d+$/.test(digits)) {
    either.push('card.card_number LIKE ?');
    parameters.push(`%${digits}%`);
  }
  return { sql: `(${either.join(' OR ')})`, parameters };
}

function terms(filter: Partial<Filter>): readonly Where[] {
  const found: (Where | undefined)[] = [];
  const term = (sql: string, ...parameters: (string | number)[]) => found.push({ sql, parameters });
  if (filter.batchId !== undefined) term('card.batch_id = ?', filter.batchId);
  if (filter.states && filter.states.length > 0) {
    term(`card.state IN (${filter.states.map(() => '?').join(', ')})`, ...filter.states);
  }
  if (filter.onlyWithWarnings) term("card.warnings <> '[]'");
  if (filter.doubt) {
    term(
      "EXISTS (SELECT 1 FROM json_each(card.doubts) AS doubt WHERE doubt.value ->> 'name' = ?)",
      filter.doubt,
    );
  }
  if (filter.assignedTo !== undefined) term('card.assigned_to = ?', filter.assignedTo);
  if (filter.samplesDue) term("card.sample = 'due' AND card.state = 'approved'");
  for (const [name, text] of Object.entries(filter.columns ?? {})) {
    found.push(columnTerm(name as ColumnFilter, text));
  }
  found.push(searchTerm(filter.search ?? ''));
  return found.filter((one) => one !== undefined);
}

export function where(filter: Partial<Filter>, ...more: readonly Where[]): Where {
  const all = [...more, ...terms(filter)];
  return {
    sql: all.length > 0 ? `WHERE ${all.map(({ sql }) => sql).join(' AND ')}` : '',
    parameters: all.flatMap(({ parameters }) => parameters),
  };
}

/** A further term. An id is a whole number by its schema: it may stand in the text. (libsql takes no NULL as the first parameter.) */
export const inBatch = (batchId: BatchId | undefined): string =>
  batchId === undefined ? '' : `AND batch_id = ${Number(batchId)}`;

const ORDER: Readonly<Record<Sort['key'], string>> = {
  risk: 'card.score',
  takenIn: 'card.id',
  name: 'card.name COLLATE NOCASE',
  cardNumber: 'card.card_number',
  bankInfo: 'card.bank_info',
  cardType: 'card.card_type',
  cardName: 'card.card_name',
  validDate: 'substr(card.valid_date, 4) || substr(card.valid_date, 1, 2)',
  quality: 'card.quality',
  warnings: 'json_array_length(card.warnings)',
  state: 'card.state',
  engine: 'card.engine',
  batch: 'card.batch_id',
  assignedTo: 'card.assigned_to',
  updated: 'card.updated_at',
};

function inOrder(column: string, names: readonly string[]): string {
  return `CASE ${column} ${names.map((name, at) => `WHEN '${name}' THEN ${at}`).join(' ')} END`;
}

/** A group's key, and what the groups are ordered by: newest batch first, then as people think of states and doubts. */
const GROUPING: Readonly<Record<Group, { readonly key: string; readonly order: string }>> = {
  batch: { key: 'card.batch_id', order: 'card.batch_id DESC' },
  bankInfo: { key: 'card.bank_info', order: 'card.bank_info ASC NULLS LAST' },
  state: { key: 'card.state', order: `${inOrder('card.state', CARD_STATES)} ASC` },
  doubt: { key: 'card.top_doubt', order: `${inOrder('card.top_doubt', DOUBT_NAMES)} ASC NULLS LAST` },
};

/** Empty values come last in both directions; ties keep the order of intake. */
export function orderBy(sort: Sort, group?: Group): string {
  const direction = sort.descending ? 'DESC' : 'ASC';
  const parts = group ? [GROUPING[group].order] : [];
  if (sort.key === 'takenIn') parts.push(`card.id ${direction}`);
  else parts.push(`${ORDER[sort.key]} ${direction} NULLS LAST`, 'card.id ASC');
  return `ORDER BY ${parts.join(', ')}`;
}

export function groupBy(group: Group): { readonly key: string; readonly tail: string } {
  const { key, order } = GROUPING[group];
  return { key, tail: `GROUP BY ${key} ORDER BY ${order}` };
}
