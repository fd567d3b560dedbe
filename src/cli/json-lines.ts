/** One line of JSON for each picture, as docs/command-line.md describes it. */
import type { CardId } from '../shared/ids';
import { FIELD_NAMES } from '../shared/recognition';
import { maskNumbersIn } from '../shared/mask';
import { maskCardNumber } from '../shared/number';
import type { Card } from '../core/cards/ports';
import type { CardReader } from '../core/views/card-reader';

type Cards = Pick<CardReader, 'recorded' | 'attempts'>;

function line(card: Card, cards: Cards, fullNumbers: boolean): string {
  const number = card.fields.cardNumber;
  const place = card.location ?? card.name;
  const fields = Object.fromEntries(FIELD_NAMES.map((name) => [name, card.fields[name] ?? null]));
  return JSON.stringify({
    file: fullNumbers ? place : maskNumbersIn(place),
    piece: card.piece,
    sha256: card.sha256 ?? null,
    state: card.state.kind,
    reason: card.state.kind === 'failed' ? card.state.code : undefined,
    engine: card.engine ?? null,
    fields: {
      ...fields,
      cardNumber: number === undefined ? null : fullNumbers ? number : maskCardNumber(number),
    },
    warnings: card.warnings,
    quality: card.quality ?? null,
    attempts: cards.attempts(card.id).map(({ engine, requestId, errorCode, copied }) => ({
      engine,
      requestId,
      errorCode,
      copied: copied || undefined,
    })),
  });
}

export function* jsonLines(ids: readonly CardId[], cards: Cards, fullNumbers: boolean): Iterable<string> {
  for (const id of ids) {
    const card = cards.recorded(id);
    if (card) yield `${line(card, cards, fullNumbers)}\n`;
  }
}
