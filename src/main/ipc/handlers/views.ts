import type { Handlers } from '../answer';
import type { HandlerTools } from '../shell';

export function viewHandlers({ desk }: HandlerTools) {
  return {
    'view:open': ({ filter, sort, group, first }) => desk().views.open(filter, sort, group, first),
    'view:rows': ({ viewId, from, to }) => desk().views.rows(viewId, from, to),
    'view:position': ({ viewId, cardId }) => desk().views.position(viewId, cardId),
    'view:next': ({ viewId, after, kind }) => desk().next(viewId, after, kind),
  } satisfies Partial<Handlers>;
}
