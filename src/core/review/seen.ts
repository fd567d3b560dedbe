/** Cards as they stood on the screen when a person decided: nothing is decided on another value than the one that was shown. */
import type { SeenCard } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import { fail, ok, type Result } from '../../shared/result';
import type { Card } from '../cards/ports';

export interface Seen {
  readonly ids: readonly CardId[];
  /** Looked at for itself; else one of several that one key decides. */
  readonly singly: boolean;
  /** Whether a card still is what was shown. */
  isSame(card: Card): boolean;
}

export function seenOne({ id, revision }: SeenCard): Seen {
  return { ids: [id], singly: true, isSame: (card) => card.revision === revision };
}

export function seenTogether(cards: readonly SeenCard[]): Seen {
  const revisions = new Map(cards.map(({ id, revision }) => [id, revision]));
  return {
    ids: [...revisions.keys()],
    singly: false,
    isSame: ({ id, revision }) => revisions.get(id) === revision,
  };
}

export function unchanged(card: Card, seen: Pick<Seen, 'isSame'>): Result<true, 'card.changedSince'> {
  return seen.isSame(card) ? ok(true) : fail('card.changedSince');
}
