/** Whole card numbers, for whoever asks: each time it is written down. */
import type { RevealedNumber, WallCard } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { Output } from '../../shared/ipc';
import { fail, ok } from '../../shared/result';
import type { Card } from '../cards/ports';
import { doubtfulDigits } from '../doubts/doubts';
import { newestAttempts } from '../recognition/newest';
import { maySettle } from './second-review';
import type { PartTools } from './tools';

export interface Revealing {
  /** Gives the whole number and writes down that it was asked for. */
  reveal(id: CardId): Output<'cards:reveal'>;
  /** The whole numbers of some cards, each written down; cards without one are left out. */
  wall(ids: readonly CardId[]): readonly WallCard[];
}

export function createRevealing({ store, clock, people, who }: PartTools): Revealing {
  function numbersOf(card: Card): RevealedNumber {
    const { state } = card;
    const both = state.kind === 'disputed' && people.may('supervisor') && maySettle(state, who());
    return {
      revision: card.revision,
      value: card.fields.cardNumber,
      dispute: both
        ? { first: state.first.fields.cardNumber, second: state.second.fields.cardNumber }
        : undefined,
      readings: newestAttempts(store.attempts(card.id)).flatMap(({ engine, id, fields }) =>
        fields?.cardNumber === undefined ? [] : [{ engine, attemptId: id, value: fields.cardNumber }],
      ),
    };
  }

  return {
    reveal(id) {
      const card = store.card(id);
      if (!card) return fail('card.gone');
      store.addAudit(who(), 'revealed', id, {}, clock.now());
      return ok(numbersOf(card));
    },

    wall: (ids) =>
      store.transaction(() =>
        store.cards(ids).flatMap((card) => {
          const { cardNumber } = card.fields;
          if (cardNumber === undefined) return [];
          store.addAudit(who(), 'revealed', card.id, { where: 'wall' }, clock.now());
          return [
            { id: card.id, revision: card.revision, cardNumber, doubtfulDigits: doubtfulDigits(card.doubts) },
          ];
        }),
      ),
  };
}
