/** What is worth saying of a field's readings beside the value that stands. */
import type { CardDetail, FieldDetail } from '../../../shared/cards';
import { ENGINES, type EngineName } from '../../../shared/recognition';
import { textDifferences } from '../../ui/text-differences';

export interface Column {
  readonly engine: EngineName;
  readonly value: string;
  /** Positions (0-based) of what the other engine has otherwise. */
  readonly marks: readonly number[];
}

export type Comparison =
  /** Nothing: the only reading is the value. */
  | { readonly kind: 'quiet' }
  /** One reading; `value` where another one stands, `alone` where another engine read the card but not this field. */
  | { readonly kind: 'one'; readonly engine: EngineName; readonly value?: string; readonly alone: boolean }
  /** Both engines read the same; `value` where another one stands. */
  | { readonly kind: 'both'; readonly value?: string }
  | { readonly kind: 'apart'; readonly columns: readonly [Column, Column] };

/** The engines that read something of a card, always in the same order. */
export function enginesOf({ fields }: Pick<CardDetail, 'fields'>): readonly EngineName[] {
  return ENGINES.filter((name) =>
    fields.some(({ readings }) => readings.some(({ engine }) => engine === name)),
  );
}

export function compare(
  { value, readings }: Pick<FieldDetail, 'value' | 'readings'>,
  engines: readonly EngineName[],
): Comparison {
  const read = engines.flatMap((engine) => readings.find((reading) => reading.engine === engine) ?? []);
  const [one, other] = read;
  if (!one) return { kind: 'quiet' };
  const unlessStanding = one.value === value ? undefined : one.value;
  if (!other) {
    const alone = engines.length > 1;
    if (!alone && unlessStanding === undefined) return { kind: 'quiet' };
    return { kind: 'one', engine: one.engine, value: unlessStanding, alone };
  }
  if (one.value === other.value) return { kind: 'both', value: unlessStanding };
  const [left, right] = textDifferences(one.value, other.value);
  return {
    kind: 'apart',
    columns: [
      { engine: one.engine, value: one.value, marks: left },
      { engine: other.engine, value: other.value, marks: right },
    ],
  };
}
