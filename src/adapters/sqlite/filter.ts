/** A filter and a sort order as SQL; values travel as parameters only. */
import type { Filter, Sort } from '../../shared/cards';

export interface Where {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

function like(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

export function where(filter: Partial<Filter>): Where {
  const terms: string[] = [];
  const parameters: (string | number)[] = [];
  if (filter.batchId !== undefined) {
    terms.push('card.batch_id = ?');
    parameters.push(filter.batchId);
  }
  if (filter.states && filter.states.length > 0) {
    terms.push(`card.state IN (${filter.states.map(() => '?').join(', ')})`);
    parameters.push(...filter.states);
  }
  if (filter.onlyWithWarnings) terms.push("card.warnings <> '[]'");
  const search = filter.search?.trim() ?? '';
  if (search !== '') {
    const either = ["card.name LIKE ? ESCAPE '\\'", "card.bank_info LIKE ? ESCAPE '\\'"];
    parameters.push(like(search), like(search));
    const digits = search.replace(/[\s-]/g, '');
    if (/^\d+$/.test(digits)) {
      either.push('card.card_number LIKE ?');
      parameters.push(`%${digits}%`);
    }
    terms.push(`(${either.join(' OR ')})`);
  }
  return { sql: terms.length > 0 ? `WHERE ${terms.join(' AND ')}` : '', parameters };
}

const ORDER: Readonly<Record<Sort['key'], string>> = {
  takenIn: 'card.id',
  name: 'card.name COLLATE NOCASE',
  number: 'card.card_number',
  bank: 'card.bank_info',
  type: 'card.card_type',
  cardName: 'card.card_name',
  expiry: 'substr(card.valid_date, 4) || substr(card.valid_date, 1, 2)',
  quality: 'card.quality',
  warnings: 'json_array_length(card.warnings)',
  state: 'card.state',
  batch: 'card.batch_id',
  engine: 'card.engine',
  updated: 'card.updated_at',
};

/** Empty values come last in both directions; ties keep the order of intake. */
export function orderBy(sort: Sort): string {
  const key = ORDER[sort.key];
  const direction = sort.descending ? 'DESC' : 'ASC';
  if (sort.key === 'takenIn') return `ORDER BY card.id ${direction}`;
  return `ORDER BY (${key}) IS NULL, ${key} ${direction}, card.id`;
}
