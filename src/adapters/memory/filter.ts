/** Which cards a filter lets through. */
import { TEXT_FILTERS, type ColumnFilter, type Filter } from '../../shared/cards';
import type { BatchId } from '../../shared/ids';
import { parseRange } from '../../shared/range';
import type { CardRow } from './rows';
import { holds } from './text';

export type Matches = (card: CardRow) => boolean;
export type NameOf = (batchId: BatchId) => string | undefined;

const isText = (name: ColumnFilter): boolean => (TEXT_FILTERS as readonly string[]).includes(name);

function valueOf(card: CardRow, name: ColumnFilter, nameOf: NameOf): string | number | undefined {
  switch (name) {
    case 'name':
      return card.name;
    case 'batch':
      return nameOf(card.batchId);
    case 'engine':
      return card.engine;
    case 'quality':
      return card.quality;
    case 'risk':
      return card.score;
    case 'warnings':
      return card.warnings.length;
    default:
      return card.fields[name];
  }
}

const withoutGaps = (text: string): string => text.replace(/[\s-]/g, '');

function columnMatches(name: ColumnFilter, typed: string, nameOf: NameOf): Matches | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  if (isText(name)) {
    const wanted = name === 'cardNumber' ? withoutGaps(text) : text;
    return (card) => holds(valueOf(card, name, nameOf) as string | undefined, wanted);
  }
  const range = parseRange(text);
  // What is not yet a range, half typed, hides nothing.
  if (!range) return undefined;
  const { least = -Infinity, most = Infinity } = range;
  return (card) => {
    const value = valueOf(card, name, nameOf) as number | undefined;
    return value !== undefined && value >= least && value <= most;
  };
}

function searchMatches(typed: string): Matches | undefined {
  const search = typed.trim();
  if (search === '') return undefined;
  const digits = withoutGaps(search);
  const isNumber = /^\d+$/.test(digits);
  return ({ name, fields }) =>
    holds(name, search) || holds(fields.bankInfo, search) || (isNumber && holds(fields.cardNumber, digits));
}

export function filterMatches(filter: Partial<Filter>, nameOf: NameOf): Matches {
  const { batchId, states = [], onlyWithWarnings, doubt, assignedTo, samplesDue } = filter;
  const found: (Matches | undefined | false)[] = [
    batchId !== undefined && ((card) => card.batchId === batchId),
    states.length > 0 && ((card) => states.includes(card.state.kind)),
    onlyWithWarnings === true && ((card) => card.warnings.length > 0),
    doubt !== undefined && ((card) => card.doubts.some(({ name }) => name === doubt)),
    assignedTo !== undefined && ((card) => card.assignedTo === assignedTo),
    samplesDue === true && ((card) => card.sample === 'due' && card.state.kind === 'approved'),
    ...Object.entries(filter.columns ?? {}).map(([name, text]) =>
      columnMatches(name as ColumnFilter, text, nameOf),
    ),
    searchMatches(filter.search ?? ''),
  ];
  const terms = found.filter((one): one is Matches => typeof one === 'function');
  return (card) => terms.every((matches) => matches(card));
}
