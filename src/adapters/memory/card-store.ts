/** The cards: how they come, what they are, and how they change. */
import type { CardState } from '../../core/cards/card';
import type { Card, CardChange, CardStore, PictureNames, Source } from '../../core/cards/ports';
import type { BatchId, CardId } from '../../shared/ids';
import type { CardQueries } from './card-queries';
import { expectRow, type CardRow, type Rows } from './rows';
import { stored, type Table } from './tables';

function newCard(
  id: CardId,
  batchId: BatchId,
  { name, kind, location }: { name: string; kind: Source['kind']; location?: string },
  at: number,
): CardRow {
  return {
    id,
    batchId,
    name,
    sourceKind: kind,
    location,
    state: { kind: 'arriving' },
    notBefore: 0,
    fields: {},
    corrected: [],
    warnings: [],
    doubts: [],
    intakeNotes: [],
    pictures: {},
    revision: 1,
    takenInAt: at,
    updatedAt: at,
  };
}

function changed(card: CardRow, change: CardChange, at: number): CardRow {
  const { state, fields, pictures, corrected, warnings, doubts, intakeNotes, ...plain } = change;
  // What is named without a value stays as it is; of the plain ones it is taken away.
  const groups: Partial<CardRow> = stored({
    state,
    fields,
    pictures,
    corrected,
    warnings,
    doubts,
    intakeNotes,
  });
  return {
    ...card,
    ...plain,
    ...groups,
    notBefore: state ? notBeforeOf(state) : card.notBefore,
    revision: card.revision + 1,
    updatedAt: at,
  };
}

function notBeforeOf(state: CardState): number {
  return state.kind === 'queued' ? (state.notBefore ?? 0) : 0;
}

function byWaiting(one: CardRow, other: CardRow): number {
  return one.notBefore - other.notBefore || one.id - other.id;
}

/** A batch has each piece of each place once. */
function placeOf({ batchId, location, piece }: CardRow): string | undefined {
  return location === undefined ? undefined : `${batchId} ${piece ?? 1} ${location}`;
}

/** Answers false where the batch has its place already. */
function addTo(cards: Rows['cards'], places: Table<string, CardId>, card: CardRow): boolean {
  const place = placeOf(card);
  if (place !== undefined) {
    if (places.get(place) !== undefined) return false;
    places.put(place, card.id);
  }
  cards.put(card.id, card);
  return true;
}

export function createCardStore(rows: Rows): Omit<CardStore, keyof CardQueries> {
  const { cards, batches, transaction } = rows;
  const places = rows.table<string, CardId>();

  function toCard({ notBefore: _notBefore, ...card }: CardRow): Card {
    return { ...card, batchName: batches.get(card.batchId)?.name ?? '' };
  }
  const those = (matches: (card: CardRow) => boolean): CardRow[] => [...cards.rows()].filter(matches);

  return {
    addCards: (batchId, sources, at) =>
      transaction(() => {
        if (sources.length > 0) expectRow(batches.get(batchId), 'batch');
        return sources.flatMap((source) => {
          const id = cards.next() as CardId;
          const card = newCard(id, batchId, source, at);
          const pictures: PictureNames = source.kind === 'clipboard' ? { source: source.picture } : {};
          return addTo(cards, places, { ...card, pictures }) ? [id] : [];
        });
      }),

    splitCard: (id, names, at) =>
      transaction(() => {
        const [first = '', ...others] = names;
        const whole = expectRow(cards.get(id), 'card');
        cards.put(id, { ...whole, name: first, piece: 1, updatedAt: at, revision: whole.revision + 1 });
        const { sourceKind: kind, location, state, takenInAt } = whole;
        const added = others.map((name, index) => {
          const card = newCard(cards.next() as CardId, whole.batchId, { name, kind, location }, at);
          if (!addTo(cards, places, { ...card, state, piece: index + 2, takenInAt }))
            throw new Error('Expected a picture that was not taken apart before');
          return card.id;
        });
        return [id, ...added];
      }),

    cardsIn: (state, limit) =>
      those((card) => card.state.kind === state)
        .sort(byWaiting)
        .slice(0, limit)
        .map(toCard),
    queuedFor: (engine, limit, now) =>
      those(({ state, notBefore }) => state.kind === 'queued' && state.engine === engine && notBefore <= now)
        .sort(byWaiting)
        .slice(0, limit)
        .map(toCard),
    nextWake(now) {
      const times = those(({ state, notBefore }) => state.kind === 'queued' && notBefore > now);
      return times.length === 0 ? undefined : Math.min(...times.map(({ notBefore }) => notBefore));
    },
    endWaits: (now) =>
      transaction(() => {
        for (const card of those(({ state, notBefore }) => state.kind === 'queued' && notBefore > now))
          cards.put(card.id, { ...card, notBefore: now });
      }),

    card(id) {
      const card = cards.get(id);
      return card && toCard(card);
    },
    cardsAt: (location) => those((card) => card.location === location).map(toCard),
    cards: (ids) =>
      ids.flatMap((id) => {
        const card = cards.get(id);
        return card ? [toCard(card)] : [];
      }),
    change(id, change, at) {
      const card = cards.get(id);
      if (card) cards.put(id, changed(card, change, at));
    },

    duplicates({ id, batchId, fields: { cardNumber }, sha256, piece }) {
      const alike = (matches: (card: CardRow) => boolean) => {
        const found = those((card) => card.id !== id && matches(card));
        const inside = found.filter((card) => card.batchId === batchId).length;
        return { inside, outside: found.length - inside };
      };
      const number = alike(({ fields }) => cardNumber !== undefined && fields.cardNumber === cardNumber);
      // The pieces of one picture have its hash and are other cards.
      const picture = alike(
        (card) =>
          sha256 !== undefined &&
          card.sha256 === sha256 &&
          (piece === undefined || (card.piece ?? piece) === piece),
      );
      return {
        numberInBatch: number.inside,
        numberElsewhere: number.outside,
        pictureInBatch: picture.inside,
        pictureElsewhere: picture.outside,
      };
    },
    duplicatesOf: (number, sha256, limit) =>
      those(
        (card) =>
          (number !== undefined && card.fields.cardNumber === number) ||
          (sha256 !== undefined && card.sha256 === sha256),
      )
        .slice(0, limit)
        .map(({ id }) => id),
    idsAfter: (after, limit) =>
      those(({ id }) => id > after)
        .slice(0, limit)
        .map(({ id }) => id),
  };
}
