/** Cards that a person sends to an engine: to be read again, or for another engine's opinion. */
import type { CardId } from '../../shared/ids';
import type { Output } from '../../shared/ipc';
import type { EngineName } from '../../shared/recognition';
import { fail, ok, type Result } from '../../shared/result';
import { ASKED_BY_PERSON, moveTo, type CardState } from '../cards/card';
import type { Card } from '../cards/ports';
import { newestAttempts } from '../recognition/newest';
import type { AttemptStore } from '../recognition/ports';
import type { Change } from './edits';
import type { PartTools } from './tools';

export interface Asking {
  recogniseAgain(
    ids: readonly CardId[],
    engine: EngineName | undefined,
    /** A region cut out by hand, by its name in the picture store. */
    picture?: string,
  ): Output<'cards:recogniseAgain'>;
  secondOpinion(ids: readonly CardId[]): Output<'cards:secondOpinion'>;
}

export function createAsking(tools: PartTools): Asking {
  const { edits } = tools;

  function queued(card: Card, to: CardState): Result<Change, 'card.wrongState' | 'card.noPicture'> {
    if (!card.pictures.original) return fail('card.noPicture');
    // Only the queue takes a card back from an engine: asked twice at once, a question to the cloud is paid for twice.
    if (card.state.kind === 'recognising')
      return fail('card.wrongState', { from: card.state.kind, to: to.kind });
    const moved = moveTo(card.state, to);
    if (!moved.ok) return moved;
    const engine = 'engine' in to ? to.engine : undefined;
    return ok({ to: { state: moved.value }, params: engine && { engine } });
  }

  return {
    recogniseAgain(ids, engine, picture) {
      if (engine !== undefined && !tools.engines.available(engine)) return fail('card.noCredentials');
      return edits.edit(ids, picture === undefined ? 'recogniseAgain' : 'recogniseCut', (card) =>
        queued(card, { kind: 'queued', engine, picture, notBefore: ASKED_BY_PERSON }),
      );
    },

    secondOpinion: (ids) =>
      edits.edit<'card.wrongState' | 'card.noPicture' | 'card.noOtherEngine'>(
        ids,
        'secondOpinion',
        (card) => {
          const engine = otherEngine(card, tools);
          if (engine === undefined) return fail('card.noOtherEngine');
          return queued(card, { kind: 'queued', engine, opinion: true, notBefore: ASKED_BY_PERSON });
        },
      ),
  };
}

/** The first engine that has not read a card and can be asked. */
export function otherEngine(
  card: Card,
  { store, engines }: Pick<PartTools, 'engines'> & { readonly store: AttemptStore },
): EngineName | undefined {
  const have = newestAttempts(store.attempts(card.id)).map(({ engine }) => engine);
  return have.length === 0 ? undefined : engines.otherThan(have);
}
