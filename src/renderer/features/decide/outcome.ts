/** What came of a change of several cards, in the parts in which it is told. */
import type { Done } from '../../../shared/ipc';

export interface Part {
  /** A word of the messages under `decide`. */
  readonly word: 'stay' | 'changedSince' | 'skipped';
  readonly n: number;
}

/** `staying`: cards that were shown and not asked for, since somebody has to look at them. */
export function outcome(
  done: Done,
  staying: number,
): { readonly changed: number; readonly parts: readonly Part[] } {
  const stay = (done.why?.['card.needsLook'] ?? 0) + staying;
  const changedSince = done.why?.['card.changedSince'] ?? 0;
  const skipped = done.skipped - (done.why?.['card.needsLook'] ?? 0) - changedSince;
  const parts: readonly Part[] = [
    { word: 'stay', n: stay },
    { word: 'changedSince', n: changedSince },
    { word: 'skipped', n: skipped },
  ];
  return { changed: done.changed, parts: parts.filter(({ n }) => n > 0) };
}
