/** One line of JSON for each picture, as docs/command-line.md describes it. */
import type { CardId } from '../shared/ids';
import { FIELD_NAMES } from '../shared/recognition';
import { maskNumbersIn } from '../shared/mask';
import { maskCardNumber } from '../shared/number';
import type { Card, CardStore } from '../core/cards/ports';
import type { AttemptStore } from '../core/recognition/ports';

function line(card: Card, store: AttemptStore, fullNumbers: boolean): string {
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
    attempts: store.attempts(card.id).map(({ engine, requestId, errorCode, copied }) => ({
      engine,
      requestId,
      errorCode,
      copied: copied || undefined,
    })),
  });
}

export function* jsonLines(
  ids: readonly CardId[],
  store: CardStore & AttemptStore,
  fullNumbers: boolean,
): Iterable<string> {
  for (const id of ids) {
    const card = store.card(id);
    if (card) yield `${line(card, store, fullNumbers)}\n`;
  }
}
