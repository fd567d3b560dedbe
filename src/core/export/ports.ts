import type { CardStateName } from '../../shared/cards';
import type { FailureOf } from '../../shared/ipc';
import type { Result } from '../../shared/result';
import type { CancelSignal } from '../recognition/ports';

/** A cell: text as it is, a day, a moment, a number, or nothing. `day` has no time zone: year, month (1-12), day. */
export type Cell =
  | undefined
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'month'; readonly year: number; readonly month: number }
  | { readonly kind: 'moment'; readonly at: number }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'state'; readonly state: CardStateName; readonly text: string };

export interface SheetBook {
  readonly title: string;
  readonly columns: readonly { readonly header: string; readonly width: number }[];
  /** Made as they are written: 100,000 rows are never in memory together. */
  readonly rows: Iterable<readonly Cell[]>;
  readonly rowCount: number;
  /** Further pages, each a small table of numbers. */
  readonly tables: readonly SheetTable[];
}

export interface SheetTable {
  readonly title: string;
  readonly headers: readonly string[];
  readonly lines: readonly { readonly label: string; readonly numbers: readonly number[] }[];
  /** The last line is the sum of those above. */
  readonly summed: boolean;
}

export interface SheetWriter {
  /** Writes beside the target and puts it in place when it is whole: a failure leaves the old file and no half one. */
  write(
    target: string,
    book: SheetBook,
    signal: CancelSignal,
    written: (rows: number) => void,
  ): Promise<Result<true, FailureOf<'report:export'>>>;
}
