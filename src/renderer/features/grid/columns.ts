import type { SORT_KEYS } from '../../../shared/cards';
import type { SheetColumn } from '../../../shared/sheet';

export interface GridColumn {
  readonly name: 'picture' | 'number' | 'bank' | 'type' | 'expiry' | 'warnings' | 'state' | 'file';
  /** The word over it; the picture's is the window's own. */
  readonly word?: SheetColumn;
  readonly sort?: (typeof SORT_KEYS)[number];
}

/** In the order in which they stand; the first column, for selecting, is not among them. */
export const GRID_COLUMNS: readonly GridColumn[] = [
  { name: 'picture' },
  { name: 'number', word: 'cardNumber', sort: 'number' },
  { name: 'bank', word: 'bankInfo', sort: 'bank' },
  { name: 'type', word: 'cardType', sort: 'type' },
  { name: 'expiry', word: 'validDate', sort: 'expiry' },
  { name: 'warnings', word: 'warnings', sort: 'warnings' },
  { name: 'state', word: 'state', sort: 'state' },
  { name: 'file', word: 'name', sort: 'name' },
];
