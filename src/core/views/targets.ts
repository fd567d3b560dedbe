/** Which cards a person means: some by name, or all of a view but a few. */
import type { DecideTarget, Target } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import { seenOne, seenTogether, type Seen } from '../review/seen';
import type { Views } from './views';

export function idsOf(target: Target, views: Pick<Views, 'all'>): readonly CardId[] {
  return target.kind === 'cards' ? target.ids : views.all(target.viewId, target.except);
}

/** With what was shown of them. */
export function seenOf(target: DecideTarget, views: Pick<Views, 'seen'>): Seen {
  if (target.kind === 'card') return seenOne(target);
  if (target.kind === 'cards') return seenTogether(target.cards);
  return views.seen(target.viewId, target.version, target.except);
}
