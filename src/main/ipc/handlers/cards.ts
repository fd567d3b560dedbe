/** Single cards, and what people do with them. */
import { idsOf, seenOf } from '../../../core/views/targets';
import type { Handlers } from '../answer';
import type { HandlerTools } from '../shell';

export function cardHandlers({ desk }: HandlerTools) {
  return {
    'cards:detail': ({ cardId }) => desk().cards.detail(cardId),
    'cards:reveal': ({ cardId }) => desk().review.reveal(cardId),
    'cards:decide': ({ target, decision, warningsAcknowledged, effort }) =>
      desk().review.decide(seenOf(target, desk().views), decision, warningsAcknowledged, effort),
    'cards:wall': ({ ids }) => desk().review.wall(ids),
    'cards:settle': ({ card, side }) => desk().review.settle(card, side),
    'cards:check': ({ card, right }) => desk().review.check(card, right),
    'cards:assign': ({ target, to }) => desk().review.assign(idsOf(target, desk().views), to),
    'cards:note': ({ cardId, text }) => desk().review.note(cardId, text),
    'cards:secondOpinion': ({ target }) => desk().review.secondOpinion(idsOf(target, desk().views)),
    'cards:correct': ({ card, field, value }) => desk().review.correct(card, field, value),
    'cards:recogniseAgain': ({ target, engine }) =>
      desk().recogniseAgain(idsOf(target, desk().views), engine),
    'cards:recogniseCut': ({ cardId, engine, ...region }) => desk().recogniseCut(cardId, region, engine),
    'cards:reopen': ({ target }) => desk().review.reopen(idsOf(target, desk().views)),

    'edit:state': () => desk().review.undoState(),
    'edit:undo': () => desk().review.undo(),
    'edit:redo': () => desk().review.redo(),
  } satisfies Partial<Handlers>;
}
