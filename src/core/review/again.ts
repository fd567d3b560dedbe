/** Cards that a person wants read again: those whose picture the desk has no longer are taken in anew from where they came. */
import type { CardId } from '../../shared/ids';
import type { Output } from '../../shared/ipc';
import type { EngineName } from '../../shared/recognition';
import { ok } from '../../shared/result';
import { canBeTakenAnew } from '../cards/picture-lost';
import type { CardStore } from '../cards/ports';
import type { Review } from './review';

export interface AgainTools {
  readonly store: CardStore;
  readonly review: Pick<Review, 'recogniseAgain'>;
  readonly intake: { retake(ids: readonly CardId[]): void };
}

export function recogniseAgain(
  { store, review, intake }: AgainTools,
  ids: readonly CardId[],
  engine: EngineName | undefined,
): Output<'cards:recogniseAgain'> {
  const anew = new Set(
    store
      .cards(ids)
      .filter(canBeTakenAnew)
      .map(({ id }) => id),
  );
  if (anew.size === 0) return review.recogniseAgain(ids, engine);
  intake.retake([...anew]);
  const others = ids.filter((id) => !anew.has(id));
  if (others.length === 0) return ok({ changed: anew.size, skipped: 0 });
  const done = review.recogniseAgain(others, engine);
  // What the others failed for is no failure of these.
  if (!done.ok) return ok({ changed: anew.size, skipped: others.length });
  return ok({ ...done.value, changed: done.value.changed + anew.size, revision: undefined });
}
