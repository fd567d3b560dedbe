import type { Handlers } from '../answer';
import type { HandlerTools } from '../shell';

export function batchHandlers({ desk }: HandlerTools) {
  return {
    'batches:list': () => desk().batches.list(),
    'batches:rename': ({ batchId, name }) => desk().batches.rename(batchId, name),
    'report:get': ({ batchId }) => desk().report(batchId),
  } satisfies Partial<Handlers>;
}
