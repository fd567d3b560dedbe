import type { Settings } from '../../shared/settings';
import type { CardId } from '../../shared/ids';
import type { People } from '../people/people';
import type { Engines } from '../recognition/engines';
import type { Edits, EditTools } from './edits';

export interface ReviewTools extends EditTools {
  readonly people: Pick<People, 'may' | 'several' | 'known'>;
  settings(): Settings;
  /** 0 up to, not including, 1: draws the samples. */
  random(): number;
  /** Has cards assessed by what counts now, where they are not. */
  assessed(ids: readonly CardId[]): void;
  readonly engines: Engines;
}

/** What each part of a review is made with: all of them write through the same edits. */
export interface PartTools extends ReviewTools {
  readonly edits: Edits;
}
